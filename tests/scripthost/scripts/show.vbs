Option Explicit
Dim word, words
WScript.Echo "vbs", 1, 2.5, True, Null, Empty, WScript.Arguments.Count
For Each word In WScript.Arguments
    words = words & "[" & word & "]"
Next
WScript.Echo words
WScript.Echo WScript.Arguments(0), WScript.Arguments.Item(1), WScript.Arguments.Length
WScript.Echo WScript.ScriptName, WScript, WScript.Interactive
WScript.Echo WScript.Arguments.Named("speed"), WScript.Arguments.Named.Exists("none"), _
    WScript.Arguments.Unnamed.Count
