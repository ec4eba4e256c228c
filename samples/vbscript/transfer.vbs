' transfer.vbs - calls somebody, consults a third party, and connects the two: as an operator does.
'     cscript transfer.vbs LINE NUMBER CONSULTED
' LINE is the name or the number of the line to call from. Exit status: 0 the two are connected,
' 1 they are not, 2 there is no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLSTATE = 8, CIS_CALLEDIDNUMBER = 3
Const CS_DISCONNECTED = 3, DC_NORMAL = 0, FM_ASTRANSFER = 0

Dim tapi, line, theCall, consultation, transferred, ended

If WScript.Arguments.Count <> 3 Then
    WScript.Echo "usage: transfer.vbs LINE NUMBER CONSULTED"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLSTATE
Set line = FindLine(WScript.Arguments(0))
ended = 0
Set theCall = NewCall(WScript.Arguments(1))
Set consultation = NewCall(WScript.Arguments(2))
transferred = Transfer
If transferred Then
    ' Both of our calls end: the two others talk to each other now.
    Do Until ended = 2
        WScript.Sleep 20
    Loop
    WScript.Echo "transferred"
Else
    On Error Resume Next ' those that never came about cannot be ended
    consultation.Disconnect DC_NORMAL
    theCall.Disconnect DC_NORMAL
    On Error Goto 0
End If
Set consultation = Nothing
Set theCall = Nothing
tapi.Shutdown
If Not transferred Then WScript.Quit 1

Function NewCall(number)
    Set NewCall = line.CreateCall(number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
End Function

' True (synchronous): each step is done when its method returns.
Function Transfer
    On Error Resume Next
    theCall.Connect True
    If Err.Number = 0 Then theCall.Transfer consultation, True
    If Err.Number = 0 Then consultation.Finish FM_ASTRANSFER
    Transfer = Err.Number = 0
    If Not Transfer Then WScript.Echo "not transferred: " & Err.Description
End Function

Sub tapi_Event(kind, happened)
    If kind <> TE_CALLSTATE Then Exit Sub
    WScript.Echo "the call to " & happened.Call.CallInfoString(CIS_CALLEDIDNUMBER) & ": " & _
        StateName(happened.State)
    If happened.State = CS_DISCONNECTED Then ended = ended + 1
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

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", "queued")
    StateName = names(state)
End Function
