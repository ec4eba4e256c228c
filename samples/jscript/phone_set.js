// phone_set.js - works a telephone: its hookswitches, lamps, display, ringer; shows what happens there.
//     cscript phone_set.js LINE [COMMAND...]
// LINE is the name or the number of the line whose telephone it is. COMMANDs are arguments, or lines
// of the standard input:
//     lift, onhook        takes the handset up (this answers a call), or puts it down
//     speaker, silent     switches the loudspeaker on, or off
//     lamp BUTTON MODE    off, steady, wink, flash, flutter, broken
//     show TEXT           writes it on the display
//     ring MODE           rings so; 0: is silent
//     volume LEVEL        of the ringer, 0 to 65535
//     label BUTTON TEXT   says what is written on a button
//     ringer MODE         rings for the program, not for a call; 0: stops that
//     handle              TAPI looks after dial tone, numbers that are dialled, and the ringer
//     state               prints all there is to see
//     wait                until the telephone rings
//     pause MS            lets things happen
// Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such telephone.
var TAPIMEDIATYPE_AUDIO = 8, PP_OWNER = 0, CIS_CALLERIDNUMBER = 1;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_PHONEEVENT = 0x200000;
var PHSD_HANDSET = 1, PHSD_SPEAKERPHONE = 2, PHSD_HEADSET = 4, PHSS_ONHOOK = 1, PHSS_OFFHOOK = 8;
var PCL_HOOKSWITCHES = 0, PCL_DISPLAYNUMROWS = 4, PCL_NUMRINGMODES = 6, PCL_NUMBUTTONLAMPS = 7;
var PCS_PHONENAME = 0, PBM_CALL = 1, PBM_FEATURE = 2, PBS_DOWN = 2;
var PE_DISPLAY = 0, PE_LAMPMODE = 1, PE_RINGMODE = 2, PE_RINGVOLUME = 3, PE_HOOKSWITCH = 4;
var PE_BUTTON = 6, PE_CLOSE = 7, PE_NUMBERGATHERED = 8, PE_DIALING = 9;
var lampNames = ["none", "off", "steady", "wink", "flash", "flutter", "broken"]; // 1, 2, 4 and so on

if (WScript.Arguments.Count() < 1) {
    WScript.Echo("usage: phone_set.js LINE [COMMAND...]");
    WScript.Quit(2);
}

var failed = false, calls = []; // TAPI tells of a call only while somebody has it

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE | TE_PHONEEVENT;
var phone = findPhone(WScript.Arguments(0));
phone.Open(PP_OWNER);
// Only to say who calls: the telephone itself has the calls.
for (var all = new Enumerator(phone.Addresses); !all.atEnd(); all.moveNext())
    tapi.RegisterCallNotifications(all.item(), true, false, TAPIMEDIATYPE_AUDIO, 0);
WScript.Echo(phone.PhoneCapsString(PCS_PHONENAME) + ": " + phone.PhoneCapsLong(PCL_NUMBUTTONLAMPS) +
             " buttons and lamps, " + phone.PhoneCapsLong(PCL_NUMRINGMODES) + " ways to ring, " +
             phone.PhoneCapsLong(PCL_DISPLAYNUMROWS) + " rows to read");

if (WScript.Arguments.Count() > 1) {
    for (var n = 1; n < WScript.Arguments.Count(); n++)
        command(WScript.Arguments(n));
} else {
    while (!WScript.StdIn.AtEndOfStream)
        command(WScript.StdIn.ReadLine());
}
phone.Close();
all = calls = phone = null;
tapi.Shutdown();
WScript.Quit(failed ? 1 : 0);

// ---- commands ----

function command(text) {
    var words = text.replace(/^\s+|\s+$/g, "").split(" ");
    try {
        perform(words[0], words.length > 1 ? words[1] : "", words.slice(2).join(" "));
    } catch (problem) {
        WScript.Echo(text + ": not done: " + problem.message);
        failed = true;
    }
}

