' received.vbs - every event of lines and calls, each of its properties by name, in an event handler of
' a script. What happens, and what must be heard of it, is the scene of tests/com/received; its
' program runs this script. Exit status 0 when every step was heard as it should be.
Option Explicit

Const TE_TAPIOBJECT = 1, TE_ADDRESS = 2, TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8
Const TE_CALLMEDIA = 16, TE_CALLHUB = 32, TE_CALLINFOCHANGE = 64, TE_PRIVATE = 128
Const TE_REQUEST = &H100, TE_QOSEVENT = &H800, TE_DIGITEVENT = &H8000&, TE_GENERATEEVENT = &H10000
Const TE_ASRTERMINAL = &H20000, TE_TTSTERMINAL = &H40000, TE_FILETERMINAL = &H80000
Const TE_TONETERMINAL = &H100000, TE_TONEEVENT = &H400000, TE_GATHERDIGITS = &H800000
Const TE_ADDRESSDEVSPECIFIC = &H1000000
Const TAPI_E_WRONGEVENT = &H80040055, CIS_CALLERIDNUMBER = 1

Dim tapi, scene, heard, said, step_, passed, failed

Set scene = WScript.CreateObject("{6C2E8B50-3A6D-4E0B-8E0C-9D1B54B7A7F3}")
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
scene.Begin tapi
passed = 0
failed = 0
heard = ""
For step_ = 0 To scene.Count - 1
    scene.Cause step_
    Compare scene.Name(step_), scene.Expected(step_)
Next
scene.Finish
tapi.Shutdown
WScript.Echo "tests: " & passed & " passed, " & failed & " failed, 0 skipped"
If failed > 0 Or passed = 0 Then WScript.Quit 1

Sub Compare(name, expected)
    Dim patience
    patience = 0
    Do While Len(heard) < Len(expected) And patience < 2000
        WScript.Sleep 5
        patience = patience + 1
    Loop
    If heard = expected And scene.Failed = "" Then
        passed = passed + 1
    Else
        failed = failed + 1
        WScript.Echo name & ": " & heard & vbCrLf & "  instead of " & expected & " " & scene.Failed
    End If
    heard = ""
End Sub

' ---- the handler ---------------------------------------------------------------------------------

