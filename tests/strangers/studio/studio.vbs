' studio.vbs - a script that plays a file to a stranger's media provider.
'     otscript studio.vbs FILE
' Exit status: 0 all was as it should be, 1 something was not.
Option Explicit

Const PLAYBACK = "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
Const STUDIO_CALL = "{0D3AB1C4-2F17-4BE0-9B51-77103EC26802}"
Const TAPIMEDIATYPE_AUDIO = 8, TD_CAPTURE = 0, TMS_IDLE = 0

Dim tapi, address, theCall, streams, stream, play, class_, found, names, count, studio

Sub Expect(what, ok)
    If Not ok Then
        WScript.Echo "wrong: " & what
        WScript.Quit 1
    End If
End Sub

Set tapi = WScript.CreateObject("TAPI.TAPI")
tapi.Initialize
For Each address In tapi.Addresses
    Exit For
Next
Expect "static terminals", address.StaticTerminals.Count = 0
found = False
For Each class_ In address.DynamicTerminalClasses
    If UCase(class_) = PLAYBACK Then found = True
Next
Expect "the playback terminal is a class", found
Expect "superclasses", address.PluggableSuperclasses.Count >= 1

Set theCall = address.CreateCall("5550100", 1, TAPIMEDIATYPE_AUDIO)
theCall.Connect True
names = ""
For Each stream In theCall.Streams
    names = names & stream.Name & "|"
    Expect "media type", stream.MediaType = TAPIMEDIATYPE_AUDIO
Next
Expect "streams: " & names, names = "To the far end|From the far end|"

Set play = theCall.RequestTerminal(PLAYBACK, TAPIMEDIATYPE_AUDIO, TD_CAPTURE)
play.PlayList = WScript.Arguments(0)
theCall.SelectTerminalOnCall play
count = 0
For Each stream In theCall.Streams
    count = count + stream.Terminals.Count
Next
Expect "one terminal is selected", count = 1
play.Start
Do While play.MediaState <> TMS_IDLE
    WScript.Sleep 20
Loop
' The provider's own interface of the call, which the Call's default IDispatch does not have.
Set studio = WScript.CreateObject("DispatchMapper.DispatchMapper").QueryDispatchInterface(STUDIO_CALL, theCall)
Expect "bytes sent: " & studio.BytesSent, studio.BytesSent = 8000
theCall.UnselectTerminalOnCall play

' What the provider refuses reaches the script.
On Error Resume Next
theCall.CreateStream TAPIMEDIATYPE_AUDIO, TD_CAPTURE
Expect "a third stream", Err.Number <> 0
On Error GoTo 0
theCall.Disconnect 0
tapi.Shutdown
