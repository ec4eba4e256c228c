' agent.vbs - an agent of a call centre: logs in at a telephone, takes the queue's calls, logs out.
'     cscript agent.vbs LINE ID PIN [CALLS [WRAPUP]]
' LINE is the name or the number of the telephone's line, ID and PIN are the agent's. Answers so many
' CALLS (1), and works so many milliseconds (500) after each before it is ready again. samples/acd is
' a call centre to try it with. Exit status: 0 it has logged out, 1 the call centre refused, 2 wrong
' arguments or no call centre serves such a line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, CIS_CALLERIDNUMBER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_AGENTSESSION = &H400
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4
Const ASST_NOT_READY = 0, ASST_READY = 1, ASST_BUSY_WRAPUP = 3, ASST_SESSION_ENDED = 4
Const ASE_WRAPUP = 4, ASE_END = 5

Dim tapi, handler, line, agent, session, registration, theCall, group, queue
Dim callsLeft, wrapUp, working, ended

If WScript.Arguments.Count < 3 Then
    WScript.Echo "usage: agent.vbs LINE ID PIN [CALLS [WRAPUP]]"
    WScript.Quit 2
End If
callsLeft = CLng(Argument(3, 1))
wrapUp = CLng(Argument(4, 500))
working = False
ended = False
Set theCall = Nothing
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_AGENTSESSION

' A handler is a call centre's program: it knows the agents, and the lines where they may sit.
Set handler = FindHandler(WScript.Arguments(0))
Set group = handler.ACDGroups.Item(1)
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 0)
LogIn
session.State = ASST_READY
Do Until callsLeft = 0
    WScript.Sleep 20
    If working Then
        WScript.Sleep wrapUp
        working = False
        callsLeft = callsLeft - 1
        If callsLeft > 0 Then session.State = ASST_READY Else session.State = ASST_NOT_READY
    End If
Loop
WScript.Echo session.NumberOfCalls & " calls, " & session.TotalTalkTime & " s of talk, " & _
    session.TotalWrapUpTime & " s of work after calls"
For Each queue In group.Queues
    WScript.Echo "queue " & queue.Name & ": " & queue.TotalCallsQueued & " calls came, " & _
        queue.CurrentCallsQueued & " wait, " & queue.TotalCallsAbandoned & " gave up"
Next
session.State = ASST_SESSION_ENDED
Do Until ended
    WScript.Sleep 20
Loop
tapi.UnregisterNotifications registration
Set queue = Nothing
Set group = Nothing
Set session = Nothing
Set agent = Nothing
Set handler = Nothing
tapi.Shutdown

' The proof of who one is, and the telephone, which is in the group from now on.
Sub LogIn
    On Error Resume Next
    Set agent = handler.CreateAgentWithID(WScript.Arguments(1), WScript.Arguments(2))
    If Err.Number = 0 Then Set session = agent.CreateSession(group, line)
    If Err.Number = 0 Then Exit Sub
    WScript.Echo "not logged in: " & Err.Description
    tapi.Shutdown
    WScript.Quit 1
End Sub

Sub tapi_Event(kind, happened)
    If kind = TE_CALLNOTIFICATION Then
        If Not theCall Is Nothing Then Exit Sub ' one at a time: others ring on
        Set theCall = happened.Call
        WScript.Echo "a call from " & CallerOf(theCall)
    ElseIf kind = TE_CALLSTATE Then
        If happened.Call Is theCall Then CallIs happened.State
    ElseIf kind = TE_AGENTSESSION Then
        WScript.Echo SessionName(happened.Event)
        If happened.Event = ASE_WRAPUP Then working = True
        If happened.Event = ASE_END Then ended = True
    End If
End Sub

Sub CallIs(state)
    If state = CS_OFFERING Then
        theCall.Answer
    ElseIf state = CS_CONNECTED Then
        session.State = ASST_BUSY_WRAPUP ' as soon as this call is over
    ElseIf state = CS_DISCONNECTED Then
        WScript.Echo "the call is over"
        Set theCall = Nothing
    End If
End Sub

Function SessionName(change)
    Dim names
    names = Array("logged in", "not ready", "ready", "busy", "working after the call", "logged out")
    SessionName = names(change)
End Function

Function Argument(number, otherwise)
    Argument = otherwise
    If WScript.Arguments.Count > number Then Argument = WScript.Arguments(number)
End Function

' The handler that serves the line of that name or number, which is put into `line`.
Function FindHandler(name)
    Dim candidate
    For Each candidate In tapi.AgentHandlers
        For Each line In candidate.UsableAddresses
            If line.AddressName = name Or line.DialableAddress = name Then
                Set FindHandler = candidate
                WScript.Echo "the call centre is " & candidate.Name
                Exit Function
            End If
        Next
    Next
    WScript.Echo "there is no call centre with a line " & name
    tapi.Shutdown
    WScript.Quit 2
End Function

' Not every network tells who calls; then the property is an error.
Function CallerOf(who)
    CallerOf = "an unknown number"
    On Error Resume Next
    CallerOf = who.CallInfoString(CIS_CALLERIDNUMBER)
End Function
