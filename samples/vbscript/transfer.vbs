' transfer.vbs - calls somebody, consults a third party, and connects the two: as an operator does.
'     cscript transfer.vbs LINE NUMBER CONSULTED
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLSTATE = 8
Const CS_DISCONNECTED = 3, FM_ASTRANSFER = 0

Dim tapi, line, theCall, consultation, disconnected

If WScript.Arguments.Count <> 3 Then
    WScript.Echo "usage: transfer.vbs LINE NUMBER CONSULTED"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLSTATE
Set line = FindLine(WScript.Arguments(0))
disconnected = 0

Set theCall = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
theCall.Connect True
Set consultation = line.CreateCall(WScript.Arguments(2), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
theCall.Transfer consultation, True
consultation.Finish FM_ASTRANSFER

' Both of our calls end: the two others talk to each other now.
Do Until disconnected = 2
    WScript.Sleep 20
Loop
WScript.Echo "transferred"
Set consultation = Nothing
Set theCall = Nothing
tapi.Shutdown

Sub tapi_Event(kind, happened)
    Dim who
    If kind <> TE_CALLSTATE Then Exit Sub
    who = happened.Call.CallInfoString(3)
    WScript.Echo "the call to " & who & ": " & StateName(happened.State)
    If happened.State = CS_DISCONNECTED Then disconnected = disconnected + 1
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
