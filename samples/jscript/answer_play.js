// answer_play.js - answers the next call on a line, plays a WAV file to the caller and hangs up.
//     cscript answer_play.js LINE WAVFILE
var TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0, DC_NORMAL = 0, TMS_IDLE = 0;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_FILETERMINAL = 0x80000;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4;
var CLSID_FilePlaybackTerminal = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}";

if (WScript.Arguments.Count() != 2) {
    WScript.Echo("usage: answer_play.js LINE WAVFILE");
    WScript.Quit(2);
}

var call = null, player = null, played = false, over = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE | TE_FILETERMINAL;
var line = findLine(WScript.Arguments(0));
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 1);
WScript.Echo("waiting for a call");
waitUntil(function () { return played || over; });
if (!over) {
    call.Disconnect(DC_NORMAL);
    waitUntil(function () { return over; });
}
tapi.UnregisterNotifications(registration);
tapi.Shutdown();

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION) {
        call = happened.Call;
        WScript.Echo("a call from " + call.CallInfoString(1));
    } else if (kind == TE_CALLSTATE && happened.State == CS_OFFERING) {
        putPlayer();
        call.Answer();
    } else if (kind == TE_CALLSTATE && happened.State == CS_CONNECTED) {
        WScript.Echo("playing");
        player.Start();
    } else if (kind == TE_CALLSTATE && happened.State == CS_DISCONNECTED) {
        WScript.Echo("the call is over");
        over = true;
    } else if (kind == TE_FILETERMINAL && happened.State == TMS_IDLE) {
        WScript.Echo("played");
        played = true;
    }
}

// What the player says goes to the caller: it is selected on the capturing stream. A play list of
// one file may be given as its name; JScript has no array that COM knows.
function putPlayer() {
    player = line.CreateTerminal(CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE);
    player.PlayList = WScript.Arguments(1);
    call.SelectTerminalOnCall(player);
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