Sub tapi_Event(kind, e)
    said = ""
    On Error Resume Next ' a property that only some events have
    Select Case kind
    Case TE_TAPIOBJECT
        Begins "ITTAPIObjectEvent2"
        Says "TAPIObject", TapiName(e.TAPIObject)
        Says "Event", e.Event
        Says "Address", Number(e.Address)
        Lacks "Address"
        Says "CallbackInstance", e.CallbackInstance
        Says "Phone", Named(e.Phone)
        Lacks "Phone"
    Case TE_ADDRESS
        Begins "ITAddressEvent"
        Says "Address", Number(e.Address)
        Says "Event", e.Event
        Says "Terminal", Named(e.Terminal)
        Lacks "Terminal"
    Case TE_CALLNOTIFICATION
        Begins "ITCallNotificationEvent"
        Says "Call", Caller(e.Call)
        Says "Event", e.Event
        Says "CallbackInstance", e.CallbackInstance
        scene.Keep e.Call
    Case TE_CALLSTATE
        Begins "ITCallStateEvent"
        Says "Call", Caller(e.Call)
        Says "State", e.State
        Says "Cause", e.Cause
        Says "CallbackInstance", e.CallbackInstance
    Case TE_CALLINFOCHANGE
        Begins "ITCallInfoChangeEvent"
        Says "Call", Caller(e.Call)
        Says "Cause", e.Cause
        Says "CallbackInstance", e.CallbackInstance
    Case TE_CALLMEDIA
        Begins "ITCallMediaEvent"
        Says "Call", Caller(e.Call)
        Says "Event", e.Event
        Says "Error", scene.Number(e.Error)
        Says "Terminal", Named(e.Terminal)
        Says "Stream", Named(e.Stream)
        Says "Cause", e.Cause
    Case TE_CALLHUB
        Begins "ITCallHubEvent"
        Says "Event", e.Event
        Says "CallHub", Hub(e.CallHub)
        Says "Call", Caller(e.Call)
    Case TE_PRIVATE
        Begins "ITPrivateEvent"
        Says "Address", Number(e.Address)
        Says "Call", Caller(e.Call)
        Says "CallHub", Hub(e.CallHub)
        Says "EventCode", e.EventCode
        Says "EventInterface", Named(e.EventInterface)
    Case TE_REQUEST
        Begins "ITRequestEvent"
        Says "RegistrationInstance", e.RegistrationInstance
        Says "RequestMode", e.RequestMode
        Says "DestAddress", "'" & e.DestAddress & "'"
        Says "AppName", "'" & e.AppName & "'"
        Says "CalledParty", "'" & e.CalledParty & "'"
        Says "Comment", "'" & e.Comment & "'"
    Case TE_QOSEVENT
        Begins "ITQOSEvent"
        Says "Call", Caller(e.Call)
        Says "Event", e.Event
        Says "MediaType", e.MediaType
    Case TE_DIGITEVENT
        Begins "ITDigitDetectionEvent"
        Says "Call", Caller(e.Call)
        Says "Digit", e.Digit
        Says "DigitMode", e.DigitMode
        Says "TickCount", e.TickCount
        Says "CallbackInstance", e.CallbackInstance
    Case TE_GENERATEEVENT
        Begins "ITDigitGenerationEvent"
        Says "Call", Caller(e.Call)
        Says "GenerationTermination", e.GenerationTermination
        Says "TickCount", e.TickCount
        Says "CallbackInstance", e.CallbackInstance
    Case TE_GATHERDIGITS
        Begins "ITDigitsGatheredEvent"
        Says "Call", Caller(e.Call)
        Says "Digits", "'" & e.Digits & "'"
        Says "GatherTermination", e.GatherTermination
        Says "TickCount", e.TickCount
        Says "CallbackInstance", e.CallbackInstance
    Case TE_TONEEVENT
        Begins "ITToneDetectionEvent"
        Says "Call", Caller(e.Call)
        Says "AppSpecific", e.AppSpecific
        Says "TickCount", e.TickCount
        Says "CallbackInstance", e.CallbackInstance
    Case TE_ADDRESSDEVSPECIFIC
        Begins "ITAddressDeviceSpecificEvent"
        Says "Address", Number(e.Address)
        Says "Call", Caller(e.Call)
        Says "lParam1", e.lParam1
        Says "lParam2", e.lParam2
        Says "lParam3", e.lParam3
    Case TE_FILETERMINAL
        Begins "ITFileTerminalEvent"
        Says "Terminal", Named(e.Terminal)
        Says "Track", Named(e.Track)
        Says "Call", Caller(e.Call)
        Says "State", e.State
        Says "Cause", e.Cause
        Says "Error", scene.Number(e.Error)
    Case TE_ASRTERMINAL
        TerminalEvent "ITASRTerminalEvent", e
    Case TE_TTSTERMINAL
        TerminalEvent "ITTTSTerminalEvent", e
    Case TE_TONETERMINAL
        TerminalEvent "ITToneTerminalEvent", e
    Case Else
        Begins "an event of type " & kind
    End Select
    If Err.Number <> 0 Then said = said & " (" & Hex(Err.Number) & " " & Err.Description & ")"
    If heard <> "" Then heard = heard & vbLf
    heard = heard & said
End Sub

Sub TerminalEvent(what, e)
    Begins what
    Says "Terminal", Named(e.Terminal)
    Says "Call", Caller(e.Call)
    Says "Error", scene.Number(e.Error)
End Sub

' ---- an event in words ---------------------------------------------------------------------------

Sub Begins(what)
    said = what
End Sub

Sub Says(name, value)
    said = said & " " & name & "=" & value
End Sub

' The property before was not there, with the reason in Err.
Sub Lacks(name)
    If Err.Number = 0 Then Exit Sub
    If Err.Number = TAPI_E_WRONGEVENT And Len(Err.Description) > 10 Then
        said = said & " " & name & "=wrongevent"
    Else
        said = said & " " & name & "=" & Hex(Err.Number) & " " & Err.Description
    End If
    Err.Clear
End Sub

Function TapiName(object)
    TapiName = "another"
    If object Is tapi Then TapiName = "TAPI"
End Function

Function Number(address)
    Number = "?" ' of one that was removed
    On Error Resume Next
    Number = address.DialableAddress
    Err.Clear
End Function

Function Caller(aCall)
    Caller = "nothing"
    If Not aCall Is Nothing Then Caller = aCall.CallInfoString(CIS_CALLERIDNUMBER)
End Function

Function Hub(callHub)
    Hub = "nothing"
    If callHub Is Nothing Then Exit Function
    If callHub.NumCalls >= 0 Then Hub = "hub"
End Function

Function Named(object)
    Named = "nothing"
    If Not object Is Nothing Then Named = object.Name
End Function
