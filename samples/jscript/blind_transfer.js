// blind_transfer.js - answers the next call on a line and sends it on to another number, unasked.
//     cscript blind_transfer.js LINE NUMBER
// LINE is the name or the number of a line. Exit status: 0 the call was sent on, 1 it was not,
// 2 there is no such line.
var TAPIMEDIATYPE_AUDIO = 8, CIS_CALLERIDNUMBER = 1;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0;

if (WScript.Arguments.Count() != 2) {
    WScript.Echo("usage: blind_transfer.js LINE NUMBER");
    WScript.Quit(2);
}

var call = null, connected = false, over = false, sentOn = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE;
var line = findLine(WScript.Arguments(0));
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 0);
WScript.Echo("waiting for a call");
waitUntil(function () { return connected || over; });
if (!over)
    sendOn(WScript.Arguments(1));
waitUntil(function () { return over; });
call = null;
tapi.UnregisterNotifications(registration);
tapi.Shutdown();
WScript.Quit(sentOn ? 0 : 1);

// Afterwards the call is over for us: the caller talks to somebody else.
function sendOn(number) {
    try {
        call.BlindTransfer(number);
        WScript.Echo("sent on to " + number);
        sentOn = true;
    } catch (problem) {
        WScript.Echo("not sent on: " + problem.message);
        call.Disconnect(DC_NORMAL);
    }
}

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION && !call) {
        call = happened.Call;
        WScript.Echo("a call from " + callerOf(call));
    } else if (kind == TE_CALLSTATE) {
        WScript.Echo(stateName(happened.State));
        if (happened.State == CS_OFFERING)
            call.Answer();
        if (happened.State == CS_CONNECTED)
            connected = true;
        if (happened.State == CS_DISCONNECTED)
            over = true;
    }
}

// Lets events come in until the condition holds.
function waitUntil(condition) {
    while (!condition())
        WScript.Sleep(20);
}

function findLine(name) {
    for (var all = new Enumerator(tapi.Addresses); !all.atEnd(); all.moveNext())
        if (all.item().AddressName == name || all.item().DialableAddress == name)
            return all.item();
    WScript.Echo("there is no line " + name);
    tapi.Shutdown();
    WScript.Quit(2);
}

// Not every network tells who calls; then the property is an error.
function callerOf(call) {
    try {
        return call.CallInfoString(CIS_CALLERIDNUMBER);
    } catch (unknown) {
        return "an unknown number";
    }
}

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
