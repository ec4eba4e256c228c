Option Explicit
Sub Deep(x)
        x = CInt("no number")
End Sub
Dim y
WScript.Echo "before"
Deep y
WScript.Echo "after"
