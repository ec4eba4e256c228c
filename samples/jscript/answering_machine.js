// answering_machine.js - answers calls, plays a greeting, and records what the callers say.
//     cscript answering_machine.js LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]
// LINE is the name or the number of a line, GREETING a WAV file, FOLDER where the messages go
// (message1.wav, message2.wav and so on). It answers after so many RINGS (2) and records so many
// SECONDS at most (60). Whoever dials the CODE during the greeting or a message hears all messages
// instead. Ends when so many CALLS are over, or when it is stopped. Exit status: 0 it has ended,
// 2 wrong arguments or no such line.
var TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0, TD_RENDER = 1, LINEDIGITMODE_DTMF = 2, TTM_BEEP = 8;
var TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_DIGITEVENT = 0x8000;
var TE_GENERATEEVENT = 0x10000, TE_FILETERMINAL = 0x80000, AE_RINGING = 2;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0;
var CIS_CALLERIDNUMBER = 1, FTEC_END_OF_FILE = 1, BEEP_MS = 200, TICK_MS = 20;
var CLSID_FilePlaybackTerminal = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}";
var CLSID_FileRecordingTerminal = "{521F3D06-C3D0-4511-8617-86B9A783DA77}";

if (WScript.Arguments.Count() < 3) {
    WScript.Echo("usage: answering_machine.js LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]");
    WScript.Quit(2);
}

var files = new ActiveXObject("Scripting.FileSystemObject");
var call = null, nextCall = null; // the latter rings meanwhile
var player = null, recorder = null, message, recorded, digits;
var doing = "waiting", rings = 0, code = argument(5, ""), callsLeft = parseInt(argument(6, -1), 10);

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_DIGITEVENT |
                   TE_GENERATEEVENT | TE_FILETERMINAL;
var line = findLine(WScript.Arguments(0));
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 0);
WScript.Echo("waiting for calls");

while (callsLeft != 0) {
    WScript.Sleep(TICK_MS); // events come meanwhile
    if (doing == "recording") {
        recorded += TICK_MS;
        if (recorded >= parseInt(argument(4, 60), 10) * 1000) {
            WScript.Echo("the time is over");
            keepMessage();
            hangUp();
        }
    }
}
tapi.UnregisterNotifications(registration);
tapi.Shutdown();

// ---- what happens ----

function tapi_Event(kind, happened) {
    switch (kind) {
    case TE_ADDRESS:
        if (happened.Event == AE_RINGING)
            rings++;
        answerInTime();
        break;
    case TE_CALLNOTIFICATION:
        if (call)
            nextCall = happened.Call;
        else
            takeCall(happened.Call);
        break;
    case TE_CALLSTATE:
        if (happened.Call == call)
            callIs(happened.State);
        break;
    case TE_FILETERMINAL:
        if (happened.Cause == FTEC_END_OF_FILE)
            played();
        break;
    case TE_GENERATEEVENT:
        if (doing == "beep")
            record();
        break;
    case TE_DIGITEVENT:
        digits += String.fromCharCode(happened.Digit);
        if (code && digits.slice(-code.length) == code)
            playMessages();
        break;
    }
}

function takeCall(who) {
    call = who;
    rings = 0;
    WScript.Echo("a call from " + callerOf(call));
}

function callIs(state) {
    if (state == CS_OFFERING) {
        doing = "ringing";
        answerInTime();
    } else if (state == CS_CONNECTED) {
        greet();
    } else if (state == CS_DISCONNECTED) {
        callIsOver();
    }
}

function answerInTime() {
    if (doing != "ringing" || rings < parseInt(argument(3, 2), 10))
        return;
    doing = "answering";
    // What the player says goes to the caller: it is selected on the capturing stream.
    player = line.CreateTerminal(CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE);
    player.PlayList = playList([WScript.Arguments(1)]);
    call.SelectTerminalOnCall(player);
    call.Answer();
}

function greet() {
    doing = "greeting";
    digits = "";
    WScript.Echo("playing the greeting");
    if (code)
        call.DetectDigits(LINEDIGITMODE_DTMF);
    player.Start();
}

function played() {
    if (doing == "greeting") {
        beep();
    } else if (doing == "messages") {
        WScript.Echo("all messages are played");
        hangUp();
    }
}

// Where no tones are made, the message begins without one.
function beep() {
    doing = "beep";
    try {
        call.GenerateTone(TTM_BEEP, BEEP_MS);
    } catch (noTones) {
        record();
    }
}

// What comes from the caller is rendered into the recorder's file.
function record() {
    doing = "recording";
    recorded = 0;
    message = freeName();
    recorder = line.CreateTerminal(CLSID_FileRecordingTerminal, TAPIMEDIATYPE_AUDIO, TD_RENDER);
    recorder.FileName = message;
    call.SelectTerminalOnCall(recorder);
    recorder.Start();
    WScript.Echo("recording " + files.GetFileName(message));
}

// The code was dialled: that is the owner, and no message.
function playMessages() {
    var list = [];
    if (doing == "greeting")
        player.Stop();
    if (doing == "recording") {
        recorder.Stop();
        files.DeleteFile(message);
    }
    while (files.FileExists(nameOf(list.length + 1)))
        list.push(nameOf(list.length + 1));
    WScript.Echo("the code was dialled: " + list.length + " messages");
    doing = "messages";
    if (list.length) {
        player.PlayList = playList(list);
        player.Start();
    } else {
        hangUp();
    }
}

function keepMessage() {
    doing = "ending";
    recorder.Stop();
    WScript.Echo(files.GetFileName(message) + " is kept");
}

function hangUp() {
    try {
        call.Disconnect(DC_NORMAL);
    } catch (theCallerWasQuicker) {
    }
}

function callIsOver() {
    if (doing == "recording")
        keepMessage();
    WScript.Echo("the call is over");
    player = recorder = call = null;
    doing = "waiting";
    callsLeft--;
    if (nextCall && nextCall.CallState == CS_OFFERING) {
        takeCall(nextCall);
        callIs(CS_OFFERING);
    }
    nextCall = null;
}

// ---- finding things ----

function argument(number, otherwise) {
    return WScript.Arguments.Count() > number ? WScript.Arguments(number) : otherwise;
}

// A play list is an array as VBScript knows it; JScript gets one from a Dictionary.
function playList(names) {
    var list = new ActiveXObject("Scripting.Dictionary");
    for (var i = 0; i < names.length; i++)
        list.Add(i, names[i]);
    return list.Items();
}

function nameOf(number) {
    return files.BuildPath(WScript.Arguments(2), "message" + number + ".wav");
}

function freeName() {
    var number = 1;
    while (files.FileExists(nameOf(number)))
        number++;
    return nameOf(number);
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
