' scenarios.vbs - the calls of an office from a script: each line's events are written down in order
' and compared with what must have happened. Exit status 0 when every scenario passed.
'     scenarios.vbs [NAME]     only the scenarios whose name contains NAME
Option Explicit

Const AUDIO = 8, PHONENUMBER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLINFOCHANGE = 64, TE_QOSEVENT = &H800
Const TE_DIGITEVENT = &H8000&
Const DC_NORMAL = 0, DC_REJECTED = 2, FM_ASTRANSFER = 0, FM_ASCONFERENCE = 1
Const QSL_NEEDED = 1, QSL_BEST_EFFORT = 3, LINEDIGITMODE_DTMF = 2
Const CIS_CALLERIDNAME = 0, CIS_CALLERIDNUMBER = 1

Dim tapi, exchange, line, offered, heard, passed, failed, wrong, only

Set line = CreateObject("Scripting.Dictionary")
Set offered = CreateObject("Scripting.Dictionary")
Set heard = CreateObject("Scripting.Dictionary")
only = ""
If WScript.Arguments.Count > 0 Then only = WScript.Arguments(0)
passed = 0
failed = 0
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_CALLINFOCHANGE Or TE_QOSEVENT Or TE_DIGITEVENT
FindLines

If Wanted("outgoing call") Then OutgoingCall
If Wanted("incoming call") Then IncomingCall
If Wanted("far end hangs up") Then FarEndHangsUp
If Wanted("consultation transfer") Then ConsultationTransfer
If Wanted("conference out of a consultation") Then ConsultationConference
If Wanted("blind transfer") Then BlindTransfer
If Wanted("hold") Then HoldAndTakeBack
If Wanted("swap") Then SwapTwoCalls
If Wanted("quality of service granted") Then QosGranted
If Wanted("quality of service refused") Then QosRefused
If Wanted("quality of service changed by the client") Then QosChanged
If Wanted("quality of service lost") Then QosLost
If Wanted("busy") Then Unanswered "5550101", 0, "BUSY"
If Wanted("no answer") Then Unanswered "5550102", 2000, "NOANSWER"
If Wanted("rejected") Then Unanswered "5550103", 100, "REJECTED"
If Wanted("rejecting") Then Rejecting
If Wanted("digits") Then Digits
If Wanted("errors") Then Errors

offered.RemoveAll
line.RemoveAll
tapi.Shutdown
WScript.Echo passed & " passed, " & failed & " failed"
If failed > 0 Or passed = 0 Then WScript.Quit 1

' ---- scenarios -----------------------------------------------------------------------------------

Sub OutgoingCall
    Dim aCall
    Set aCall = NewCall("101", "5550100")
    aCall.Connect False
    Await "101", "INPROGRESS"
    exchange.Step 299
    Settle
    Expect "101", "INPROGRESS"
    exchange.Step 1
    Await "101", "CONNECTED"
    aCall.Disconnect DC_NORMAL
    Await "101", "DISCONNECTED/NORMAL"
    Expect "101", "INPROGRESS CONNECTED DISCONNECTED/NORMAL"
    Finish
End Sub

Sub IncomingCall
    exchange.Inject "5559876", "Visitor", "102"
    Await "102", "OFFERING"
    Same "the caller's number", offered("102").CallInfoString(CIS_CALLERIDNUMBER), "5559876"
    Same "the caller's name", offered("102").CallInfoString(CIS_CALLERIDNAME), "Visitor"
    offered("102").Answer
    Await "102", "CONNECTED"
    offered("102").Disconnect DC_NORMAL
    Await "102", "DISCONNECTED/NORMAL"
    Expect "102", "NEW OFFERING CONNECTED DISCONNECTED/NORMAL"
    Finish
End Sub

Sub FarEndHangsUp
    Dim aCall
    Set aCall = NewCall("101", "5550104")
    aCall.Connect False
    exchange.Step 100
    Await "101", "CONNECTED"
    exchange.Step 500
    Await "101", "DISCONNECTED/NORMAL"
    Expect "101", "INPROGRESS CONNECTED DISCONNECTED/NORMAL"
    Finish
