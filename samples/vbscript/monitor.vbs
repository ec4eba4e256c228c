' monitor.vbs - prints every event of every line until it is stopped, or for a number of events.
'     cscript monitor.vbs [EVENTS]
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8
Const TE_TAPIOBJECT = 1, TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLMEDIA = 16
Const TE_CALLHUB = 32, TE_CALLINFOCHANGE = 64, TE_QOSEVENT = &H800, TE_DIGITEVENT = &H8000&
Const CIS_CALLERIDNUMBER = 1, CIS_CALLEDIDNUMBER = 3

Dim tapi, line, limit, seen

limit = -1
seen = 0
If WScript.Arguments.Count > 0 Then limit = CLng(WScript.Arguments(0))
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_TAPIOBJECT Or TE_ADDRESS Or TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_CALLMEDIA _
    Or TE_CALLHUB Or TE_CALLINFOCHANGE Or TE_QOSEVENT Or TE_DIGITEVENT
For Each line In tapi.Addresses
    tapi.RegisterCallNotifications line, True, False, TAPIMEDIATYPE_AUDIO, 0
    WScript.Echo "watching " & line.AddressName & " (" & line.DialableAddress & ")"
Next
Set line = Nothing

Do Until seen = limit
    WScript.Sleep 50
Loop
tapi.Shutdown

Sub tapi_Event(kind, happened)
    If seen = limit Then Exit Sub
    Select Case kind
    Case TE_CALLNOTIFICATION
        Say happened.Call, "appears"
    Case TE_CALLSTATE
        Say happened.Call, StateName(happened.State) & " (cause " & happened.Cause & ")"
    Case TE_CALLINFOCHANGE
        Say happened.Call, "information " & happened.Cause & " has changed"
    Case TE_CALLMEDIA
        Say happened.Call, "media event " & happened.Event
    Case TE_DIGITEVENT
        Say happened.Call, "digit " & Chr(happened.Digit)
    Case TE_QOSEVENT
        Say happened.Call, "quality of service " & happened.Event
    Case TE_ADDRESS
        WScript.Echo happened.Address.AddressName & ": address event " & happened.Event
    Case Else
        WScript.Echo "event " & kind
    End Select
    seen = seen + 1
End Sub

Sub Say(who, what)
    WScript.Echo who.Address.AddressName & ": " & who.CallInfoString(CIS_CALLERIDNUMBER) & " to " & _
        who.CallInfoString(CIS_CALLEDIDNUMBER) & ": " & what
End Sub

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", _
                      "queued")
    StateName = names(state)
End Function
