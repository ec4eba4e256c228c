' monitor.vbs - prints what happens to the calls of every line, as a listener who owns none of them.
'     cscript monitor.vbs [CALLS]
' Ends when so many calls are over, or when it is stopped.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8
Const TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLMEDIA = 16
Const TE_CALLINFOCHANGE = 64, TE_QOSEVENT = &H800, TE_DIGITEVENT = &H8000&
Const CIS_CALLERIDNUMBER = 1, CIS_CALLEDIDNUMBER = 3, CS_DISCONNECTED = 3

Dim tapi, line, kept, limit, appeared, ended

Set kept = CreateObject("Scripting.Dictionary")
limit = -1
appeared = 0
ended = 0
If WScript.Arguments.Count > 0 Then limit = CLng(WScript.Arguments(0))
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_ADDRESS Or TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_CALLMEDIA _
    Or TE_CALLINFOCHANGE Or TE_QOSEVENT Or TE_DIGITEVENT
For Each line In tapi.Addresses
    WScript.Echo "watching " & line.AddressName & " (" & line.DialableAddress & ")"
    tapi.RegisterCallNotifications line, True, False, TAPIMEDIATYPE_AUDIO, 0
Next
Set line = Nothing

Do Until limit >= 0 And ended >= limit
    WScript.Sleep 20
Loop
kept.RemoveAll
tapi.Shutdown ' ends the registrations, too

Sub tapi_Event(kind, happened)
    Select Case kind
    Case TE_CALLNOTIFICATION
        Keep happened.Call
        Say happened.Call, "appears"
    Case TE_CALLSTATE
        Say happened.Call, Name(happened.State, Array("idle", "in progress", "connected", _
            "disconnected", "offering", "held", "queued"))
        If happened.State = CS_DISCONNECTED Then Forget
    Case TE_CALLINFOCHANGE
        Say happened.Call, "other information (" & happened.Cause & ")"
    Case TE_CALLMEDIA
        Say happened.Call, Name(happened.Event, Array("a stream comes", "a stream fails", _
            "a terminal fails", "a stream is not used", "a stream runs", "a stream stops"))
    Case TE_DIGITEVENT
        Say happened.Call, "digit " & Chr(happened.Digit)
    Case TE_QOSEVENT
        Say happened.Call, "quality of service: " & Name(happened.Event, Array("", _
            "there is none any more", "not admitted", "against the policy", "an error"))
    Case TE_ADDRESS
        WScript.Echo happened.Address.AddressName & ": " & Name(happened.Event, _
            Array("the line's state changes", "the line can do other things", "the line rings", _
            "the line is set up anew", "the line is forwarded", "a terminal comes", _
            "a terminal goes", "a message waits", "no message waits"))
    End Select
End Sub

' TAPI tells of a call only as long as somebody has a reference to it.
Sub Keep(who)
    appeared = appeared + 1
    kept.Add appeared, who
End Sub

Sub Forget
    Dim key
    For Each key In kept.Keys
        If kept(key).CallState = CS_DISCONNECTED Then
            kept.Remove key
            ended = ended + 1
        End If
    Next
End Sub

Sub Say(who, what)
    WScript.Echo who.Address.AddressName & ": " & Number(who, CIS_CALLERIDNUMBER) & " to " & _
        Number(who, CIS_CALLEDIDNUMBER) & ": " & what
End Sub

' Not every network tells the numbers; then the property is an error.
Function Number(who, which)
    Number = "?"
    On Error Resume Next
    Number = who.CallInfoString(which)
End Function

Function Name(value, names)
    Name = value
    If value <= UBound(names) Then Name = names(value)
End Function
