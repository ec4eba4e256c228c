' operator.vbs - an operator's console: answers, holds, parks, transfers, makes conferences.
'     cscript operator.vbs LINE [COMMAND...]
' LINE is the name or the number of a line. COMMANDs are arguments, or lines of the standard input:
'     wait            until a call comes
'     answer          takes the call that rings; the one that was talked to waits on hold
'     call NUMBER     makes a call, and waits for the answer
'     hold, resume    the call that is talked to, the one on hold
'     swap            changes between the two
'     park [PLACE]    leaves the call at a place of the exchange
'     pickup PLACE    takes it from there
'     ask NUMBER      calls somebody while the present call waits, then
'     connect         lets the two talk to each other, or
'     back            goes back to the first
'     join NUMBER     calls somebody into a conference with the present call
'     send NUMBER     sends the call on without asking
'     hangup          ends the calls that are talked to
'     pause MS        lets things happen
' Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, LINEADDRESSTYPE_PHONENUMBER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, CIS_CALLERIDNUMBER = 1
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, CS_HOLD = 5
Const DC_NORMAL = 0, FM_ASTRANSFER = 0, FM_ASCONFERENCE = 1, PATIENCE_MS = 10000

Dim tapi, line, registration, calls, parties, waiting, consultation, number, failed

If WScript.Arguments.Count < 1 Then
    WScript.Echo "usage: operator.vbs LINE [COMMAND...]"
    WScript.Quit 2
End If
Set calls = CreateObject("Scripting.Dictionary")   ' 1, 2 and so on: the calls
Set parties = CreateObject("Scripting.Dictionary") ' and the other ends' numbers
Set waiting = Nothing      ' who waits while somebody is asked
Set consultation = Nothing ' who is asked
failed = False
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE
Set line = FindLine(WScript.Arguments(0))
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 0)

If WScript.Arguments.Count > 1 Then
    For number = 1 To WScript.Arguments.Count - 1
        Command WScript.Arguments(number)
    Next
Else
    Do Until WScript.StdIn.AtEndOfStream
        Command WScript.StdIn.ReadLine
    Loop
End If
Set waiting = Nothing
Set consultation = Nothing
HangUpAll
calls.RemoveAll
tapi.UnregisterNotifications registration
tapi.Shutdown
If failed Then WScript.Quit 1

' ---- commands ----

Sub Command(text)
    On Error Resume Next
    Perform Split(Trim(text) & " ", " ")
    If Err.Number <> 0 Then
        WScript.Echo text & ": not done: " & Err.Description
        failed = True
    End If
End Sub

' Each step is done when its method returns, or else is waited for.
Sub Perform(words)
    Dim present, other
    Select Case words(0)
    Case "wait"
        Do Until HasCall(CS_OFFERING)
            WScript.Sleep 20
        Loop
    Case "answer"
        Set present = CallIn(CS_OFFERING)
        present.Answer
        Await present, CS_CONNECTED
    Case "call"
        If HasCall(CS_CONNECTED) Then CallIn(CS_CONNECTED).Hold True
        NewCall(words(1)).Connect True
    Case "hold"
        Set present = CallIn(CS_CONNECTED)
        present.Hold True
        Await present, CS_HOLD
    Case "resume"
        Set present = CallIn(CS_HOLD)
        present.Hold False
        Await present, CS_CONNECTED
    Case "swap"
        Set present = CallIn(CS_HOLD)
        CallIn(CS_CONNECTED).SwapHold present
        Await present, CS_CONNECTED
    Case "park"
        Set present = CallIn(CS_CONNECTED)
        If words(1) = "" Then
            WScript.Echo "parked at " & present.ParkIndirect
        Else
            present.ParkDirect words(1)
            WScript.Echo "parked at " & words(1)
        End If
        Await present, CS_DISCONNECTED
    Case "pickup"
        Set present = NewCall(words(1))
        present.Unpark
        Await present, CS_CONNECTED
    Case "ask"
        Set waiting = CallIn(CS_CONNECTED)
        Set consultation = NewCall(words(1))
        waiting.Transfer consultation, True
    Case "connect" ' both of our calls end: the two others talk to each other now
        consultation.Finish FM_ASTRANSFER
        Await consultation, CS_DISCONNECTED
        Set consultation = Nothing
    Case "back" ' also when nobody has answered
        consultation.Disconnect DC_NORMAL
        Set consultation = Nothing
        Await waiting, CS_CONNECTED
    Case "join"
        Set present = CallIn(CS_CONNECTED)
        Set other = NewCall(words(1))
        present.Conference other, True
        other.Finish FM_ASCONFERENCE
        Await present, CS_CONNECTED
    Case "send"
        Set present = CallIn(CS_CONNECTED)
        present.BlindTransfer words(1)
        Await present, CS_DISCONNECTED
    Case "hangup"
        Do While HasCall(CS_CONNECTED)
            Set present = CallIn(CS_CONNECTED)
            present.Disconnect DC_NORMAL
            Await present, CS_DISCONNECTED
        Loop
    Case "pause"
        WScript.Sleep words(1)
    Case ""
    Case Else
        Err.Raise vbObjectError, "operator", "there is no such command"
    End Select
End Sub

' ---- calls ----

Sub tapi_Event(kind, happened)
    Dim key
    If kind = TE_CALLNOTIFICATION Then
        Keep CallerOf(happened.Call), happened.Call
    ElseIf kind = TE_CALLSTATE Then
        For Each key In calls.Keys
            If calls(key) Is happened.Call Then
                WScript.Echo parties(key) & ": " & StateName(happened.State)
            End If
        Next
    End If
End Sub

Sub Keep(party, who)
    parties.Add parties.Count + 1, party
    calls.Add parties.Count, who
End Sub

Sub HangUpAll
    Dim key
    On Error Resume Next ' those that are over cannot be ended
    For Each key In calls.Keys
        calls(key).Disconnect DC_NORMAL
    Next
End Sub

Function NewCall(party)
    Set NewCall = line.CreateCall(party, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO)
    Keep party, NewCall
End Function

Function HasCall(state)
    Dim key
    HasCall = False
    For Each key In calls.Keys
        If calls(key).CallState = state Then HasCall = True
    Next
End Function

Function CallIn(state)
    Dim key
    For Each key In calls.Keys
        If calls(key).CallState = state Then
            Set CallIn = calls(key)
            Exit Function
        End If
    Next
    Err.Raise vbObjectError, "operator", "no call is " & StateName(state)
End Function

' Lets events come in until the call is in the state.
Sub Await(who, state)
    Dim waited
    For waited = 0 To PATIENCE_MS Step 20
        WScript.Sleep 20
        If who.CallState = state Then Exit Sub
    Next
    Err.Raise vbObjectError, "operator", "the call is not " & StateName(state)
End Sub

' ---- finding things ----

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
