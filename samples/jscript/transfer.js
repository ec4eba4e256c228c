// transfer.js - calls somebody, consults a third party, and connects the two: as an operator does.
//     cscript transfer.js LINE NUMBER CONSULTED
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1, TE_CALLSTATE = 8;
var CS_DISCONNECTED = 3, FM_ASTRANSFER = 0;

if (WScript.Arguments.Count() != 3) {
    WScript.Echo("usage: transfer.js LINE NUMBER CONSULTED");
    WScript.Quit(2);
}

var disconnected = 0;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLSTATE;
var line = findLine(WScript.Arguments(0));
var call = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO);
call.Connect(true);
var consultation = line.CreateCall(WScript.Arguments(2), LINEADDRESSTYPE_PHONENUMBER,
                                   TAPIMEDIATYPE_AUDIO);
call.Transfer(consultation, true);
consultation.Finish(FM_ASTRANSFER);

// Both of our calls end: the two others talk to each other now.
waitUntil(function () { return disconnected == 2; });
WScript.Echo("transferred");
tapi.Shutdown();

function tapi_Event(kind, happened) {
    if (kind != TE_CALLSTATE)
        return;
    WScript.Echo("the call to " + happened.Call.CallInfoString(3) + ": " +
                 stateName(happened.State));
    if (happened.State == CS_DISCONNECTED)
        disconnected++;
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
