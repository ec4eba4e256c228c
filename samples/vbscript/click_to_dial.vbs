' click_to_dial.vbs - asks for a call, whichever program makes calls here: the script of a page.
'     cscript click_to_dial.vbs NUMBER [NAME [COMMENT]]
' click_to_dial.hta is a page that uses it. A page needs no lines and no events for this: TAPI hands
' the request to the user's dialling program (dialler is one). Exit status: 0 the request was taken,
' 1 it was not, 2 wrong arguments.

Function ClickToDial(number, name, comment)
    Dim request
    On Error Resume Next
    Set request = CreateObject("RequestMakeCall.RequestMakeCall")
    request.MakeCall number, "click to dial", name, comment
    If Err.Number = 0 Then
        ClickToDial = ""
    Else
        ClickToDial = "the call is not made: " & Err.Description
    End If
End Function

' Run by the script host, and not by a page (which has no WScript):
If IsObject(WScript) Then
    RunClickToDial
End If

Sub RunClickToDial
    Dim words(2), number, problem
    If WScript.Arguments.Count < 1 Then
        WScript.Echo "usage: click_to_dial.vbs NUMBER [NAME [COMMENT]]"
        WScript.Quit 2
    End If
    For number = 0 To 2
        words(number) = ""
        If WScript.Arguments.Count > number Then words(number) = WScript.Arguments(number)
    Next
    problem = ClickToDial(words(0), words(1), words(2))
    If problem = "" Then
        WScript.Echo words(0) & " will be called"
    Else
        WScript.Echo problem
        WScript.Quit 1
    End If
End Sub
