' events.vbs CLASS: events at once, events while Sleep waits, disconnecting, a second prefix.
Option Explicit
Dim probe, count
Set probe = WScript.CreateObject(WScript.Arguments(0), "first_")
probe.FireNow "now", 1
probe.FireLater "later", 2
probe.FireLater "later still", 3
WScript.Echo "before Sleep", count
Do Until count = 3
    WScript.Sleep 0
Loop
WScript.ConnectObject probe, "SECOND_"
WScript.Echo "sinks", probe.Sinks
probe.FireNow "both", 4
WScript.DisconnectObject probe
WScript.Echo "sinks", probe.Sinks
probe.FireNow "nobody", 5
WScript.ConnectObject probe, "nothing_has_this_prefix_"
probe.FireNow "unheard", 6
WScript.Echo "count", count

Sub first_Happened(text, number)
    count = count + 1
    WScript.Echo "first", text, number
End Sub

Sub second_happened(text, number)
    WScript.Echo "second", text, number
End Sub
