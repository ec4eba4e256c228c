// dialler.js - makes the calls that other programs ask for (click_to_dial is one of them).
//     cscript dialler.js LINE [CALLS]
// LINE is the name or the number of the line to call from. Ends when so many CALLS are over, or when
// it is stopped. Exit status: 0 it has ended, 2 wrong arguments or no such line.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1, LINEREQUESTMODE_MAKECALL = 1;
var TE_CALLSTATE = 8, TE_REQUEST = 0x100, CS_DISCONNECTED = 3, REGISTRATION = 1;

if (WScript.Arguments.Count() < 1) {
    WScript.Echo("usage: dialler.js LINE [CALLS]");
    WScript.Quit(2);
}

var calls = []; // a call ends with the last reference to it
var callsLeft = WScript.Arguments.Count() > 1 ? parseInt(WScript.Arguments(1), 10) : -1;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
var line = findLine(WScript.Arguments(0));
tapi.EventFilter = TE_REQUEST | TE_CALLSTATE;
tapi.RegisterRequestRecipient(REGISTRATION, LINEREQUESTMODE_MAKECALL, true);
WScript.Echo("waiting for requests");
while (callsLeft != 0)
    WScript.Sleep(20);
tapi.RegisterRequestRecipient(REGISTRATION, LINEREQUESTMODE_MAKECALL, false);
calls = null;
tapi.Shutdown();

function tapi_Event(kind, happened) {
    if (kind == TE_REQUEST) {
        dial(happened);
    } else if (kind == TE_CALLSTATE) {
        WScript.Echo(stateName(happened.State) + causeName(happened.Cause));
        if (happened.State == CS_DISCONNECTED)
            callsLeft--;
    }
}

// Every request is a call: TAPI has taken it out of its queue, and nobody else will make it.
function dial(request) {
    WScript.Echo("calling " + request.CalledParty + " at " + request.DestAddress + " for " +
                 request.AppName + " " + request.Comment);
    var call = line.CreateCall(request.DestAddress, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO);
    calls.push(call);
    call.Connect(false);
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

function causeName(cause) {
    return ["", ": normal", ": busy", ": bad address", ": no answer", ": cancelled", ": rejected",
            ": failed", ": blocked"][cause];
}
