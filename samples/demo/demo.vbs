' demo.vbs - an afternoon in a small office, told by one program that owns all of its lines.
'     demo.vbs IN.wav OUT.wav LOG
' Plays IN.wav into a call and records the other end into OUT.wav; LOG gets the exchange's events, for
' a call ladder. Run it with ./run demo [WAV].
Option Explicit

Const AUDIO = 8, PHONENUMBER = 1, TD_CAPTURE = 0, TD_RENDER = 1
Const TE_CALLNOTIFICATION = 4, TE_CALLSTATE = 8
Const TE_QOSEVENT = &H800, TE_FILETERMINAL = &H80000
Const CS_CONNECTED = 2, CS_DISCONNECTED = 3, CS_OFFERING = 4, CS_HOLD = 5
Const DC_NORMAL = 0, DC_REJECTED = 2, FM_ASTRANSFER = 0, QSL_NEEDED = 1, QSL_BEST_EFFORT = 3
Const TMS_IDLE = 0
Const FILE_PLAYBACK = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
Const FILE_RECORDING = "{521F3D06-C3D0-4511-8617-86B9A783DA77}"

Dim tapi, exchange, address, offered, states, played, answerFor
Dim aliceCall, bobCall, carolCall, consultation, player, recorder

Set exchange = CreateObject("OpenTAPI.SimPBX")
exchange.LogFile = WScript.Arguments(2)
Set tapi = WScript.CreateObject("TAPI.TAPI", "tapi_")
tapi.Initialize
tapi.EventFilter = TE_CALLNOTIFICATION Or TE_CALLSTATE Or TE_QOSEVENT Or TE_FILETERMINAL
Set address = CreateObject("Scripting.Dictionary")
Set offered = CreateObject("Scripting.Dictionary")
Set states = CreateObject("Scripting.Dictionary")
FindLines
answerFor = ""
played = False

Chapter "Alice calls Bob; Bob answers"
Set aliceCall = NewCall("101", "102")
aliceCall.Connect False
Await "Bob's phone rings", "102", CS_OFFERING
Set bobCall = offered("102")
bobCall.Answer
Await "Alice is through", "101", CS_CONNECTED
Await "Bob is through", "102", CS_CONNECTED

Chapter "A recording travels from Alice to Bob"
PlayAndRecord

Chapter "Alice asks for a guaranteed quality, and gives it back"
aliceCall.SetQOS AUDIO, QSL_NEEDED
WScript.Echo "    reserved: " & exchange.BandwidthInUse & " of " & exchange.Bandwidth & " kbit/s"
aliceCall.SetQOS AUDIO, QSL_BEST_EFFORT
WScript.Echo "    reserved: " & exchange.BandwidthInUse & " of " & exchange.Bandwidth & " kbit/s"

Chapter "Bob puts Alice on hold, and takes her back"
bobCall.Hold True
Await "Bob holds", "102", CS_HOLD
bobCall.Hold False
Await "Bob is back", "102", CS_CONNECTED

Chapter "Alice consults Carol, and hands Bob over to her"
Set consultation = NewCall("101", "103")
answerFor = "103"
aliceCall.Transfer consultation, True
Set carolCall = offered("103")
consultation.Finish FM_ASTRANSFER
Await "Alice is out of it", "101", CS_DISCONNECTED
Await "Carol talks to Bob", "103", CS_CONNECTED
answerFor = ""

Chapter "Carol hangs up"
carolCall.Disconnect DC_NORMAL
Await "Bob is free again", "102", CS_DISCONNECTED

Chapter "A customer calls Bob, who sends him on to Carol without asking"
exchange.Inject "5550100", "Customer", "102"
Await "Bob's phone rings", "102", CS_OFFERING
Set bobCall = offered("102")
bobCall.Answer
Await "Bob talks to the customer", "102", CS_CONNECTED
states("103") = -1
bobCall.BlindTransfer "103"
Await "Carol's phone rings", "103", CS_OFFERING
offered("103").Answer
Await "Carol talks to the customer", "103", CS_CONNECTED
exchange.Hangup "5550100"
Await "the customer has hung up", "103", CS_DISCONNECTED