End Sub

Sub ConsultationTransfer
    Dim first, consultation
    Set first = ConnectedCall("101", "102")
    Set consultation = NewCall("101", "103")
    first.Transfer consultation, False
    Await "103", "OFFERING"
    offered("103").Answer
    Await "103", "CONNECTED"
    consultation.Finish FM_ASTRANSFER
    AwaitCount "101", "DISCONNECTED/NORMAL", 2
    Expect "103", "NEW OFFERING CONNECTED"
    Contains "Bob talks to Carol", exchange.Calls, "102" & vbTab & "103" & vbTab & "connected"
    offered("103").Disconnect DC_NORMAL
    Await "102", "DISCONNECTED/NORMAL"
    Finish
End Sub

Sub ConsultationConference
    Dim first, consultation
    Set first = ConnectedCall("101", "102")
    Set consultation = NewCall("101", "103")
    first.Transfer consultation, False
    Await "103", "OFFERING"
    offered("103").Answer
    Await "103", "CONNECTED"
    consultation.Finish FM_ASCONFERENCE
    Settle
    Same "Alice is still there", Contained(heard("101"), "DISCONNECTED"), False
    first.Disconnect DC_NORMAL
    consultation.Disconnect DC_NORMAL
    offered("102").Disconnect DC_NORMAL
    offered("103").Disconnect DC_NORMAL
    Await "103", "DISCONNECTED"
    Finish
End Sub

Sub BlindTransfer
    exchange.Inject "5559876", "Visitor", "102"
    Await "102", "OFFERING"
    offered("102").Answer
    Await "102", "CONNECTED"
    offered("102").BlindTransfer "103"
    Await "103", "OFFERING"
    Await "102", "DISCONNECTED/NORMAL"
    offered("103").Answer
    Await "103", "CONNECTED"
    Expect "102", "NEW OFFERING CONNECTED DISCONNECTED/NORMAL"
    Expect "103", "NEW OFFERING CONNECTED"
    exchange.Hangup "5559876"
    Await "103", "DISCONNECTED/NORMAL"
    Finish
End Sub

Sub HoldAndTakeBack
    Dim aCall
    Set aCall = ConnectedCall("101", "102")
    aCall.Hold True
    Await "101", "HOLD"
    aCall.Hold False
    AwaitCount "101", "CONNECTED", 2
    aCall.Disconnect DC_NORMAL
    Await "101", "DISCONNECTED/NORMAL"
    Expect "101", "INPROGRESS CONNECTED HOLD CONNECTED DISCONNECTED/NORMAL"
    Finish
End Sub

Sub SwapTwoCalls
    Dim first, second
    Set first = ConnectedCall("101", "102")
    first.Hold True
    Await "101", "HOLD"
    Set second = ConnectedCall("101", "103")
    first.SwapHold second
    AwaitCount "101", "HOLD", 2
    Same "the first is back", first.CallState, 2
    Same "the second waits", second.CallState, 5
    first.Disconnect DC_NORMAL
    second.Disconnect DC_NORMAL
    AwaitCount "101", "DISCONNECTED/NORMAL", 2
    Finish
End Sub

Sub QosGranted
    Dim aCall
    Set aCall = NewCall("101", "5550100")
    aCall.SetQOS AUDIO, QSL_NEEDED
    aCall.Connect False
    exchange.Step 300
    Await "101", "CONNECTED"
    Same "bandwidth is reserved", exchange.BandwidthInUse > 0, True
    aCall.Disconnect DC_NORMAL
    Await "101", "DISCONNECTED/NORMAL"
    Same "bandwidth is free again", exchange.BandwidthInUse, 0
    Finish
End Sub

