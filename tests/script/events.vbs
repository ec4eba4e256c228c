' events.vbs - the exchange's events of lines, addresses and call hubs in a script, and the filters that
' keep them back. Exit status 0 when all is as it should be.
Option Explicit

Const TE_TAPIOBJECT = 1, TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8, TE_CALLHUB = 32
Const TE_DIGITEVENT = &H8000&, TE_GENERATEEVENT = &H10000, TE_GATHERDIGITS = &H800000
Const AE_MSGWAITON = 7, AE_MSGWAITOFF = 8, CS_OFFERING = 4
Const AUDIO = 8, PHONENUMBER = 1, DTMF = 2, LINEFORWARDMODE_UNCOND = 1

Dim tapi, exchange, alice, bob, each_, info, hers, his, heard, failed

failed = 0
heard = ""
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
For Each each_ In tapi.Addresses
    If each_.DialableAddress = "101" Then Set alice = each_
    If each_.DialableAddress = "102" Then Set bob = each_
Next
tapi.RegisterCallNotifications alice, False, True, AUDIO, 101
tapi.RegisterCallNotifications bob, False, True, AUDIO, 102

' Nothing without a filter
exchange.SetLineStatus "101", "message-waiting on"
exchange.SetLineStatus "101", "message-waiting off"
Hears "no filter", ""

' Addresses
tapi.EventFilter = TE_TAPIOBJECT Or TE_ADDRESS
Same "the filter is read back", tapi.EventFilter, TE_TAPIOBJECT Or TE_ADDRESS
exchange.SetLineStatus "101", "message-waiting on"
Hears "a message waits", "address 101 7"
Same "as the address knows", alice.MessageWaiting, True
exchange.SetLineStatus "101", "message-waiting off"
Hears "no message waits", "address 101 8"
alice.EventFilter(TE_ADDRESS, AE_MSGWAITON) = False
Same "the address' filter is read back", alice.EventFilter(TE_ADDRESS, AE_MSGWAITON), False
Same "and leaves the others", alice.EventFilter(TE_ADDRESS, AE_MSGWAITOFF), True
exchange.SetLineStatus "101", "message-waiting on"
exchange.SetLineStatus "101", "message-waiting off"
Hears "one is kept back", "address 101 8"
alice.EventFilter(TE_ADDRESS, -1) = True
On Error Resume Next
alice.EventFilter(TE_ADDRESS, 99) = False
Same "no such sub-event", Err.Number, &H80070057
Err.Clear
tapi.EventFilter = &H40000000
Same "no such event", Err.Number, &H80070057
Err.Clear
On Error Goto 0
Set info = alice.CreateForwardInfoObject
info.SetForwardType LINEFORWARDMODE_UNCOND, "103", ""
alice.Forward info, Nothing
Hears "it forwards", "address 101 4"
info.Clear
alice.Forward info, Nothing
Hears "it does not", "address 101 4"
exchange.AddExtension "109", "Ida"
Hears "a line comes", "tapi 0 109"

' Call hubs: both ends are of this program
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLHUB
Set hers = alice.CreateCall("102", PHONENUMBER, AUDIO)
hers.Connect False
Hears "a hub with two ends", "hub 2 -, hub 0 101, hub 0 102, call 102"
Same "two calls", hers.CallHub.NumCalls, 2
tapi.EventFilter = TE_CALLSTATE
his.Answer
Hears "both are connected", "state 102 2, state 101 2"

' Digits
tapi.EventFilter = TE_DIGITEVENT Or TE_GENERATEEVENT Or TE_GATHERDIGITS
his.DetectDigits DTMF
hers.GenerateDigits "5", DTMF
exchange.Step 1000
Hears "a digit", "digit 102 53 2, generated 101 1"
his.GatherDigits DTMF, 3, "#", 5000, 5000
hers.GenerateDigits "12#", DTMF
exchange.Step 1000
Hears "digits", "digit 102 49 2, digit 102 50 2, digit 102 35 2, gathered 102 12# 2, generated 101 1"

tapi.EventFilter = TE_CALLHUB
hers.CallHub.Clear
Hears "the hub ends", "hub 1 101, hub 1 102, hub 3 -"

Set hers = Nothing
Set his = Nothing
Set info = Nothing
Set alice = Nothing
Set bob = Nothing
Set each_ = Nothing
tapi.Shutdown
WScript.Echo failed & " failed"
If failed > 0 Then WScript.Quit 1

' ---- what is heard -------------------------------------------------------------------------------

Sub tapi_Event(kind, e)
    Select Case kind
    Case TE_TAPIOBJECT
        Hear "tapi " & e.Event & " " & e.Address.DialableAddress
    Case TE_ADDRESS
        Hear "address " & e.Address.DialableAddress & " " & e.Event
    Case TE_CALLNOTIFICATION
        Set his = e.Call
        Hear "call " & e.CallbackInstance
    Case TE_CALLSTATE
        Hear "state " & e.Call.Address.DialableAddress & " " & e.State
    Case TE_CALLHUB
        If e.Call Is Nothing Then
            Hear "hub " & e.Event & " -"
        Else
            Hear "hub " & e.Event & " " & e.Call.Address.DialableAddress
        End If
    Case TE_DIGITEVENT
        Hear "digit " & e.Call.Address.DialableAddress & " " & e.Digit & " " & e.DigitMode
    Case TE_GENERATEEVENT
        Hear "generated " & e.Call.Address.DialableAddress & " " & e.GenerationTermination
    Case TE_GATHERDIGITS
        Hear "gathered " & e.Call.Address.DialableAddress & " " & e.Digits & " " & e.GatherTermination
    Case Else
        Hear "event " & kind
    End Select
End Sub

Sub Hear(what)
    If heard <> "" Then heard = heard & ", "
    heard = heard & what
End Sub

' Exactly these events, in any order: different calls are not in step.
Sub Hears(what, expected)
    Dim patience, missing, one
    patience = 0
    Do While Len(heard) < Len(expected) And patience < 1000
        WScript.Sleep 5
        patience = patience + 1
    Loop
    WScript.Sleep 5
    missing = Len(heard) <> Len(expected)
    For Each one In Split(expected, ", ")
        If InStr(", " & heard & ",", ", " & one & ",") = 0 Then missing = True
    Next
    If missing Then
        failed = failed + 1
        WScript.Echo what & ": heard " & heard & vbCrLf & "    instead of " & expected
    End If
    heard = ""
End Sub

Sub Same(what, actual, expected)
    If actual = expected Then Exit Sub
    failed = failed + 1
    WScript.Echo what & ": " & actual & " instead of " & expected
End Sub
