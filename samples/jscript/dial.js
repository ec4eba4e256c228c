// dial.js - makes a call, says what becomes of it, and hangs up after a while.
//     cscript dial.js LINE NUMBER [MILLISECONDS]
// LINE is the name or the number of the line to call from. Exit status: 0 the other end answered,
// 1 it did not, 2 there is no such line.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1, TE_CALLSTATE = 8;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, DC_NORMAL = 0;

if (WScript.Arguments.Count() < 2) {
    WScript.Echo("usage: dial.js LINE NUMBER [MILLISECONDS]");
    WScript.Quit(2);
}

var patience = WScript.Arguments.Count() > 2 ? parseInt(WScript.Arguments(2), 10) : 10000;
var answered = false, over = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLSTATE;
var line = findLine(WScript.Arguments(0));
var call = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO);
call.Connect(false);

// Events come while the script sleeps.
for (var elapsed = 0; !over && elapsed < patience; elapsed += 20)
    WScript.Sleep(20);
if (!over)
    call.Disconnect(DC_NORMAL);
while (!over)
    WScript.Sleep(20);
call = null;
tapi.Shutdown();
WScript.Quit(answered ? 0 : 1);

function tapi_Event(kind, happened) {
    if (kind != TE_CALLSTATE)
        return;
    WScript.Echo(stateName(happened.State) + causeName(happened.Cause));
    if (happened.State == CS_CONNECTED)
        answered = true;
    if (happened.State == CS_DISCONNECTED)
        over = true;
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