Sub QosRefused
    Dim aCall, number, text
    exchange.Bandwidth = 8
    Set aCall = NewCall("101", "5550100")
    aCall.SetQOS AUDIO, QSL_NEEDED
    On Error Resume Next
    aCall.Connect True
    number = Err.Number
    text = Err.Description
    On Error Goto 0
    exchange.Bandwidth = 128
    Same "it failed", number <> 0, True
    Same "with a sentence", Len(text) > 0, True
    Same "nothing is reserved", exchange.BandwidthInUse, 0
    Finish
End Sub

Sub QosChanged
    Dim aCall
    Set aCall = ConnectedCall("101", "102")
    Same "nothing is reserved", exchange.BandwidthInUse, 0
    aCall.SetQOS AUDIO, QSL_NEEDED
    Await "101", "INFO"
    Same "bandwidth is reserved", exchange.BandwidthInUse > 0, True
    aCall.SetQOS AUDIO, QSL_BEST_EFFORT
    AwaitCount "101", "INFO", 2
    aCall.Disconnect DC_NORMAL
    Await "101", "DISCONNECTED/NORMAL"
    Finish
End Sub

Sub QosLost
    Dim aCall
    Set aCall = NewCall("101", "5550100")
    aCall.SetQOS AUDIO, QSL_NEEDED
    aCall.Connect False
    exchange.Step 300
    Await "101", "CONNECTED"
    exchange.Bandwidth = 8
    Await "101", "QOS"
    exchange.Bandwidth = 128
    aCall.Disconnect DC_NORMAL
    Await "101", "DISCONNECTED/NORMAL"
    Finish
End Sub

Sub Unanswered(number, ms, cause)
    Dim aCall
    Set aCall = NewCall("101", number)
    aCall.Connect False
    If ms > 0 Then exchange.Step ms
    Await "101", "DISCONNECTED/" & cause
    Expect "101", "INPROGRESS DISCONNECTED/" & cause
    Finish
End Sub

Sub Rejecting
    exchange.Inject "5559876", "Visitor", "102"
    Await "102", "OFFERING"
    offered("102").Disconnect DC_REJECTED
    Await "102", "DISCONNECTED"
    Same "nobody rings any more", exchange.Calls, ""
    Finish
End Sub

Sub Digits
    Dim aCall
    Set aCall = ConnectedCall("101", "102")
    offered("102").DetectDigits LINEDIGITMODE_DTMF
    aCall.GenerateDigits "42", LINEDIGITMODE_DTMF
    exchange.Step 1000
    Await "102", "DIGIT-4"
    Await "102", "DIGIT-2"
    aCall.Disconnect DC_NORMAL
    Await "102", "DISCONNECTED/NORMAL"
    Finish
End Sub

Sub Errors
    Dim aCall
    Set aCall = NewCall("101", "5550100")
    On Error Resume Next
    aCall.Answer
    Same "a call that is not offered cannot be answered", Err.Number <> 0, True
    Same "and it is said why", Len(Err.Description) > 10, True
    Err.Clear
    aCall.Hold True
    Same "a call that is not connected cannot be held", Err.Number <> 0, True
    Err.Clear
    tapi.EventFilter = -1
    Same "the event filter is checked", Err.Number <> 0, True
    On Error Goto 0
    Finish
End Sub

' ---- what is heard -------------------------------------------------------------------------------

Sub tapi_Event(kind, happened)
    Dim number
    number = happened.Call.Address.DialableAddress
    Select Case kind
    Case TE_CALLNOTIFICATION
        Put offered, number, happened.Call
        Hear number, "NEW"
    Case TE_CALLSTATE
        Hear number, StateName(happened.State) & CauseName(happened.Cause)
    Case TE_CALLINFOCHANGE
        Hear number, "INFO" ' compared only where a scenario waits for it
    Case TE_QOSEVENT
        Hear number, "QOS"
    Case TE_DIGITEVENT
        Hear number, "DIGIT-" & Chr(happened.Digit)
    End Select
End Sub

Function StateName(state)
    Dim names
    names = Array("IDLE", "INPROGRESS", "CONNECTED", "DISCONNECTED", "OFFERING", "HOLD", "QUEUED")
    StateName = names(state)
