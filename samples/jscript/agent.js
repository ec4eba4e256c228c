// agent.js - an agent of a call centre: logs in at a telephone, takes the queue's calls, logs out.
//     cscript agent.js LINE ID PIN [CALLS [WRAPUP]]
// LINE is the name or the number of the telephone's line, ID and PIN are the agent's. Answers so many
// CALLS (1), and works so many milliseconds (500) after each before it is ready again. samples/acd is
// a call centre to try it with. Exit status: 0 it has logged out, 1 the call centre refused, 2 wrong
// arguments or no call centre serves such a line.
var TAPIMEDIATYPE_AUDIO = 8, CIS_CALLERIDNUMBER = 1;
var TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_AGENTSESSION = 0x400;
var CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4;
var ASST_NOT_READY = 0, ASST_READY = 1, ASST_BUSY_WRAPUP = 3, ASST_SESSION_ENDED = 4;
var ASE_WRAPUP = 4, ASE_END = 5;

if (WScript.Arguments.Count() < 3) {
    WScript.Echo("usage: agent.js LINE ID PIN [CALLS [WRAPUP]]");
    WScript.Quit(2);
}

var callsLeft = argument(3, 1), wrapUp = argument(4, 500), working = false, ended = false;
var line = null, agent, session, call = null;

var tapi = WScript.CreateObject("TAPI.TAPI", "tapi_");
tapi.Initialize();
tapi.EventFilter = TE_CALLNOTIFICATION | TE_CALLSTATE | TE_AGENTSESSION;

// A handler is a call centre's program: it knows the agents, and the lines where they may sit.
var handler = findHandler(WScript.Arguments(0)), group = handler.ACDGroups.Item(1);
var registration = tapi.RegisterCallNotifications(line, false, true, TAPIMEDIATYPE_AUDIO, 0);
logIn();
session.State = ASST_READY;
while (callsLeft > 0) {
    WScript.Sleep(20);
    if (working) {
        WScript.Sleep(wrapUp);
        working = false;
        callsLeft--;
        session.State = callsLeft > 0 ? ASST_READY : ASST_NOT_READY;
    }
}
WScript.Echo(session.NumberOfCalls + " calls, " + session.TotalTalkTime + " s of talk, " +
             session.TotalWrapUpTime + " s of work after calls");
for (var all = new Enumerator(group.Queues); !all.atEnd(); all.moveNext()) {
    var queue = all.item();
    WScript.Echo("queue " + queue.Name + ": " + queue.TotalCallsQueued + " calls came, " +
                 queue.CurrentCallsQueued + " wait, " + queue.TotalCallsAbandoned + " gave up");
}
session.State = ASST_SESSION_ENDED;
while (!ended)
    WScript.Sleep(20);
tapi.UnregisterNotifications(registration);
all = queue = group = session = agent = handler = null;
tapi.Shutdown();

// The proof of who one is, and the telephone, which is in the group from now on.
function logIn() {
    try {
        agent = handler.CreateAgentWithID(WScript.Arguments(1), WScript.Arguments(2));
        session = agent.CreateSession(group, line);
    } catch (problem) {
        WScript.Echo("not logged in: " + problem.message);
        tapi.Shutdown();
        WScript.Quit(1);
    }
}

function tapi_Event(kind, happened) {
    if (kind == TE_CALLNOTIFICATION) {
        if (call)
            return; // one at a time: others ring on
        call = happened.Call;
        WScript.Echo("a call from " + callerOf(call));
    } else if (kind == TE_CALLSTATE) {
        if (happened.Call == call)
            callIs(happened.State);
    } else if (kind == TE_AGENTSESSION) {
        WScript.Echo(sessionName(happened.Event));
        if (happened.Event == ASE_WRAPUP)
            working = true;
        if (happened.Event == ASE_END)
            ended = true;
    }
}

function callIs(state) {
    if (state == CS_OFFERING) {
        call.Answer();
    } else if (state == CS_CONNECTED) {
        session.State = ASST_BUSY_WRAPUP; // as soon as this call is over
    } else if (state == CS_DISCONNECTED) {
        WScript.Echo("the call is over");
        call = null;
        CollectGarbage(); // the last reference ends it: the telephone is free then
    }
}

function sessionName(change) {
    return ["logged in", "not ready", "ready", "busy", "working after the call", "logged out"][change];
}

function argument(number, otherwise) {
    return WScript.Arguments.Count() > number ? parseInt(WScript.Arguments(number), 10) : otherwise;
}

// The handler that serves the line of that name or number, which is put into `line`.
function findHandler(name) {
    for (var all = new Enumerator(tapi.AgentHandlers); !all.atEnd(); all.moveNext())
        for (var lines = new Enumerator(all.item().UsableAddresses); !lines.atEnd(); lines.moveNext()) {
            line = lines.item();
            if (line.AddressName == name || line.DialableAddress == name) {
                WScript.Echo("the call centre is " + all.item().Name);
                return all.item();
            }
        }
    WScript.Echo("there is no call centre with a line " + name);
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
