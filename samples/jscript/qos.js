// qos.js - makes a call that needs a quality of service, then asks for another one while it lasts.
//     cscript qos.js LINE NUMBER
// Exit status: 0 what was asked for was granted, 1 it was refused.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1, DC_NORMAL = 0, CS_DISCONNECTED = 3;
var TE_CALLSTATE = 8, TE_CALLINFOCHANGE = 0x40, TE_QOSEVENT = 0x800;
var QSL_NEEDED = 1, QSL_BEST_EFFORT = 3;

if (WScript.Arguments.Count() != 2) {
    WScript.Echo("usage: qos.js LINE NUMBER");
    WScript.Quit(2);
}

var changes = 0, refused = false, over = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLSTATE | TE_CALLINFOCHANGE | TE_QOSEVENT;
var call = findLine(WScript.Arguments(0)).CreateCall(WScript.Arguments(1),
                                                     LINEADDRESSTYPE_PHONENUMBER,
                                                     TAPIMEDIATYPE_AUDIO);
call.SetQOS(TAPIMEDIATYPE_AUDIO, QSL_NEEDED);
call.Connect(true);
WScript.Echo("connected, with a guarantee");
changes = 0;
try {
    call.SetQOS(TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT);
} catch (problem) {
    WScript.Echo("not changed: " + problem.message);
    refused = true;
}
waitUntil(function () { return changes > 0 || refused || over; });
if (!over)
    call.Disconnect(DC_NORMAL);
waitUntil(function () { return over; });
tapi.Shutdown();
WScript.Quit(refused ? 1 : 0);

function tapi_Event(kind, happened) {
    if (kind == TE_CALLSTATE) {
        WScript.Echo(stateName(happened.State));
        over = over || happened.State == CS_DISCONNECTED;
    } else if (kind == TE_CALLINFOCHANGE) {
        WScript.Echo("call information " + happened.Cause + " has changed");
        changes++;
    } else if (kind == TE_QOSEVENT) {
        WScript.Echo("quality of service: " + ["", "there is none any more", "not admitted",
                                               "against the policy", "an error"][happened.Event]);
        refused = true;
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
