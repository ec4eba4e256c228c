// operator.js - an operator's console: answers, holds, parks, transfers, makes conferences.
//     cscript operator.js LINE [COMMAND...]
// LINE is the name or the number of a line. COMMANDs are arguments, or lines of the standard input:
//     wait            until a call comes
//     answer          takes the call that rings; the one that was talked to waits on hold
//     call NUMBER     makes a call, and waits for the answer
//     hold, resume    the call that is talked to, the one on hold
//     swap            changes between the two
//     park [PLACE]    leaves the call at a place of the exchange
//     pickup PLACE    takes it from there
//     ask NUMBER      calls somebody while the present call waits, then
//     connect         lets the two talk to each other, or
//     back            goes back to the first
//     join NUMBER     calls somebody into a conference with the present call
//     send NUMBER     sends the call on without asking
//     hangup          ends the calls that are talked to
//     pause MS        lets things happen
// Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such line.
var TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, CIS_CALLERIDNUMBER = 1;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, CS_HOLD = 5;
var DC_NORMAL = 0, FM_ASTRANSFER = 0, FM_ASCONFERENCE = 1, PATIENCE_MS = 10000;

if (WScript.Arguments.Count() < 1) {
    WScript.Echo("usage: operator.js LINE [COMMAND...]");
    WScript.Quit(2);
}

var calls = []; // { party: the other end's number, call: the call }
var waiting = null, consultation = null; // who waits while somebody is asked, and who is asked
var failed = false;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE;
var line = findLine(WScript.Arguments(0));
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 0);

if (WScript.Arguments.Count() > 1) {
    for (var n = 1; n < WScript.Arguments.Count(); n++)
        command(WScript.Arguments(n));
} else {
    while (!WScript.StdIn.AtEndOfStream)
        command(WScript.StdIn.ReadLine());
}
for (var i = 0; i < calls.length; i++)
    hangUp(calls[i].call);
waiting = consultation = calls = null;
tapi.UnregisterNotifications(registration);
tapi.Shutdown();
WScript.Quit(failed ? 1 : 0);

// ---- commands ----

function command(text) {
    var words = text.replace(/^\s+|\s+$/g, "").split(/\s+/);
    try {
        perform(words[0], words.length > 1 ? words[1] : "");
    } catch (problem) {
        WScript.Echo(text + ": not done: " + problem.message);
        failed = true;
    }
}

// Each step is done when its method returns, or else is waited for.
function perform(verb, what) {
    var present, other;
    switch (verb) {
    case "wait":
        while (!find(CS_OFFERING))
            WScript.Sleep(20);
        break;
    case "answer":
        present = callIn(CS_OFFERING);
        present.Answer();
        waitFor(present, CS_CONNECTED);
        break;
    case "call":
        if (find(CS_CONNECTED))
            callIn(CS_CONNECTED).Hold(true);
        newCall(what).Connect(true);
        break;
    case "hold":
        present = callIn(CS_CONNECTED);
        present.Hold(true);
        waitFor(present, CS_HOLD);
        break;
    case "resume":
        present = callIn(CS_HOLD);
        present.Hold(false);
        waitFor(present, CS_CONNECTED);
        break;
    case "swap":
        present = callIn(CS_HOLD);
        callIn(CS_CONNECTED).SwapHold(present);
        waitFor(present, CS_CONNECTED);
        break;
    case "park":
        present = callIn(CS_CONNECTED);
        if (what)
            present.ParkDirect(what);
        else
            what = present.ParkIndirect();
        WScript.Echo("parked at " + what);
        waitFor(present, CS_DISCONNECTED);
        break;
    case "pickup":
        present = newCall(what);
        present.Unpark();
        waitFor(present, CS_CONNECTED);
        break;
    case "ask":
        waiting = callIn(CS_CONNECTED);
        consultation = newCall(what);
        waiting.Transfer(consultation, true);
        break;
    case "connect": // both of our calls end: the two others talk to each other now
        consultation.Finish(FM_ASTRANSFER);
        waitFor(consultation, CS_DISCONNECTED);
        consultation = null;
        break;
    case "back": // also when nobody has answered
        consultation.Disconnect(DC_NORMAL);
        consultation = null;
        waitFor(waiting, CS_CONNECTED);
        break;
    case "join":
        present = callIn(CS_CONNECTED);
        other = newCall(what);
        present.Conference(other, true);
        other.Finish(FM_ASCONFERENCE);
        waitFor(present, CS_CONNECTED);
        break;
    case "send":
        present = callIn(CS_CONNECTED);
        present.BlindTransfer(what);
        waitFor(present, CS_DISCONNECTED);
        break;
    case "hangup":
        while (find(CS_CONNECTED)) {
            present = callIn(CS_CONNECTED);
            present.Disconnect(DC_NORMAL);
            waitFor(present, CS_DISCONNECTED);
        }
        break;
    case "pause":
        WScript.Sleep(parseInt(what, 10));
        break;
    case "":
        break;
    default:
        throw new Error("there is no such command");
    }
}

// ---- calls ----

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION) {
        keep(callerOf(happened.Call), happened.Call);
    } else if (kind == TE_CALLSTATE) {
        for (var i = 0; i < calls.length; i++)
            if (calls[i].call == happened.Call)
                WScript.Echo(calls[i].party + ": " + stateName(happened.State));
    }
}

function keep(party, call) {
    calls.push({ party: party, call: call });
    return call;
}

function newCall(party) {
    return keep(party, line.CreateCall(party, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO));
}

function hangUp(call) {
    try {
        call.Disconnect(DC_NORMAL);
    } catch (itIsOver) {
    }
}

function find(state) {
    for (var i = 0; i < calls.length; i++)
        if (calls[i].call.CallState == state)
            return calls[i];
    return null;
}

function callIn(state) {
    var found = find(state);
    if (!found)
        throw new Error("no call is " + stateName(state));
    return found.call;
}

// Lets events come in until the call is in the state.
function waitFor(call, state) {
    for (var waited = 0; waited <= PATIENCE_MS; waited += 20) {
        WScript.Sleep(20);
        if (call.CallState == state)
            return;
    }
    throw new Error("the call is not " + stateName(state));
}

// ---- finding things ----

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

function stateName(state) {
    return ["idle", "in progress", "connected", "disconnected", "offering", "held", "queued"][state];
}
