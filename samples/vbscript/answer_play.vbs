' answer_play.vbs - answers the next call on a line, plays a WAV file to the caller and hangs up.
'     cscript answer_play.vbs LINE WAVFILE
' LINE is the name or the number of a line. Exit status: 0 the caller has heard all of it, 1 not,
' 2 there is no such line.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_FILETERMINAL = &H80000
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, DC_NORMAL = 0
Const CIS_CALLERIDNUMBER = 1, FTEC_END_OF_FILE = 1
Const CLSID_FilePlaybackTerminal = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"

Dim tapi, line, registration, theCall, player, played, over

If WScript.Arguments.Count <> 2 Then
    WScript.Echo "usage: answer_play.vbs LINE WAVFILE"
    WScript.Quit 2
End If
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_FILETERMINAL
Set line = FindLine(WScript.Arguments(0))
Set theCall = Nothing
Set player = Nothing
played = False
over = False
registration = tapi.RegisterCallNotifications(line, False, True, TAPIMEDIATYPE_AUDIO, 0)
WScript.Echo "waiting for a call"

Do Until played Or over
    WScript.Sleep 20
Loop
If Not over Then theCall.Disconnect DC_NORMAL
Do Until over
    WScript.Sleep 20
Loop
Set player = Nothing
Set theCall = Nothing
tapi.UnregisterNotifications registration
tapi.Shutdown
If Not played Then WScript.Quit 1

Sub tapi_Event(kind, happened)
    Select Case kind
    Case TE_CALLNOTIFICATION
        If theCall Is Nothing Then
            Set theCall = happened.Call
            WScript.Echo "a call from " & CallerOf(theCall)
        End If
    Case TE_CALLSTATE
        If happened.State = CS_OFFERING Then
            PutPlayer
            theCall.Answer
        ElseIf happened.State = CS_CONNECTED Then
            WScript.Echo "playing"
            player.Start
        ElseIf happened.State = CS_DISCONNECTED Then
            WScript.Echo "the call is over"
            over = True
        End If
    Case TE_FILETERMINAL
        If happened.Cause = FTEC_END_OF_FILE Then
            WScript.Echo "played"
            played = True
        End If
    End Select
End Sub

' What the player says goes to the caller: it is selected on the capturing stream.
Sub PutPlayer
    Set player = line.CreateTerminal(CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE)
    player.PlayList = Array(WScript.Arguments(1))
    theCall.SelectTerminalOnCall player
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
