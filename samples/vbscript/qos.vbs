' qos.vbs - makes a call that needs a quality of service, then asks for another one while it lasts.
'     cscript qos.vbs LINE NUMBER
' Exit status: 0 what was asked for was granted, 1 it was refused.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLSTATE = 8, TE_CALLINFOCHANGE = &H40, TE_QOSEVENT = &H800
Const QSL_NEEDED = 1, QSL_BEST_EFFORT = 3
Const CS_DISCONNECTED = 3, DC_NORMAL = 0

Dim tapi, line, theCall, changes, refused, over

If WScript.Arguments.Count <> 2 Then
    WScript.Echo "usage: qos.vbs LINE NUMBER"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLSTATE Or TE_CALLINFOCHANGE Or TE_QOSEVENT
Set line = FindLine(WScript.Arguments(0))
changes = 0
refused = False
over = False

Set theCall = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
theCall.SetQOS TAPIMEDIATYPE_AUDIO, QSL_NEEDED
theCall.Connect True
WScript.Echo "connected, with a guarantee"
changes = 0

On Error Resume Next
theCall.SetQOS TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT
If Err.Number <> 0 Then
    WScript.Echo "not changed: " & Err.Description
    refused = True
End If
On Error Goto 0
Do Until changes > 0 Or refused Or over
    WScript.Sleep 20
Loop

If Not over Then theCall.Disconnect DC_NORMAL
Do Until over
    WScript.Sleep 20
Loop
Set theCall = Nothing
tapi.Shutdown
If refused Then WScript.Quit 1

Sub tapi_Event(kind, happened)
    Select Case kind
    Case TE_CALLSTATE
        WScript.Echo StateName(happened.State)
        If happened.State = CS_DISCONNECTED Then over = True
    Case TE_CALLINFOCHANGE
        WScript.Echo "call information " & happened.Cause & " has changed"
        changes = changes + 1
    Case TE_QOSEVENT
        WScript.Echo "quality of service: " & QosName(happened.Event)
        refused = True
    End Select
End Sub

Function QosName(what)
    Dim names
    names = Array("", "there is none any more", "not admitted", "against the policy", _
                    "an error")
    QosName = names(what)
End Function

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
