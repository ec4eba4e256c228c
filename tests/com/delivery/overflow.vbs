' overflow.vbs - a script busy in an event while 70,000 more come: it gets 65,536 of them in order, is
' told how many it lost, and hears on. burst.tsp speaks in its requests: nothing when the call is made,
' one word in the first Hold, 70,000 in the second, 3 in the third. Exit status 0, or 1 and what is wrong.
Option Explicit

Const TE_TAPIOBJECT = 1, TE_ADDRESSDEVSPECIFIC = &H1000000
Const EVENTS_LOST = &H100, BOUND = 65536, FLOOD = 70000

Dim tapi, address, callAtBurst, words, last, gaps, lost, notices, deadline

words = 0 : last = 0 : gaps = 0 : lost = 0 : notices = 0
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_TAPIOBJECT Or TE_ADDRESSDEVSPECIFIC
For Each address In tapi.Addresses
    Exit For
Next
Set callAtBurst = address.CreateCall("1", 1, 8)
callAtBurst.Connect False
callAtBurst.Hold True
deadline = Timer + 240
Do While lost = 0 And Timer < deadline
    WScript.Sleep 20
Loop
If words <> 1 + BOUND Or last <> 1 + BOUND Or gaps <> 0 Then Fail "words before the loss"
If notices <> 1 Or lost <> FLOOD - BOUND Then Fail "the notice"
callAtBurst.Hold True
Do While last < FLOOD + 4 And Timer < deadline
    WScript.Sleep 20
Loop
If words <> BOUND + 4 Or last <> FLOOD + 4 Or gaps <> 1 Then Fail "words after the loss"
Set callAtBurst = Nothing
tapi.Shutdown
WScript.Echo "heard " & words & ", lost " & lost

Sub tapi_Event(kind, happening)
    Dim number
    If kind = TE_ADDRESSDEVSPECIFIC Then
        number = happening.lParam2
        If number <> last + 1 Then gaps = gaps + 1
        last = number
        words = words + 1
        If number = 1 Then callAtBurst.Hold True ' returns after 70,000 words
    ElseIf kind = TE_TAPIOBJECT Then
        If happening.Event = EVENTS_LOST Then
            notices = notices + 1
            lost = lost + happening.CallbackInstance
        End If
    End If
End Sub

Sub Fail(what)
    WScript.Echo what & ": heard " & words & ", last " & last & ", gaps " & gaps & ", lost " & lost & _
                 " in " & notices & " notices"
    WScript.Quit 1
End Sub
