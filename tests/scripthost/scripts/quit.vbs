On Error Resume Next
WScript.Quit 7
WScript.Echo "not reached"