Chapter "Alice calls a number that is busy"
states("101") = -1
Set aliceCall = NewCall("101", "5550101")
aliceCall.Connect False
Await "no luck", "101", CS_DISCONNECTED

Set aliceCall = Nothing
Set bobCall = Nothing
Set carolCall = Nothing
Set consultation = Nothing
offered.RemoveAll
address.RemoveAll
tapi.Shutdown
WScript.Echo
WScript.Echo "done"

' ---- what happens --------------------------------------------------------------------------------

Sub tapi_Event(kind, happened)
    Dim line
    Select Case kind
    Case TE_CALLNOTIFICATION
        Put offered, happened.Call.Address.DialableAddress, happened.Call
    Case TE_CALLSTATE
        line = happened.Call.Address.DialableAddress
        states(line) = happened.State
        WScript.Echo "    " & address(line).AddressName & ": " & StateName(happened.State) & _
            CauseName(happened.Cause)
        If happened.State = CS_OFFERING And line = answerFor Then offered(line).Answer
    Case TE_QOSEVENT
        WScript.Echo "    quality of service event " & happened.Event
    Case TE_FILETERMINAL
        If happened.State = TMS_IDLE Then played = True
    End Select
End Sub

' ---- steps ---------------------------------------------------------------------------------------

Sub Chapter(title)
    WScript.Echo
    WScript.Echo title
End Sub

' Not `Set dictionary(key) = item`: Wine's Dictionary has no such form.
Sub Put(dictionary, key, item)
    If dictionary.Exists(key) Then dictionary.Remove key
    dictionary.Add key, item
End Sub

Sub FindLines
    Dim candidate, number
    For Each candidate In tapi.Addresses
        number = candidate.DialableAddress
        Put address, number, candidate
        states(number) = -1
        tapi.RegisterCallNotifications candidate, False, True, AUDIO, 0
        WScript.Echo candidate.AddressName & " has number " & number
    Next
End Sub

Function NewCall(from, destination)
    Set NewCall = address(from).CreateCall(destination, PHONENUMBER, AUDIO)
End Function

' Lets events come in until the line's call is in the state; gives up after ten seconds.
Sub Await(what, line, state)
    Dim patience
    For patience = 1 To 500
        If states(line) = state Then Exit Sub
        WScript.Sleep 20
    Next
    WScript.Echo "    this never happened: " & what
    WScript.Quit 1
End Sub

Sub PlayAndRecord
    Set recorder = address("102").CreateTerminal(FILE_RECORDING, AUDIO, TD_RENDER)
    recorder.FileName = WScript.Arguments(1)
    bobCall.SelectTerminalOnCall recorder
    recorder.Start
    Set player = address("101").CreateTerminal(FILE_PLAYBACK, AUDIO, TD_CAPTURE)
    player.PlayList = Array(WScript.Arguments(0))
    aliceCall.SelectTerminalOnCall player
    played = False
    player.Start
    WScript.Echo "    playing"
    Do Until played
        WScript.Sleep 20
    Loop
    recorder.Stop
    WScript.Echo "    played and recorded"
    aliceCall.UnselectTerminalOnCall player
    bobCall.UnselectTerminalOnCall recorder
    Set player = Nothing
    Set recorder = Nothing
End Sub

Function StateName(state)
    Dim names
    names = Array("idle", "in progress", "connected", "disconnected", "offering", "held", _
                      "queued")
    StateName = names(state)
End Function

Function CauseName(cause)
    Dim names
    names = Array("", "normal", "busy", "bad address", "no answer", _
        "cancelled", "rejected", "failed", "blocked")
    CauseName = ""
    If cause > 0 Then CauseName = ": " & names(cause)
End Function
