WScript.StdOut.Write "first: " & WScript.StdIn.Read(2)
WScript.StdOut.WriteLine "|" & WScript.StdIn.ReadLine & "|" & WScript.StdIn.Line
WScript.StdIn.SkipLine
Do Until WScript.StdIn.AtEndOfStream
    WScript.StdErr.WriteLine "line: " & WScript.StdIn.ReadLine
Loop
WScript.StdOut.WriteBlankLines 1
On Error Resume Next
WScript.StdIn.ReadLine
WScript.StdOut.WriteLine Err.Description
