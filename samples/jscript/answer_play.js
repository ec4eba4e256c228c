// answer_play.js - answers the next call on a line, plays a WAV file to the caller and hangs up.
//     cscript answer_play.js LINE WAVFILE
// LINE is the name or the number of a line. Exit status: 0 the caller has heard all of it, 1 not,
// 2 there is no such line.
var TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_FILETERMINAL = 0x80000;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0;
var CIS_CALLERIDNUMBER = 1, FTEC_END_OF_FILE = 1;
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
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 0);
WScript.Echo("waiting for a call");
waitUntil(function () { return played || over; });
if (!over)
    call.Disconnect(DC_NORMAL);
waitUntil(function () { return over; });
player = call = null;
tapi.UnregisterNotifications(registration);
tapi.Shutdown();
WScript.Quit(played ? 0 : 1);

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION && !call) {
        call = happened.Call;
        WScript.Echo("a call from " + callerOf(call));
    } else if (kind == TE_CALLSTATE && happened.State == CS_OFFERING) {
        putPlayer();
        call.Answer();
    } else if (kind == TE_CALLSTATE && happened.State == CS_CONNECTED) {
        WScript.Echo("playing");
        player.Start();
    } else if (kind == TE_CALLSTATE && happened.State == CS_DISCONNECTED) {
        WScript.Echo("the call is over");
        over = true;
    } else if (kind == TE_FILETERMINAL && happened.Cause == FTEC_END_OF_FILE) {
        WScript.Echo("played");
        played = true;
    }
}

// What the player says goes to the caller: it is selected on the capturing stream. A play list is
// an array as VBScript knows it; JScript gets one from a Dictionary.
function putPlayer() {
    var files = new ActiveXObject("Scripting.Dictionary");
    files.Add(0, WScript.Arguments(1));
    player = line.CreateTerminal(CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE);
    player.PlayList = files.Items();
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
    tapi.Shutdown();
    WScript.Quit(2);
}

// Not every network tells who calls; then the property is an error.
function callerOf(call) {
    try {
        return call.CallInfoString(CIS_CALLERIDNUMBER);
    } catch (unknown) {
        return "an unknown number";
    }
}
