// qos.js - makes a call that needs a quality of service, then asks for another one while it lasts.
//     cscript qos.js LINE NUMBER
// LINE is the name or the number of the line to call from. Exit status: 0 what was asked for was
// granted, 1 it was refused, 2 there is no such line.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1;
var TE_CALLSTATE = 8, TE_CALLINFOCHANGE = 0x40, TE_QOSEVENT = 0x800;
var QSL_NEEDED = 1, QSL_BEST_EFFORT = 3, CS_DISCONNECTED = 3, DC_NORMAL = 0;

if (WScript.Arguments.Count() != 2) {
    WScript.Echo("usage: qos.js LINE NUMBER");
    WScript.Quit(2);
}

var over = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLSTATE | TE_CALLINFOCHANGE | TE_QOSEVENT;
var line = findLine(WScript.Arguments(0));
var call = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO);
var granted = connectWithGuarantee();
if (granted) {
    granted = change();
    if (!over)
        call.Disconnect(DC_NORMAL);
    while (!over)
        WScript.Sleep(20);
}
call = null;
tapi.Shutdown();
WScript.Quit(granted ? 0 : 1);

// Before the call is made this asks for it; a network that cannot give it refuses the call.
function connectWithGuarantee() {
    try {
        call.SetQOS(TAPIMEDIATYPE_AUDIO, QSL_NEEDED);
        call.Connect(true);
    } catch (problem) {
        WScript.Echo("not connected: " + problem.message);
        return false;
    }
    WScript.Echo("connected, with a guarantee");
    return true;
}

function change() {
    try {
        call.SetQOS(TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT);
    } catch (problem) {
        WScript.Echo("not changed: " + problem.message);
        return false;
    }
    WScript.Echo("changed to what there is");
    return true;
}

function tapi_Event(kind, happened) {
    if (kind == TE_CALLSTATE) {
        WScript.Echo(stateName(happened.State));
        if (happened.State == CS_DISCONNECTED)
            over = true;
    } else if (kind == TE_CALLINFOCHANGE) {
        WScript.Echo("other information (" + happened.Cause + ")");
    } else if (kind == TE_QOSEVENT) {
        WScript.Echo("quality of service: " + qosName(happened.Event));
    }
}

function qosName(what) {
    return ["", "there is none any more", "not admitted", "against the policy", "an error"][what];
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
