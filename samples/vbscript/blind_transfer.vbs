' blind_transfer.vbs - answers the next call on a line and sends it on to another number, unasked.
'     cscript blind_transfer.vbs LINE NUMBER
' LINE is the name or the number of a line. Exit status: 0 the call was sent on, 1 it was not,
' 2 there is no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, CIS_CALLERIDNUMBER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0

Dim tapi, line, registration, theCall, connected, over, sentOn

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
sentOn = False
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 0)
WScript.Echo "waiting for a call"

Do Until connected Or over
    WScript.Sleep 20
Loop
If Not over Then SendOn WScript.Arguments(1)
Do Until over
    WScript.Sleep 20
Loop
Set theCall = Nothing
tapi.UnregisterNotifications registration
tapi.Shutdown
If Not sentOn Then WScript.Quit 1

' Afterwards the call is over for us: the caller talks to somebody else.
Sub SendOn(number)
    On Error Resume Next
    theCall.BlindTransfer number
    If Err.Number = 0 Then
        WScript.Echo "sent on to " & number
        sentOn = True
    Else
        WScript.Echo "not sent on: " & Err.Description
        theCall.Disconnect DC_NORMAL
    End If
End Sub

Sub tapi_Event(kind, happened)
    If kind = TE_CALLNOTIFICATION And theCall Is Nothing Then
        Set theCall = happened.Call
        WScript.Echo "a call from " & CallerOf(theCall)
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
    tapi.Shutdown
    WScript.Quit 2
End Function

' Not every network tells who calls; then the property is an error.
Function CallerOf(who)
    CallerOf = "an unknown number"
    On Error Resume Next
    CallerOf = who.CallInfoString(CIS_CALLERIDNUMBER)
End Function

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", "queued")
    StateName = names(state)
End Function
