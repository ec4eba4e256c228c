// monitor.js - prints every event of every line until it is stopped, or for a number of events.
//     cscript monitor.js [EVENTS]
var TAPIMEDIATYPE_AUDIO = 8, CIS_CALLERIDNUMBER = 1, CIS_CALLEDIDNUMBER = 3;
var TE_TAPIOBJECT = 1, TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLMEDIA = 16,
    TE_CALLHUB = 32, TE_CALLINFOCHANGE = 64, TE_QOSEVENT = 0x800, TE_DIGITEVENT = 0x8000;

var limit = WScript.Arguments.Count() > 0 ? parseInt(WScript.Arguments(0), 10) : -1, seen = 0;
var say = {};
say[TE_CALLNOTIFICATION] = function (e) { return about(e.Call, "appears"); };
say[TE_CALLSTATE] = function (e) {
    return about(e.Call, stateName(e.State) + " (cause " + e.Cause + ")");
};
say[TE_CALLINFOCHANGE] = function (e) {
    return about(e.Call, "information " + e.Cause + " has changed");
};
say[TE_CALLMEDIA] = function (e) { return about(e.Call, "media event " + e.Event); };
say[TE_DIGITEVENT] = function (e) { return about(e.Call, "digit " + String.fromCharCode(e.Digit)); };
say[TE_QOSEVENT] = function (e) { return about(e.Call, "quality of service " + e.Event); };
say[TE_ADDRESS] = function (e) { return e.Address.AddressName + ": address event " + e.Event; };

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_TAPIOBJECT | TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA |
                   TE_CALLHUB | TE_CALLINFOCHANGE | TE_QOSEVENT | TE_DIGITEVENT;
for (var all = new Enumerator(tapi.Addresses); !all.atEnd(); all.moveNext()) {
    tapi.RegisterCallNotifications(all.item(), true, false, TAPIMEDIATYPE_AUDIO, 0);
    WScript.Echo("watching " + all.item().AddressName + " (" + all.item().DialableAddress + ")");
}
while (seen != limit)
    WScript.Sleep(50);
tapi.Shutdown();

function tapi_Event(kind, happened) {
    if (seen == limit)
        return;
    WScript.Echo(say[kind] ? say[kind](happened) : "event " + kind);
    seen++;
}

function about(call, what) {
    return call.Address.AddressName + ": " + call.CallInfoString(CIS_CALLERIDNUMBER) + " to " +
           call.CallInfoString(CIS_CALLEDIDNUMBER) + ": " + what;
}

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
