Dim probe
Set probe = WScript.CreateObject("OpenTAPI.SilentProbe", "p_")
probe.FireLater "x", 1
Do
    WScript.Sleep 10
Loop

Sub p_Happened(text, number)
    WScript.Echo "leaving"
    WScript.Quit 5
End Sub
