' dial.vbs - makes a call, says what becomes of it, and hangs up after a while.
'     cscript dial.vbs LINE NUMBER [MILLISECONDS]
' LINE is the name or the number of the line to call from. Exit status: 0 the other end answered,
' 1 it did not, 2 there is no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLSTATE = 8
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, DC_NORMAL = 0

Dim tapi, line, theCall, answered, over, elapsed, patience

If WScript.Arguments.Count < 2 Then
    WScript.Echo "usage: dial.vbs LINE NUMBER [MILLISECONDS]"
    WScript.Quit 2
End If
patience = 10000
If WScript.Arguments.Count > 2 Then patience = CLng(WScript.Arguments(2))

Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLSTATE
Set line = FindLine(WScript.Arguments(0))
Set theCall = line.CreateCall(WScript.Arguments(1), LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
answered = False
over = False
theCall.Connect False

' Events come while the script sleeps.
elapsed = 0
Do Until over Or elapsed >= patience
    WScript.Sleep 20
    elapsed = elapsed + 20
Loop
If Not over Then theCall.Disconnect DC_NORMAL
Do Until over
    WScript.Sleep 20
Loop
Set theCall = Nothing
tapi.Shutdown
If Not answered Then WScript.Quit 1

Sub tapi_Event(kind, happened)
    If kind <> TE_CALLSTATE Then Exit Sub
    WScript.Echo StateName(happened.State) & CauseName(happened.Cause)
    If happened.State = CS_CONNECTED Then answered = True
    If happened.State = CS_DISCONNECTED Then over = True
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

Function CauseName(cause)
    Dim names
    names = Array("", ": normal", ": busy", ": bad address", ": no answer", ": cancelled", _
        ": rejected", ": failed", ": blocked")
    CauseName = names(cause)
End Function