End Function

Function CauseName(cause)
    Dim names
    names = Array("", "NORMAL", "BUSY", "BADADDRESS", "NOANSWER", _
        "CANCELLED", "REJECTED", "FAILED", "BLOCKED")
    CauseName = ""
    If cause > 0 Then CauseName = "/" & names(cause)
End Function

Sub Hear(number, what)
    heard(number) = heard(number) & what & " "
End Sub

' ---- steps ---------------------------------------------------------------------------------------

' Not `Set dictionary(key) = item`: Wine's Dictionary has no such form.
Sub Put(dictionary, key, item)
    If dictionary.Exists(key) Then dictionary.Remove key
    dictionary.Add key, item
End Sub

Sub FindLines
    Dim candidate
    For Each candidate In tapi.Addresses
        Put line, candidate.DialableAddress, candidate
        tapi.RegisterCallNotifications candidate, False, True, AUDIO, 0
    Next
    Same "lines", line.Count, 3
End Sub

Dim running
Function Wanted(name)
    Wanted = InStr(name, only) > 0 Or only = ""
    If Not Wanted Then Exit Function
    running = name
    wrong = ""
    heard("101") = ""
    heard("102") = ""
    heard("103") = ""
End Function

' Ends a scenario: every call is over, and none of its events are left for the next one.
Sub Finish
    Dim number
    For Each number In line.Keys
        If offered.Exists(number) Then offered.Remove number
    Next
    exchange.Reset
    Settle
    If wrong = "" Then
        passed = passed + 1
        WScript.Echo "ok      " & running
    Else
        failed = failed + 1
        WScript.Echo "FAILED  " & running & vbCrLf & wrong
        For Each number In line.Keys
            WScript.Echo "        " & number & ": " & heard(number)
        Next
    End If
End Sub

Function NewCall(from, destination)
    Set NewCall = line(from).CreateCall(destination, PHONENUMBER, AUDIO)
End Function

' A call from one extension to another, answered.
Function ConnectedCall(from, destination)
    Dim before
    before = CountOf(from, "CONNECTED")
    Set ConnectedCall = NewCall(from, destination)
    ConnectedCall.Connect False
    Await destination, "OFFERING"
    offered(destination).Answer
    AwaitCount from, "CONNECTED", before + 1
    Await destination, "CONNECTED"
End Function

Sub Await(number, what)
    AwaitCount number, what, 1
End Sub

' Lets events come in until the line has heard something so many times.
Sub AwaitCount(number, what, times)
    Dim patience
    For patience = 1 To 1000
        If CountOf(number, what) >= times Then Exit Sub
        WScript.Sleep 5
    Next
    Complain number & " never heard " & what & " (" & times & ")"
End Sub

Function CountOf(number, what)
    Dim word
    CountOf = 0
    For Each word In Split(heard(number))
        If word = what Or Left(word, Len(what) + 1) = what & "/" Then CountOf = CountOf + 1
    Next
End Function

' Takes every event that has been sent already.
Sub Settle
    Dim i
    For i = 1 To 5
        WScript.Sleep 1
    Next
End Sub

' What the line heard, changes of call information apart.
Sub Expect(number, sequence)
    Dim word, without
    without = ""
    For Each word In Split(Trim(heard(number)))
        If word <> "INFO" Then without = Trim(without & " " & word)
    Next
    If without <> sequence Then Complain number & " heard " & without & vbCrLf & _
        "            instead of " & sequence
End Sub

Sub Same(what, actual, expected)
    If CStr(actual) <> CStr(expected) Then Complain what & ": " & actual & " instead of " & expected
End Sub

Function Contained(text, part)
    Contained = InStr(text, part) > 0
End Function

Sub Contains(what, text, part)
    If Not Contained(text, part) Then Complain what & ": not in " & vbCrLf & text
End Sub

Sub Complain(text)
    wrong = wrong & "        " & text & vbCrLf
End Sub
