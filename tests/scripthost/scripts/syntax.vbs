WScript.Echo "never run"
Dim x
x = = 3
