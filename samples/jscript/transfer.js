// transfer.js - calls somebody, consults a third party, and connects the two: as an operator does.
//     cscript transfer.js LINE NUMBER CONSULTED
// LINE is the name or the number of the line to call from. Exit status: 0 the two are connected,
// 1 they are not, 2 there is no such line.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1;
var TE_CALLSTATE = 8, CIS_CALLEDIDNUMBER = 3;
var CS_DISCONNECTED = 3, DC_NORMAL = 0, FM_ASTRANSFER = 0;

if (WScript.Arguments.Count() != 3) {
    WScript.Echo("usage: transfer.js LINE NUMBER CONSULTED");
    WScript.Quit(2);
}

var ended = 0;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLSTATE;
var line = findLine(WScript.Arguments(0));
var call = newCall(WScript.Arguments(1)), consultation = newCall(WScript.Arguments(2));
var transferred = transfer();
if (transferred) {
    // Both of our calls end: the two others talk to each other now.
    while (ended != 2)
        WScript.Sleep(20);
    WScript.Echo("transferred");
} else {
    hangUp(consultation);
    hangUp(call);
}
consultation = call = null;
tapi.Shutdown();
WScript.Quit(transferred ? 0 : 1);

function newCall(number) {
    return line.CreateCall(number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO);
}

// true (synchronous): each step is done when its method returns.
function transfer() {
    try {
        call.Connect(true);
        call.Transfer(consultation, true);
        consultation.Finish(FM_ASTRANSFER);
        return true;
    } catch (problem) {
        WScript.Echo("not transferred: " + problem.message);
        return false;
    }
}

function hangUp(which) {
    try {
        which.Disconnect(DC_NORMAL);
    } catch (neverCameAbout) {
    }
}

function tapi_Event(kind, happened) {
    if (kind != TE_CALLSTATE)
        return;
    WScript.Echo("the call to " + happened.Call.CallInfoString(CIS_CALLEDIDNUMBER) + ": " +
                 stateName(happened.State));
    if (happened.State == CS_DISCONNECTED)
        ended++;
}

function findLine(name) {
    for (var all = new Enumerator(tapi.Addresses); !all.atEnd(); all.moveNext())
        if (all.item().AddressName == name || all.item().DialableAddress == name)
            return all.item();
    WScript.Echo("there is no line " + name);
    tapi.Shutdown();
    WScript.Quit(2);
}

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
