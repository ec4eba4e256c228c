Dim probe
Set probe = WScript.CreateObject("OpenTAPI.ToldProbe", "p_")
On Error Resume Next
probe.FireNow "x", 1
WScript.Echo "not reached"

Sub p_Happened(text, number)
    Dim x
    x = CInt("no number")
End Sub