function perform(verb, what, rest) {
    var number = parseInt(what, 10);
    switch (verb) {
    case "lift":
        phone.HookSwitchState(PHSD_HANDSET) = PHSS_OFFHOOK;
        break;
    case "onhook":
        phone.HookSwitchState(PHSD_HANDSET) = PHSS_ONHOOK;
        break;
    case "speaker":
        phone.HookSwitchState(PHSD_SPEAKERPHONE) = PHSS_OFFHOOK;
        break;
    case "silent":
        phone.HookSwitchState(PHSD_SPEAKERPHONE) = PHSS_ONHOOK;
        break;
    case "lamp":
        phone.LampMode(number) = lampNamed(rest);
        break;
    case "show":
        phone.SetDisplay(0, 0, rest ? what + " " + rest : what);
        break;
    case "ring":
        phone.RingMode = number;
        break;
    case "volume":
        phone.RingVolume = number;
        break;
    case "label":
        phone.ButtonText(number) = rest;
        break;
    case "ringer":
        if (number)
            phone.StartRinger(number, 0);
        else
            phone.StopRinger();
        break;
    case "handle":
        phone.PhoneHandlingEnabled = true;
        break;
    case "state":
        showAll();
        break;
    case "wait":
        while (phone.RingMode == 0)
            WScript.Sleep(20);
        break;
    case "pause":
        WScript.Sleep(number);
        break;
    case "":
        break;
    default:
        throw new Error("there is no such command");
    }
    WScript.Sleep(20); // what comes of it
}

function showAll() {
    showHook(PHSD_HANDSET, "handset");
    showHook(PHSD_SPEAKERPHONE, "speaker");
    showHook(PHSD_HEADSET, "headset");
    WScript.Echo("ringer: mode " + phone.RingMode + ", volume " + phone.RingVolume);
    WScript.Echo("display: " + trim(phone.Display));
    for (var button = 0; button < phone.PhoneCapsLong(PCL_NUMBUTTONLAMPS); button++)
        if (phone.ButtonMode(button) == PBM_CALL || phone.ButtonMode(button) == PBM_FEATURE)
            WScript.Echo("button " + button + " " + phone.ButtonText(button) + ": lamp " +
                         lampName(phone.LampMode(button)));
}

function showHook(device, name) {
    if (phone.PhoneCapsLong(PCL_HOOKSWITCHES) & device)
        WScript.Echo(name + ": " + hookName(phone.HookSwitchState(device)));
}

// ---- what happens ----

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION) {
        calls.push(happened.Call);
        WScript.Echo("a call from " + callerOf(happened.Call));
    } else if (kind == TE_CALLSTATE) {
        WScript.Echo("the call is " + stateName(happened.State));
    } else if (kind == TE_PHONEEVENT) {
        showEvent(happened);
    }
}

function showEvent(happened) {
    switch (happened.Event) {
    case PE_DISPLAY:
        WScript.Echo("the display shows: " + trim(happened.Phone.Display));
        break;
    case PE_LAMPMODE:
        WScript.Echo("lamp " + happened.ButtonLampId + ": " +
                     lampName(happened.Phone.LampMode(happened.ButtonLampId)));
        break;
    case PE_RINGMODE:
        WScript.Echo("the ring mode is " + happened.RingMode);
        break;
    case PE_RINGVOLUME:
        WScript.Echo("the ringer's volume is " + happened.Phone.RingVolume);
        break;
    case PE_HOOKSWITCH:
        WScript.Echo(deviceName(happened.HookSwitchDevice) + ": " +
                     hookName(happened.HookSwitchState));
        break;
    case PE_BUTTON:
        WScript.Echo("button " + happened.ButtonLampId +
                     (happened.ButtonState == PBS_DOWN ? " is pressed" : " is let go"));
        break;
    case PE_DIALING:
        WScript.Echo("somebody dials");
        break;
    case PE_NUMBERGATHERED:
        WScript.Echo("the number is " + happened.NumberGathered);
        break;
    case PE_CLOSE:
        WScript.Echo("the telephone is gone");
        break;
    }
}

// ---- names ----

function deviceName(device) {
    return device == PHSD_HANDSET ? "handset" : device == PHSD_SPEAKERPHONE ? "speaker" : "headset";
}

function hookName(state) {
    return state == PHSS_ONHOOK ? "on hook" : "off hook";
}

function lampName(mode) {
    for (var i = 0; i < lampNames.length; i++)
        if (mode == 1 << i)
            return lampNames[i];
    return "unknown";
}

function lampNamed(name) {
    for (var i = 0; i < lampNames.length; i++)
        if (lampNames[i] == name)
            return 1 << i;
    throw new Error("no lamp does that");
}

function trim(text) {
    return text.replace(/\s+$/, "");
}

// A telephone knows the addresses of its line.
function findPhone(name) {
    for (var all = new Enumerator(tapi.Phones); !all.atEnd(); all.moveNext())
        for (var lines = new Enumerator(all.item().Addresses); !lines.atEnd(); lines.moveNext())
            if (lines.item().AddressName == name || lines.item().DialableAddress == name)
                return all.item();
    WScript.Echo("there is no telephone of a line " + name);
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

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
