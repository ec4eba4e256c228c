' blind_transfer.vbs - answers the next call on a line and sends it on to another number, unasked.
'     cscript blind_transfer.vbs LINE NUMBER
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4

Dim tapi, line, registration, theCall, connected, over

If WScript.Arguments.Count <> 2 Then
    WScript.Echo "usage: blind_transfer.vbs LINE NUMBER"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE
Set line = FindLine(WScript.Arguments(0))
Set theCall = Nothing
connected = False
over = False
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 1)
WScript.Echo "waiting for a call"

Do Until connected Or over
    WScript.Sleep 20
Loop
If Not over Then theCall.BlindTransfer WScript.Arguments(1)
Do Until over
    WScript.Sleep 20
Loop
WScript.Echo "sent on to " & WScript.Arguments(1)
Set theCall = Nothing
tapi.UnregisterNotifications registration
tapi.Shutdown

Sub tapi_Event(kind, happened)
    If kind = TE_CALLNOTIFICATION Then
        Set theCall = happened.Call
        WScript.Echo "a call from " & theCall.CallInfoString(1)
    ElseIf kind = TE_CALLSTATE Then
        WScript.Echo StateName(happened.State)
        If happened.State = CS_OFFERING Then theCall.Answer
        If happened.State = CS_CONNECTED Then connected = True
        If happened.State = CS_DISCONNECTED Then over = True
    End If
End Sub

Function FindLine(name)
    Dim candidate
    For Each candidate In tapi.Addresses
        If candidate.AddressName = name Or candidate.DialableAddress = name Then
            Set FindLine = candidate
            Exit Function
        End If
    Next
    WScript.Echo "there is no line " & name
    WScript.Quit 2
End Function

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", _
                      "queued")
    StateName = names(state)
End Function
