On Error Resume Next
WScript.CreateObject "No.Such.Class"
WScript.Echo Err.Source & ": " & Err.Description
Err.Clear
WScript.Arguments(5)
WScript.Echo Err.Source & ": " & Err.Description
Err.Clear
WScript.ConnectObject WScript, "x_"
WScript.Echo Err.Source, Err.Number <> 0
Err.Clear
WScript.GetObject "c:\no\such\file"
WScript.Echo Err.Source, Err.Number <> 0
Err.Clear
WScript.StdOut.ReadLine
WScript.Echo Err.Description
Err.Clear
WScript.Sleep -1
WScript.Echo Err.Description
Err.Clear
WScript.Sleep
WScript.Echo Err.Number <> 0
Err.Clear
WScript.Nonsense
WScript.Echo Err.Number
Dim probe
Set probe = CreateObject("OpenTAPI.ToldProbe")
Err.Clear
probe.Fail "the probe says no"
WScript.Echo Err.Source & ": " & Err.Description
