// monitor.js - prints what happens to the calls of every line, as a listener who owns none of them.
//     cscript monitor.js [CALLS]
// Ends when so many calls are over, or when it is stopped.
var TAPIMEDIATYPE_AUDIO = 8;
var TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLMEDIA = 16,
    TE_CALLINFOCHANGE = 64, TE_QOSEVENT = 0x800, TE_DIGITEVENT = 0x8000;
var CIS_CALLERIDNUMBER = 1, CIS_CALLEDIDNUMBER = 3, CS_DISCONNECTED = 3;

var stateNames = ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"];
var mediaNames = ["a stream comes", "a stream fails", "a terminal fails", "a stream is not used",
                  "a stream runs", "a stream stops"];
var qosNames = ["", "there is none any more", "not admitted", "against the policy", "an error"];
var addressNames = ["the line's state changes", "the line can do other things", "the line rings",
                    "the line is set up anew", "the line is forwarded", "a terminal comes",
                    "a terminal goes", "a message waits", "no message waits"];

// TAPI tells of a call only as long as somebody has a reference to it.
var kept = [];

// What to print of an event, by its kind.
var told = {};
told[TE_CALLNOTIFICATION] = function (e) {
    kept.push(e.Call);
    return about(e.Call, "appears");
};
told[TE_CALLSTATE] = function (e) { return about(e.Call, stateNames[e.State]); };
told[TE_CALLINFOCHANGE] = function (e) {
    return about(e.Call, "other information (" + e.Cause + ")");
};
told[TE_CALLMEDIA] = function (e) { return about(e.Call, mediaNames[e.Event]); };
told[TE_DIGITEVENT] = function (e) { return about(e.Call, "digit " + String.fromCharCode(e.Digit)); };
told[TE_QOSEVENT] = function (e) {
    return about(e.Call, "quality of service: " + qosNames[e.Event]);
};
told[TE_ADDRESS] = function (e) { return e.Address.AddressName + ": " + addressNames[e.Event]; };

var limit = WScript.Arguments.Count() > 0 ? parseInt(WScript.Arguments(0), 10) : -1, ended = 0;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA |
                   TE_CALLINFOCHANGE | TE_QOSEVENT | TE_DIGITEVENT;
for (var all = new Enumerator(tapi.Addresses); !all.atEnd(); all.moveNext()) {
    WScript.Echo("watching " + all.item().AddressName + " (" + all.item().DialableAddress + ")");
    tapi.RegisterCallNotifications(all.item(), true, false, TAPIMEDIATYPE_AUDIO, 0);
}
while (limit < 0 || ended < limit)
    WScript.Sleep(20);
kept = [];
tapi.Shutdown(); // ends the registrations, too

function tapi_Event(kind, happened) {
    WScript.Echo(told[kind](happened));
    if (kind == TE_CALLSTATE && happened.State == CS_DISCONNECTED)
        forget();
}

function forget() {
    for (var i = kept.length; i-- > 0;) {
        if (kept[i].CallState == CS_DISCONNECTED) {
            kept.splice(i, 1);
            ended++;
        }
    }
}

function about(call, what) {
    return call.Address.AddressName + ": " + number(call, CIS_CALLERIDNUMBER) + " to " +
           number(call, CIS_CALLEDIDNUMBER) + ": " + what;
}

// Not every network tells the numbers; then the property is an error.
function number(call, which) {
    try {
        return call.CallInfoString(which);
    } catch (unknown) {
        return "?";
    }
}
