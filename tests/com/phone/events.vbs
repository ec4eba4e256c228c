' events.vbs - every event of a phone with every property, as a script gets them: a property that
' the event does not have is an error with TAPI's number. Exit status 0 when all was as expected.
Option Explicit

Const TE_TAPIOBJECT = 1, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8
Const TE_PHONEEVENT = &H200000, TE_PHONEDEVSPECIFIC = &H2000000
Const TE_PHONECREATE = 5, TE_PHONEREMOVE = 6
Const TAPI_E_WRONGEVENT = &H80040055, TAPI_E_PHONENOTOPEN = &H80040053
Const PP_OWNER = 0, LM_STEADY = 4, AUDIO = 8

Dim tapi, exchange, phone, address, line, its_call, happened, passed, failed

happened = ""
passed = 0
failed = 0
Set its_call = Nothing
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_PHONEEVENT Or TE_PHONEDEVSPECIFIC Or TE_TAPIOBJECT Or TE_CALLNOTIFICATION Or TE_CALLSTATE
Set phone = tapi.Phones.Item(1)
For Each address In tapi.Addresses
    If address.DialableAddress = "101" Then Set line = address
Next
Same "its line", (phone.Addresses.Item(1) Is line), True
Same "preferred", (phone.PreferredAddresses.Item(1) Is line), True
phone.Open PP_OWNER

' Event ButtonState HookSwitchState HookSwitchDevice RingMode ButtonLampId NumberGathered Call
Light 1
Expect "phone 0 - - - - - - -" ' PE_DISPLAY
Light 2
Expect "phone 1 - - - - 7 - -" ' PE_LAMPMODE
Light 3
Expect "phone 2 - - - 2 - - -" ' PE_RINGMODE
Light 4
Expect "phone 3 - - - - - - -" ' PE_RINGVOLUME
Light 7
Expect "phone 5 - - - - - - -" ' PE_CAPSCHANGE
Light 9
Expect "specific 11 -22 33"
Light 10
Expect "create"
Light 11
Expect "remove"

phone.AutoEndOfNumberTimeout = 30
phone.PhoneHandlingEnabled = True
Light 5
Expect "phone 4 - 8 1 - - - -" ' PE_HOOKSWITCH
Light 8
Expect "phone 6 2 - - - 4 - -" ' PE_BUTTON, PBS_DOWN
Expect "phone 9 - - - - - - -" ' PE_DIALING
Expect "phone 8 - - - - - 4 -" ' PE_NUMBERGATHERED
Light 13
Expect "phone 6 1 - - - 4 - -" ' PBS_UP
Light 6
Expect "phone 4 - 1 1 - - - -"

tapi.RegisterCallNotifications line, False, True, AUDIO, 5
exchange.Inject "5559876", "Visitor", "101"
Expect "offered"
phone.SelectCall its_call, False
Same "selected", phone.SelectedCalls.Count, 1
Light 5
Expect "phone 4 - 8 1 - - - -"
Expect "phone 10 - - - - - - the call" ' PE_ANSWER
Expect "connected"
Light 6
Expect "phone 4 - 1 1 - - - -"
Expect "phone 11 - - - - - - the call" ' PE_DISCONNECT
Expect "disconnected"

Light 12
Expect "phone 7 - - - - - - -" ' PE_CLOSE
On Error Resume Next
Do
    Err.Clear
    passed = passed + phone.Privilege
Loop While Err.Number = 0
Same "closed", Err.Number, TAPI_E_PHONENOTOPEN
Same "and why", Len(Err.Description) > 0, True
Err.Clear
On Error Goto 0

Set its_call = Nothing
Set phone = Nothing
tapi.Shutdown
WScript.Echo passed & " passed, " & failed & " failed"
If failed > 0 Or passed = 0 Then WScript.Quit 1

Sub tapi_Event(kind, what)
    Select Case kind
    Case TE_PHONEEVENT
        If Not (what.Phone Is phone) Then Happens "another phone"
        Happens "phone " & Properties(what)
    Case TE_PHONEDEVSPECIFIC
        If Not (what.Phone Is phone) Then Happens "another phone"
        Happens "specific " & what.lParam1 & " " & what.lParam2 & " " & what.lParam3
    Case TE_TAPIOBJECT
        If what.Event = TE_PHONECREATE Then Happens "create"
        If what.Event = TE_PHONEREMOVE Then Happens "remove"
        If what.Phone Is phone Then Happens "the wrong phone"
    Case TE_CALLNOTIFICATION
        Set its_call = what.Call
        Happens "offered"
    Case TE_CALLSTATE
        If what.State = 2 Then Happens "connected"
        If what.State = 3 Then Happens "disconnected"
    End Select
End Sub

Function Properties(what)
    Dim text
    On Error Resume Next
    text = what.Event
    text = text & " " & what.ButtonState
    If Lacks() Then text = text & " -"
    text = text & " " & what.HookSwitchState
    If Lacks() Then text = text & " -"
    text = text & " " & what.HookSwitchDevice
    If Lacks() Then text = text & " -"
    text = text & " " & what.RingMode
    If Lacks() Then text = text & " -"
    text = text & " " & what.ButtonLampId
    If Lacks() Then text = text & " -"
    text = text & " " & what.NumberGathered
    If Lacks() Then text = text & " -"
    Dim its
    its = "another call"
    If what.Call Is its_call Then its = "the call"
    If Lacks() Then its = "-"
    Properties = text & " " & its
End Function

' The error of the last statement says that this event has no such property.
Function Lacks()
    Lacks = Err.Number = TAPI_E_WRONGEVENT
    If Err.Number <> 0 And (Not Lacks Or Len(Err.Description) = 0) Then Happens "error " & Hex(Err.Number)
    Err.Clear
End Function

Sub Light(lamp)
    phone.LampMode(lamp) = LM_STEADY
End Sub

Sub Happens(text)
    happened = happened & text & vbLf
End Sub

' Waits for the next event, which must be this one.
Sub Expect(text)
    Dim began, line
    began = Timer
    Do While happened = "" And Timer - began < 10
        WScript.Sleep 5
    Loop
    line = Left(happened, InStr(happened & vbLf, vbLf) - 1)
    happened = Mid(happened, Len(line) + 2)
    Same "event", line, text
End Sub

Sub Same(what, found, expected)
    If found = expected Then
        passed = passed + 1
    Else
        failed = failed + 1
        WScript.Echo "FAILED " & what & ": " & found & " instead of " & expected
    End If
End Sub
