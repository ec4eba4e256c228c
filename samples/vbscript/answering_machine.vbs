' answering_machine.vbs - answers calls, plays a greeting, and records what the callers say.
'     cscript answering_machine.vbs LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]
' LINE is the name or the number of a line, GREETING a WAV file, FOLDER where the messages go
' (message1.wav, message2.wav and so on). It answers after so many RINGS (2) and records so many
' SECONDS at most (60). Whoever dials the CODE during the greeting or a message hears all messages
' instead. Ends when so many CALLS are over, or when it is stopped. Exit status: 0 it has ended,
' 2 wrong arguments or no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0, TD_RENDER = 1, LINEDIGITMODE_DTMF = 2, TTM_BEEP = 8
Const TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_DIGITEVENT = &H8000&
Const TE_GENERATEEVENT = &H10000, TE_FILETERMINAL = &H80000, AE_RINGING = 2
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0
Const CIS_CALLERIDNUMBER = 1, FTEC_END_OF_FILE = 1, BEEP_MS = 200, TICK_MS = 20
Const CLSID_FilePlaybackTerminal = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
Const CLSID_FileRecordingTerminal = "{521F3D06-C3D0-4511-8617-86B9A783DA77}"

Dim tapi, line, registration, files, theCall, nextCall, player, recorder
Dim doing, rings, message, recorded, digits, callsLeft

If WScript.Arguments.Count < 3 Then
    WScript.Echo "usage: answering_machine.vbs LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]"
    WScript.Quit 2
End If
Set files = CreateObject("Scripting.FileSystemObject")
Set theCall = Nothing
Set nextCall = Nothing ' rings meanwhile
doing = "waiting"
rings = 0
callsLeft = CLng(Argument(6, -1))
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_ADDRESS Or TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_DIGITEVENT _
    Or TE_GENERATEEVENT Or TE_FILETERMINAL
Set line = FindLine(WScript.Arguments(0))
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 0)
WScript.Echo "waiting for calls"

Do Until callsLeft = 0
    WScript.Sleep TICK_MS ' events come meanwhile
    If doing = "recording" Then
        recorded = recorded + TICK_MS
        If recorded >= CLng(Argument(4, 60)) * 1000 Then
            WScript.Echo "the time is over"
            KeepMessage
            HangUp
        End If
    End If
Loop
tapi.UnregisterNotifications registration
tapi.Shutdown

' ---- what happens ----

Sub tapi_Event(kind, happened)
    Select Case kind
    Case TE_ADDRESS
        If happened.Event = AE_RINGING Then rings = rings + 1
        AnswerInTime
    Case TE_CALLNOTIFICATION
        If theCall Is Nothing Then TakeCall happened.Call Else Set nextCall = happened.Call
    Case TE_CALLSTATE
        If happened.Call Is theCall Then CallIs happened.State
    Case TE_FILETERMINAL
        If happened.Cause = FTEC_END_OF_FILE Then Played
    Case TE_GENERATEEVENT
        If doing = "beep" Then Record
    Case TE_DIGITEVENT
        digits = digits & Chr(happened.Digit)
        If Right(digits, Len(Argument(5, "-"))) = Argument(5, "-") Then PlayMessages
    End Select
End Sub

Sub TakeCall(who)
    Set theCall = who
    rings = 0
    WScript.Echo "a call from " & CallerOf(theCall)
End Sub

Sub CallIs(state)
    If state = CS_OFFERING Then
        doing = "ringing"
        AnswerInTime
    ElseIf state = CS_CONNECTED Then
        Greet
    ElseIf state = CS_DISCONNECTED Then
        CallIsOver
    End If
End Sub

Sub AnswerInTime
    If doing <> "ringing" Or rings < CLng(Argument(3, 2)) Then Exit Sub
    doing = "answering"
    ' What the player says goes to the caller: it is selected on the capturing stream.
    Set player = line.CreateTerminal(CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE)
    player.PlayList = Array(WScript.Arguments(1))
    theCall.SelectTerminalOnCall player
    theCall.Answer
End Sub

Sub Greet
    doing = "greeting"
    digits = ""
    WScript.Echo "playing the greeting"
    If Argument(5, "") <> "" Then theCall.DetectDigits LINEDIGITMODE_DTMF
    player.Start
End Sub

Sub Played
    If doing = "greeting" Then
        Beep
    ElseIf doing = "messages" Then
        WScript.Echo "all messages are played"
        HangUp
    End If
End Sub

' Where no tones are made, the message begins without one.
Sub Beep
    doing = "beep"
    On Error Resume Next
    theCall.GenerateTone TTM_BEEP, BEEP_MS
    If Err.Number <> 0 Then Record
End Sub

' What comes from the caller is rendered into the recorder's file.
Sub Record
    doing = "recording"
    recorded = 0
    message = FreeName
    Set recorder = line.CreateTerminal(CLSID_FileRecordingTerminal, TAPIMEDIATYPE_AUDIO, TD_RENDER)
    recorder.FileName = message
    theCall.SelectTerminalOnCall recorder
    recorder.Start
    WScript.Echo "recording " & files.GetFileName(message)
End Sub

' The code was dialled: that is the owner, and no message.
Sub PlayMessages
    Dim list, number
    If doing = "greeting" Then player.Stop
    If doing = "recording" Then
        recorder.Stop
        files.DeleteFile message
    End If
    Set list = CreateObject("Scripting.Dictionary")
    For number = 1 To 9999
        If Not files.FileExists(NameOf(number)) Then Exit For
        list.Add number, NameOf(number)
    Next
    WScript.Echo "the code was dialled: " & list.Count & " messages"
    doing = "messages"
    If list.Count = 0 Then
        HangUp
    Else
        player.PlayList = list.Items
        player.Start
    End If
End Sub

Sub KeepMessage
    doing = "ending"
    recorder.Stop
    WScript.Echo files.GetFileName(message) & " is kept"
End Sub

Sub HangUp
    On Error Resume Next ' the caller may have been quicker
    theCall.Disconnect DC_NORMAL
End Sub

Sub CallIsOver
    If doing = "recording" Then KeepMessage
    WScript.Echo "the call is over"
    Set player = Nothing
    Set recorder = Nothing
    Set theCall = Nothing
    doing = "waiting"
    callsLeft = callsLeft - 1
    If nextCall Is Nothing Then Exit Sub
    If nextCall.CallState = CS_OFFERING Then
        TakeCall nextCall
        CallIs CS_OFFERING
    End If
    Set nextCall = Nothing
End Sub

' ---- finding things ----

Function Argument(number, otherwise)
    Argument = otherwise
    If WScript.Arguments.Count > number Then Argument = WScript.Arguments(number)
End Function

Function NameOf(number)
    NameOf = files.BuildPath(WScript.Arguments(2), "message" & number & ".wav")
End Function

Function FreeName
    Dim number
    number = 1
    Do While files.FileExists(NameOf(number))
        number = number + 1
    Loop
    FreeName = NameOf(number)
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

' Not every network tells who calls; then the property is an error.
Function CallerOf(who)
    CallerOf = "an unknown number"
    On Error Resume Next
    CallerOf = who.CallInfoString(CIS_CALLERIDNUMBER)
End Function
