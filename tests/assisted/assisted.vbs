' assisted.vbs - one script takes requests and makes them: RequestMakeCall asks, tapi_Event hears, and
' the call that was asked for is made. Exit status 0 when all of it happened.
Option Explicit

Const AUDIO = 8, PHONENUMBER = 1, TE_CALLSTATE = 8, TE_REQUEST = &H100
Const LINEREQUESTMODE_MAKECALL = 1, NO_RECIPIENT = &H80040032, CS_CONNECTED = 2

Dim tapi, exchange, request, failures, heard, address, aCall, patience
failures = 0
heard = ""

Set request = CreateObject("RequestMakeCall.RequestMakeCall.1")
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_REQUEST Or TE_CALLSTATE

On Error Resume Next
request.MakeCall "5550100", "script", "", ""
Same "without a recipient", Err.Number, NO_RECIPIENT
Err.Clear
On Error GoTo 0

tapi.RegisterRequestRecipient 42, LINEREQUESTMODE_MAKECALL, True
request.MakeCall "5550100", "script", "Answers", "as the test says"
Await "42 1 5550100 script Answers as the test says"
Same "the request", heard, "42 1 5550100 script Answers as the test says"

For Each address In tapi.Addresses
    If address.DialableAddress = "101" Then Set aCall = address.CreateCall("5550100", PHONENUMBER, AUDIO)
Next
aCall.Connect False
exchange.Step 300
For patience = 1 To 1000
    If aCall.CallState = CS_CONNECTED Then Exit For
    WScript.Sleep 5
Next
Same "the call that was asked for", aCall.CallState, CS_CONNECTED
aCall.Disconnect 0
tapi.RegisterRequestRecipient 42, LINEREQUESTMODE_MAKECALL, False
Set aCall = Nothing
Set address = Nothing
tapi.Shutdown
If failures > 0 Then WScript.Quit 1
WScript.Echo "ok      assisted telephony"

Sub tapi_Event(kind, anEvent)
    If kind = TE_REQUEST Then heard = anEvent.RegistrationInstance & " " & anEvent.RequestMode & " " & _
        anEvent.DestAddress & " " & anEvent.AppName & " " & anEvent.CalledParty & " " & anEvent.Comment
End Sub

Sub Await(text)
    For patience = 1 To 1000
        If heard = text Then Exit Sub
        WScript.Sleep 5
    Next
End Sub

Sub Same(what, actual, expected)
    If actual = expected Then Exit Sub
    failures = failures + 1
    WScript.Echo "FAILED  " & what & ": " & actual & " instead of " & expected
End Sub
