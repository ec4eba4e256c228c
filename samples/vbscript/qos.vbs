' qos.vbs - makes a call that needs a quality of service, then asks for another one while it lasts.
'     cscript qos.vbs LINE NUMBER
' LINE is the name or the number of the line to call from. Exit status: 0 what was asked for was
' granted, 1 it was refused, 2 there is no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLSTATE = 8, TE_CALLINFOCHANGE = &H40, TE_QOSEVENT = &H800
Const QSL_NEEDED = 1, QSL_BEST_EFFORT = 3
Const CS_DISCONNECTED = 3, DC_NORMAL = 0

Dim tapi, line, theCall, granted, over

If WScript.Arguments.Count <> 2 Then
    WScript.Echo "usage: qos.vbs LINE NUMBER"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLSTATE Or TE_CALLINFOCHANGE Or TE_QOSEVENT
Set line = FindLine(WScript.Arguments(0))
Set theCall = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
over = False
granted = Guaranteed
If granted Then
    granted = Changed
    If Not over Then theCall.Disconnect DC_NORMAL
    Do Until over
        WScript.Sleep 20
    Loop
End If
Set theCall = Nothing
tapi.Shutdown
If Not granted Then WScript.Quit 1

' Before the call is made this asks for it; a network that cannot give it refuses the call.
Function Guaranteed
    On Error Resume Next
    theCall.SetQOS TAPIMEDIATYPE_AUDIO, QSL_NEEDED
    If Err.Number = 0 Then theCall.Connect True
    Guaranteed = Err.Number = 0
    If Guaranteed Then
        WScript.Echo "connected, with a guarantee"
    Else
        WScript.Echo "not connected: " & Err.Description
    End If
End Function

Function Changed
    On Error Resume Next
    theCall.SetQOS TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT
    Changed = Err.Number = 0
    If Changed Then
        WScript.Echo "changed to what there is"
    Else
        WScript.Echo "not changed: " & Err.Description
    End If
End Function

Sub tapi_Event(kind, happened)
    Select Case kind
    Case TE_CALLSTATE
        WScript.Echo StateName(happened.State)
        If happened.State = CS_DISCONNECTED Then over = True
    Case TE_CALLINFOCHANGE
        WScript.Echo "other information (" & happened.Cause & ")"
    Case TE_QOSEVENT
        WScript.Echo "quality of service: " & QosName(happened.Event)
    End Select
End Sub

Function QosName(what)
    Dim names
    names = Array("", "there is none any more", "not admitted", "against the policy", "an error")
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
    tapi.Shutdown
    WScript.Quit 2
End Function

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", "queued")
    StateName = names(state)
End Function
