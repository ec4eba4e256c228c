' dialler.vbs - makes the calls that other programs ask for (click_to_dial is one of them).
'     cscript dialler.vbs LINE [CALLS]
' LINE is the name or the number of the line to call from. Ends when so many CALLS are over, or when
' it is stopped. Exit status: 0 it has ended, 2 wrong arguments or no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1, LINEREQUESTMODE_MAKECALL = 1
Const TE_CALLSTATE = 8, TE_REQUEST = &H100, CS_DISCONNECTED = 3, REGISTRATION = 1

Dim tapi, line, calls, made, callsLeft

If WScript.Arguments.Count < 1 Then
    WScript.Echo "usage: dialler.vbs LINE [CALLS]"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
callsLeft = -1
If WScript.Arguments.Count > 1 Then callsLeft = CLng(WScript.Arguments(1))
made = 0
Set calls = CreateObject("Scripting.Dictionary")
Set line = FindLine(WScript.Arguments(0))
tapi.EventFilter = TE_REQUEST Or TE_CALLSTATE
tapi.RegisterRequestRecipient REGISTRATION, LINEREQUESTMODE_MAKECALL, True
WScript.Echo "waiting for requests"
Do Until callsLeft = 0
    WScript.Sleep 20
Loop
tapi.RegisterRequestRecipient REGISTRATION, LINEREQUESTMODE_MAKECALL, False
calls.RemoveAll
tapi.Shutdown

Sub tapi_Event(kind, happened)
    If kind = TE_REQUEST Then
        Dial happened
    ElseIf kind = TE_CALLSTATE Then
        WScript.Echo StateName(happened.State) & CauseName(happened.Cause)
        If happened.State = CS_DISCONNECTED Then callsLeft = callsLeft - 1
    End If
End Sub

' Every request is a call: TAPI has taken it out of its queue, and nobody else will make it.
Sub Dial(request)
    Dim aCall
    WScript.Echo "calling " & request.CalledParty & " at " & request.DestAddress & " for " & _
        request.AppName & " " & request.Comment
    Set aCall = line.CreateCall(request.DestAddress, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
    made = made + 1
    calls.Add made, aCall ' a call ends with the last reference to it
    aCall.Connect False
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
