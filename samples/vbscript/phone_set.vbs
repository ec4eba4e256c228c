' phone_set.vbs - works a telephone: its hookswitches, lamps, display, ringer; shows what happens there.
'     cscript phone_set.vbs LINE [COMMAND...]
' LINE is the name or the number of the line whose telephone it is. COMMANDs are arguments, or lines
' of the standard input:
'     lift, onhook        takes the handset up (this answers a call), or puts it down
'     speaker, silent     switches the loudspeaker on, or off
'     lamp BUTTON MODE    off, steady, wink, flash, flutter, broken
'     show TEXT           writes it on the display
'     ring MODE           rings so; 0: is silent
'     volume LEVEL        of the ringer, 0 to 65535
'     label BUTTON TEXT   says what is written on a button
'     ringer MODE         rings for the program, not for a call; 0: stops that
'     handle              TAPI looks after dial tone, numbers that are dialled, and the ringer
'     state               prints all there is to see
'     wait                until the telephone rings
'     pause MS            lets things happen
' Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such telephone.
Option Explicit

Const TAPIMEDIATYPE_AUDIO = 8, PP_OWNER = 0, CIS_CALLERIDNUMBER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_PHONEEVENT = &H200000
Const PHSD_HANDSET = 1, PHSD_SPEAKERPHONE = 2, PHSD_HEADSET = 4, PHSS_ONHOOK = 1, PHSS_OFFHOOK = 8
Const PCL_HOOKSWITCHES = 0, PCL_DISPLAYNUMROWS = 4, PCL_NUMRINGMODES = 6, PCL_NUMBUTTONLAMPS = 7
Const PCS_PHONENAME = 0, PBM_CALL = 1, PBM_FEATURE = 2, LM_DUMMY = 1, PBS_DOWN = 2
Const PE_DISPLAY = 0, PE_LAMPMODE = 1, PE_RINGMODE = 2, PE_RINGVOLUME = 3, PE_HOOKSWITCH = 4
Const PE_BUTTON = 6, PE_CLOSE = 7, PE_NUMBERGATHERED = 8, PE_DIALING = 9

Dim tapi, phone, calls, address, number, failed

If WScript.Arguments.Count < 1 Then
    WScript.Echo "usage: phone_set.vbs LINE [COMMAND...]"
    WScript.Quit 2
End If
failed = False
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_PHONEEVENT
Set calls = CreateObject("Scripting.Dictionary")
Set phone = FindPhone(WScript.Arguments(0))
phone.Open PP_OWNER
For Each address In phone.Addresses ' only to say who calls: the telephone itself has the calls
    tapi.RegisterCallNotifications address, True, False, TAPIMEDIATYPE_AUDIO, 0
Next
Set address = Nothing
WScript.Echo phone.PhoneCapsString(PCS_PHONENAME) & ": " & _
    phone.PhoneCapsLong(PCL_NUMBUTTONLAMPS) & " buttons and lamps, " & _
    phone.PhoneCapsLong(PCL_NUMRINGMODES) & " ways to ring, " & _
    phone.PhoneCapsLong(PCL_DISPLAYNUMROWS) & " rows to read"

If WScript.Arguments.Count > 1 Then
    For number = 1 To WScript.Arguments.Count - 1
        Command WScript.Arguments(number)
    Next
Else
    Do Until WScript.StdIn.AtEndOfStream
        Command WScript.StdIn.ReadLine
    Loop
End If
phone.Close
calls.RemoveAll
Set phone = Nothing
tapi.Shutdown
If failed Then WScript.Quit 1

' ---- commands ----

Sub Command(text)
    On Error Resume Next
    Perform Split(Trim(text) & "  ", " ", 3)
    If Err.Number <> 0 Then
        WScript.Echo text & ": not done: " & Err.Description
        failed = True
    End If
End Sub

Sub Perform(words)
    Select Case words(0)
    Case "lift"
        phone.HookSwitchState(PHSD_HANDSET) = PHSS_OFFHOOK
    Case "onhook"
        phone.HookSwitchState(PHSD_HANDSET) = PHSS_ONHOOK
    Case "speaker"
        phone.HookSwitchState(PHSD_SPEAKERPHONE) = PHSS_OFFHOOK
    Case "silent"
        phone.HookSwitchState(PHSD_SPEAKERPHONE) = PHSS_ONHOOK
    Case "lamp"
        phone.LampMode(CLng(words(1))) = LampNamed(Trim(words(2)))
    Case "show"
        phone.SetDisplay 0, 0, Trim(words(1) & " " & words(2))
    Case "ring"
        phone.RingMode = CLng(words(1))
    Case "volume"
        phone.RingVolume = CLng(words(1))
    Case "label"
        phone.ButtonText(CLng(words(1))) = Trim(words(2))
    Case "ringer"
        If words(1) = "0" Then phone.StopRinger Else phone.StartRinger CLng(words(1)), 0
    Case "handle"
        phone.PhoneHandlingEnabled = True
    Case "state"
        ShowAll
    Case "wait"
        Do While phone.RingMode = 0
            WScript.Sleep 20
        Loop
    Case "pause"
        WScript.Sleep CLng(words(1))
    Case ""
    Case Else
        Err.Raise vbObjectError, "phone_set", "there is no such command"
    End Select
    WScript.Sleep 20 ' what comes of it
