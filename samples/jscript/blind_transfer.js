// blind_transfer.js - answers the next call on a line and sends it on to another number, unasked.
//     cscript blind_transfer.js LINE NUMBER
var TAPIMEDIATYPE_AUDIO = 8, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4;

if (WScript.Arguments.Count() != 2) {
    WScript.Echo("usage: blind_transfer.js LINE NUMBER");
    WScript.Quit(2);
}

var call = null, connected = false, over = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE;
var registration = tapi.RegisterCallNotifications(findLine(WScript.Arguments(0)), false, true,
                                                  TAPIMEDIATYPE_AUDIO, 1);
WScript.Echo("waiting for a call");
waitUntil(function () { return connected || over; });
if (!over)
    call.BlindTransfer(WScript.Arguments(1));
waitUntil(function () { return over; });
WScript.Echo("sent on to " + WScript.Arguments(1));
tapi.UnregisterNotifications(registration);
tapi.Shutdown();

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION) {
        call = happened.Call;
        WScript.Echo("a call from " + call.CallInfoString(1));
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
    WScript.Quit(2);
}

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
