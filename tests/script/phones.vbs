' phones.vbs - a desk set from a script: capabilities, lamps, display, and TE_PHONEEVENT with every
' property, as late-bound programs see them. Exit status 0 when everything was as expected.
Option Explicit

Const TE_PHONEEVENT = &H200000, TE_PHONEDEVSPECIFIC = &H2000000, TE_TAPIOBJECT = 1
Const PP_OWNER = 0, PCL_NUMRINGMODES = 6, PCS_PHONENAME = 0, LM_WINK = 8, PBF_HOLD = 4
Const PE_DISPLAY = 0, PE_LAMPMODE = 1, PE_RINGMODE = 2, PE_HOOKSWITCH = 4, PE_BUTTON = 6
Const PE_NUMBERGATHERED = 8, PE_DIALING = 9

Dim tapi, exchange, phone, heard, passed, failed

heard = ""
passed = 0
failed = 0
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_PHONEEVENT Or TE_PHONEDEVSPECIFIC Or TE_TAPIOBJECT
Set phone = FindPhone("101")

Same "two phones", tapi.Phones.Count, 2
Same "ring modes", phone.PhoneCapsLong(PCL_NUMRINGMODES), 4
Same "a name", InStr(phone.PhoneCapsString(PCS_PHONENAME), "Alice") > 0, True
On Error Resume Next
phone.RingMode = 2
Same "a closed phone", Err.Number <> 0 And Len(Err.Description) > 0, True
Err.Clear
On Error Goto 0

phone.Open PP_OWNER
Same "hold", phone.ButtonFunction(16), PBF_HOLD
phone.RingMode = 2
Await "ring 2"
phone.LampMode(12) = LM_WINK
Same "lamp", phone.LampMode(12), LM_WINK
Await "lamp 12"
phone.SetDisplay 0, 0, "Script"
Await "display"
Same "display", Left(phone.Display, 6), "Script"

phone.AutoEndOfNumberTimeout = 0
phone.PhoneHandlingEnabled = True
exchange.LiftHandset "101"
Await "hook 1 8"
exchange.PressButton "101", "4"
exchange.PressButton "101", "2"
exchange.PressButton "101", "#"
Await "button 4 1"
Await "dialing"
Await "number 42"
exchange.HangUpHandset "101"
Await "hook 1 1"
phone.StartRinger 3, 0
Await "ring 3"
phone.StopRinger
Same "not ringing", phone.Ringer, False
phone.Close
Set phone = Nothing
tapi.Shutdown
WScript.Echo passed & " passed, " & failed & " failed"
If failed > 0 Or passed = 0 Then WScript.Quit 1

Function FindPhone(number)
    Dim each_phone, address
    For Each each_phone In tapi.Phones
        For Each address In each_phone.Addresses
            If address.DialableAddress = number Then Set FindPhone = each_phone
        Next
    Next
End Function

Sub tapi_Event(kind, what)
    If kind <> TE_PHONEEVENT Then Exit Sub
    Dim text
    text = "event " & what.Event
    If what.Event = PE_DISPLAY Then text = "display"
    If what.Event = PE_LAMPMODE Then text = "lamp " & what.ButtonLampId
    If what.Event = PE_RINGMODE Then text = "ring " & what.RingMode
    If what.Event = PE_HOOKSWITCH Then text = "hook " & what.HookSwitchDevice & " " & what.HookSwitchState
    If what.Event = PE_BUTTON Then text = "button " & what.ButtonLampId & " " & what.ButtonState
    If what.Event = PE_NUMBERGATHERED Then text = "number " & what.NumberGathered
    If what.Event = PE_DIALING Then text = "dialing"
    If Not (what.Phone Is phone) Then text = "of another phone"
    heard = heard & "[" & text & "]"
End Sub

Sub Await(text)
    Dim start
    start = Timer
    Do While InStr(heard, "[" & text & "]") = 0 And Timer - start < 10
        WScript.Sleep 1
    Loop
    Same text, InStr(heard, "[" & text & "]") > 0, True
End Sub

Sub Same(what, found, expected)
    If found = expected Then
        passed = passed + 1
    Else
        failed = failed + 1
        WScript.Echo "FAILED " & what & ": " & found & " instead of " & expected & " " & heard
    End If
End Sub