End Sub

Sub ShowAll
    Dim button
    ShowHook PHSD_HANDSET, "handset"
    ShowHook PHSD_SPEAKERPHONE, "speaker"
    ShowHook PHSD_HEADSET, "headset"
    WScript.Echo "ringer: mode " & phone.RingMode & ", volume " & phone.RingVolume
    WScript.Echo "display: " & Trim(phone.Display)
    For button = 0 To phone.PhoneCapsLong(PCL_NUMBUTTONLAMPS) - 1
        If phone.ButtonMode(button) = PBM_CALL Or phone.ButtonMode(button) = PBM_FEATURE Then
            WScript.Echo "button " & button & " " & phone.ButtonText(button) & ": lamp " & _
                LampName(phone.LampMode(button))
        End If
    Next
End Sub

Sub ShowHook(device, name)
    If (phone.PhoneCapsLong(PCL_HOOKSWITCHES) And device) = 0 Then Exit Sub
    WScript.Echo name & ": " & HookName(phone.HookSwitchState(device))
End Sub

' ---- what happens ----

Sub tapi_Event(kind, happened)
    If kind = TE_CALLNOTIFICATION Then
        calls.Add calls.Count + 1, happened.Call ' TAPI tells of a call only while somebody has it
        WScript.Echo "a call from " & CallerOf(happened.Call)
    ElseIf kind = TE_CALLSTATE Then
        WScript.Echo "the call is " & StateName(happened.State)
    ElseIf kind = TE_PHONEEVENT Then
        ShowEvent happened
    End If
End Sub

Sub ShowEvent(happened)
    Select Case happened.Event
    Case PE_DISPLAY
        WScript.Echo "the display shows: " & Trim(happened.Phone.Display)
    Case PE_LAMPMODE
        WScript.Echo "lamp " & happened.ButtonLampId & ": " & _
            LampName(happened.Phone.LampMode(happened.ButtonLampId))
    Case PE_RINGMODE
        WScript.Echo "the ring mode is " & happened.RingMode
    Case PE_RINGVOLUME
        WScript.Echo "the ringer's volume is " & happened.Phone.RingVolume
    Case PE_HOOKSWITCH
        WScript.Echo DeviceName(happened.HookSwitchDevice) & ": " & HookName(happened.HookSwitchState)
    Case PE_BUTTON
        If happened.ButtonState = PBS_DOWN Then
            WScript.Echo "button " & happened.ButtonLampId & " is pressed"
        Else
            WScript.Echo "button " & happened.ButtonLampId & " is let go"
        End If
    Case PE_DIALING
        WScript.Echo "somebody dials"
    Case PE_NUMBERGATHERED
        WScript.Echo "the number is " & happened.NumberGathered
    Case PE_CLOSE
        WScript.Echo "the telephone is gone"
    End Select
End Sub

' ---- names ----

Function DeviceName(device)
    DeviceName = "headset"
    If device = PHSD_HANDSET Then DeviceName = "handset"
    If device = PHSD_SPEAKERPHONE Then DeviceName = "speaker"
End Function

Function HookName(state)
    HookName = "off hook"
    If state = PHSS_ONHOOK Then HookName = "on hook"
End Function

' Lamp modes are 1, 2, 4 and so on.
Function LampName(mode)
    Dim name, bit
    LampName = "unknown"
    bit = LM_DUMMY
    For Each name In Array("none", "off", "steady", "wink", "flash", "flutter", "broken")
        If mode = bit Then LampName = name
        bit = bit * 2
    Next
End Function

Function LampNamed(text)
    Dim name, bit
    bit = LM_DUMMY
    For Each name In Array("none", "off", "steady", "wink", "flash", "flutter", "broken")
        If name = text Then
            LampNamed = bit
            Exit Function
        End If
        bit = bit * 2
    Next
    Err.Raise vbObjectError, "phone_set", "no lamp does that"
End Function

' A telephone knows the addresses of its line.
Function FindPhone(name)
    Dim candidate, address
    For Each candidate In tapi.Phones
        For Each address In candidate.Addresses
            If address.AddressName = name Or address.DialableAddress = name Then
                Set FindPhone = candidate
                Exit Function
            End If
        Next
    Next
    WScript.Echo "there is no telephone of a line " & name
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
