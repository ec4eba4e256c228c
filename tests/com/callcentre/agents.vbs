' agents.vbs - an agent's day by script: every object and event of the call centre, late bound.
' Exit status 0, or 1 and what was wrong.
Option Explicit

Const TE_AGENT = &H200, TE_AGENTSESSION = &H400, TE_AGENTHANDLER = &H1000
Const TE_ACDGROUP = &H2000, TE_QUEUE = &H4000

Dim tapi, handler, group, queue, agent, session, item, address, failed, happened

failed = 0
happened = ""
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_AGENT Or TE_AGENTSESSION Or TE_AGENTHANDLER Or TE_ACDGROUP Or TE_QUEUE

Equal "handlers", tapi.AgentHandlers.Count, 1
Set handler = tapi.AgentHandlers.Item(1)
Equal "name", handler.Name, "Test ACD"
item = ""
For Each address In handler.UsableAddresses
    item = item & address.DialableAddress & " "
Next
Equal "addresses", item, "201 202 800 "
item = ""
For Each group In handler.ACDGroups
    For Each queue In group.Queues
        item = item & group.Name & ":" & queue.Name & ":" & queue.TotalCallsQueued & " "
    Next
Next
Equal "queues", item, "Sales:Queue 11:301 Sales:Queue 12:301 Service:Queue 13:301 "

Set agent = handler.CreateAgentWithID("4711", "1234")
Equal "identifier", agent.ID, "4711"
agent.State = 1
Expect "agent 4711 1"
Equal "state", agent.State, 1
Equal "rate", CStr(agent.OverallCallRate * 100), "250"
Set group = handler.ACDGroups.Item(1)
Set queue = group.Queues.Item(1)
Set address = handler.UsableAddresses.Item(2)
Set session = agent.CreateSession(group, address)
Expect "session 4711 Sales 0"
session.State = 1
Expect "session 4711 Sales 2"
Equal "its address", session.Address.DialableAddress, "202"
Equal "its start", Year(session.SessionStartTime), 2000
Equal "sessions", agent.AgentSessions.Count, 1
session.State = 4
Expect "session 4711 Sales 5"

queue.MeasurementPeriod = 1 ' a group comes
Expect "group 0 Complaints"
Expect "queue 0 Queue 14"
queue.MeasurementPeriod = 2 ' and goes
Expect "queue 1"
Expect "group 1"

On Error Resume Next
session.State = 1
Equal "an ended session", Err.Number, &H8004004B
Equal "and why", Len(Err.Description) > 0, True
Err.Clear
item = handler.CreateAgent().ID
Equal "no identifier", Err.Number, &H80040047
Err.Clear
agent.State = 17
Equal "no state", Err.Number, &H80070057
Err.Clear
On Error GoTo 0

queue.MeasurementPeriod = 3 ' the proxy goes, and comes back
Expect "handler 1 Test ACD"
Expect "handler 0 Test ACD"
Equal "handlers again", tapi.AgentHandlers.Count, 1
Set handler = tapi.AgentHandlers.Item(1)
Set queue = handler.ACDGroups.Item(1).Queues.Item(1)
queue.MeasurementPeriod = 4 ' and goes
Expect "handler 1 Test ACD"
Equal "handlers left", tapi.AgentHandlers.Count, 0
tapi.Shutdown
If failed = 0 Then WScript.Echo "ok"
WScript.Quit failed

Sub tapi_Event(kind, what)
    Select Case kind
    Case TE_AGENT
        If what.Event <> 0 Then Happens "agent " & what.Agent.ID & " " & what.Event
    Case TE_AGENTSESSION
        Happens "session " & what.Session.Agent.ID & " " & what.Session.ACDGroup.Name & " " & what.Event
    Case TE_AGENTHANDLER
        Happens "handler " & what.Event & " " & what.AgentHandler.Name
    Case TE_ACDGROUP
        If what.Event = 0 Then
            Happens "group 0 " & what.Group.Name
        Else
            Happens "group " & what.Event
        End If
    Case TE_QUEUE
        If what.Event = 0 Then
            Happens "queue 0 " & what.Queue.Name
        Else
            Happens "queue " & what.Event
        End If
    End Select
End Sub

Sub Happens(text)
    happened = happened & text & vbLf
End Sub

' Waits for the next event, which must be this one.
Sub Expect(text)
    Dim began, line
    began = Timer
    Do While happened = "" And Timer - began < 10
        WScript.Sleep 5
    Loop
    line = Left(happened, InStr(happened & vbLf, vbLf) - 1)
    happened = Mid(happened, Len(line) + 2)
    Equal "event", line, text
End Sub

Sub Equal(what, got, wanted)
    If got <> wanted Then
        WScript.Echo what & ": " & got & " instead of " & wanted
        failed = 1
    End If
End Sub
