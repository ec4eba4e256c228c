' errors.vbs - failures as a script sees them: Err.Number, Err.Source and Err.Description after
' On Error Resume Next, of several objects. Exit status 0 when all were as documented.
Option Explicit

Const TAPI_E_INVALIDMEDIATYPE = &H80040004, TAPI_E_INVALCALLSTATE = &H80040010
Const TAPI_E_DESTBUSY = &H80040034, TAPI_E_NOREQUESTRECIPIENT = &H80040032
Const TAPI_E_NOT_INITIALIZED = &H80040059
Const E_POINTER = &H80004003, E_INVALIDARG = &H80070057
Const AUDIO = 8, PHONENUMBER = 1, DC_NORMAL = 0, CIL_CALLID = 18

Dim tapi, address, aCall, mapper, request, forward, collection, passed, failed, x

passed = 0
failed = 0
Set tapi = CreateObject("TAPI.TAPI.1")

On Error Resume Next

' ---- the TAPI object, before and after Initialize
Set x = tapi.Addresses
Fails "Addresses before Initialize", TAPI_E_NOT_INITIALIZED, "Initialize"
tapi.EventFilter = 8
Fails "EventFilter before Initialize", TAPI_E_NOT_INITIALIZED, "Initialize"
tapi.Initialize
Succeeds "Initialize"
tapi.EventFilter = -1
Fails "EventFilter = -1", E_INVALIDARG, "TAPI_EVENT"
tapi.RegisterCallNotifications Nothing, True, True, AUDIO, 0
Fails "notifications of Nothing", E_POINTER, "Address"
tapi.UnregisterNotifications 4711
FailsSomehow "a registration that is none"

' ---- a collection
Set x = tapi.Addresses.Item(99)
Fails "Addresses.Item(99)", E_INVALIDARG, "99"
Set x = tapi.Addresses("one")
Is13 "Addresses(""one"")"
Set collection = tapi.CreateEmptyCollectionObject
Succeeds "an empty collection"
collection.Remove 1
Fails "Remove from an empty one", E_INVALIDARG, "no such item"

' ---- an address
Set address = tapi.Addresses.Item(1)
Succeeds "the first address"
Set x = address.CreateCall("5550100", PHONENUMBER, &H10000000)
Fails "a media type that is none", TAPI_E_INVALIDMEDIATYPE, "edia"
Set x = address.CreateCall("5550100")
FailsSomehow "too few arguments"
address.NoSuchMember
FailsSomehow "a member that is none"
tapi.RegisterCallNotifications address, False, False, AUDIO, 0
Fails "neither monitor nor owner", E_INVALIDARG, "neither"
Set forward = address.CreateForwardInfoObject
Succeeds "forward information"
forward.SetForwardType 3, "102", ""
Fails "a forward type that is none", E_INVALIDARG, ""

' ---- a call
Set aCall = address.CreateCall("5550101", PHONENUMBER, AUDIO)
Succeeds "a call"
aCall.Answer
Fails "Answer of an idle call", TAPI_E_INVALCALLSTATE, "not been connected"
aCall.Hold True
Fails "Hold of an idle call", TAPI_E_INVALCALLSTATE, "not been connected"
x = aCall.CallInfoLong(999)
Fails "CallInfoLong(999)", E_INVALIDARG, "999"
aCall.CallInfoLong(CIL_CALLID) = 1
FailsSomehow "a property that is only read"
aCall.Disconnect 7
Fails "Disconnect 7", E_INVALIDARG, "DISCONNECT_CODE"
aCall.Connect True
Fails "Connect to who is busy", TAPI_E_DESTBUSY, "busy"
aCall.Connect True
Fails "Connect again", TAPI_E_INVALCALLSTATE, "idle"
Set aCall = address.CreateCall("5550103", PHONENUMBER, AUDIO)
aCall.Connect True
FailsSomehow "Connect to who rejects"
Set aCall = address.CreateCall("5550100", PHONENUMBER, AUDIO)
aCall.Connect True
Succeeds "Connect to who answers"
aCall.SwapHold aCall
Fails "SwapHold with itself", E_INVALIDARG, "another call"
aCall.Transfer Nothing, True
Fails "Transfer to Nothing", E_POINTER, "other call"
aCall.Disconnect DC_NORMAL
Succeeds "Disconnect"

' ---- other objects
Set mapper = CreateObject("DispatchMapper.DispatchMapper.1")
Succeeds "the dispatch mapper"
Set x = mapper.QueryDispatchInterface("nonsense", address)
Fails "an interface that is none", E_INVALIDARG, "IID"
Set x = mapper.QueryDispatchInterface("{8DF232F5-821B-11D1-BB5C-00C04FB6809F}", address)
Succeeds "ITAddressCapabilities by its IID"
Same "and it works", x.AddressCapability(6) >= 0, True
Set request = CreateObject("RequestMakeCall.RequestMakeCall")
Succeeds "RequestMakeCall"
request.MakeCall "5550100", "script", "", ""
Fails "a request that nobody takes", TAPI_E_NOREQUESTRECIPIENT, "No program"

' ---- after Shutdown
tapi.Shutdown
Succeeds "Shutdown"
Set x = tapi.Addresses
Fails "Addresses after Shutdown", TAPI_E_NOT_INITIALIZED, "Initialize"
aCall.Connect True
Fails "Connect after Shutdown", TAPI_E_NOT_INITIALIZED, "Initialize"
Set x = address.CreateCall("1", PHONENUMBER, AUDIO)
Fails "CreateCall after Shutdown", TAPI_E_NOT_INITIALIZED, "Initialize"

On Error Goto 0
WScript.Echo passed & " passed, " & failed & " failed"
If failed > 0 Or passed < 40 Then WScript.Quit 1

' ---- checks: Err is the last statement's ----------------------------------------------------------

' VBScript has numbers of its own for some: 5 for E_INVALIDARG.
Sub Fails(what, number, words)
    Dim good, said
    said = what & ": " & Hex(Err.Number) & " """ & Err.Description & """ of " & Err.Source
    good = (Err.Number = number Or (number = E_INVALIDARG And Err.Number = 5))
    good = good And InStr(Err.Description, words) > 0 And Len(Err.Description) > 15
    good = good And Err.Source = "TAPI.TAPI.1"
    Err.Clear
    Note good, said
End Sub

Sub FailsSomehow(what)
    Dim good, said
    said = what & ": " & Hex(Err.Number) & " """ & Err.Description & """ of " & Err.Source
    good = Err.Number <> 0
    Err.Clear
    Note good, said
End Sub

Sub Is13(what)
    Dim good, said
    said = what & ": " & Err.Number & " " & Err.Description
    good = Err.Number = 13
    Err.Clear
    Note good, said
End Sub

Sub Succeeds(what)
    Dim good, said
    said = what & ": " & Hex(Err.Number) & " """ & Err.Description & """"
    good = Err.Number = 0 And Err.Description = ""
    Err.Clear
    Note good, said
End Sub

Sub Same(what, found, expected)
    Note found = expected, what & ": " & found
End Sub

Sub Note(good, said)
    If good Then
        passed = passed + 1
    Else
        failed = failed + 1
        WScript.Echo "FAILED " & said
    End If
End Sub
