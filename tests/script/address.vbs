' address.vbs - dialling rules, forwarding and call hubs from a script. Exit status 0 when all is as it
' should be.
Option Explicit

Const AUDIO = 8, PHONENUMBER = 1, DC_NORMAL = 0
Const LINEFORWARDMODE_UNCOND = 1, LINEFORWARDMODE_BUSYSPECIFIC = 128
Const LINETRANSLATERESULT_CANONICAL = 1, CHS_ACTIVE = 0, CHS_IDLE = 1

Dim tapi, exchange, address, each_, info, current, translated, aCall, hub, failed, count

failed = 0
Set exchange = CreateObject("OpenTAPI.SimPBX")
Set tapi = CreateObject("TAPI.TAPI")
tapi.Initialize
For Each each_ In tapi.Addresses
    If each_.DialableAddress = "101" Then Set address = each_
Next

' Dialling rules
Set translated = address.TranslateAddress("5550100", 0, 0)
Same "a number that is not canonical is dialled as it is", translated.DialableString, "5550100"
Set translated = address.TranslateAddress("+358 (9) 555100", 0, 0)
Same "a canonical one is seen to be so", translated.TranslationResults And 1, LINETRANSLATERESULT_CANONICAL
Same "and where it goes", translated.DestinationCountryCode, 358
count = 0
For Each each_ In address.Locations
    count = count + 1
    Same "a location has a name", Len(each_.LocationName) > 0, True
Next
Same "there is a location", count > 0, True
For Each each_ In address.CallingCards
    Same "a card has a name", Len(each_.CardName) > 0, True
Next
On Error Resume Next
address.TranslateAddress "+1206x", 0, 0
Same "what is no address is refused", Err.Number <> 0, True
Same "with a reason", Len(Err.Description) > 10, True
Err.Clear
On Error Goto 0

' Forwarding
Set info = address.CreateForwardInfoObject
info.NumRingsNoAnswer = 4
Same "rings are kept", info.NumRingsNoAnswer, 4
info.SetForwardType LINEFORWARDMODE_UNCOND, "103", ""
info.SetForwardType2 LINEFORWARDMODE_BUSYSPECIFIC, "103", PHONENUMBER, "102", PHONENUMBER
Same "and types", info.ForwardTypeDestinationAddressType(LINEFORWARDMODE_BUSYSPECIFIC), PHONENUMBER
address.Forward info, Nothing
Set current = address.CurrentForwardInfo
Same "it is in force", current.ForwardTypeDestination(LINEFORWARDMODE_UNCOND), "103"
Same "for one caller, too", current.ForwardTypeCaller(LINEFORWARDMODE_BUSYSPECIFIC), "102"
info.Clear
address.Forward info, Nothing
Same "and out of force", address.CurrentForwardInfo.ForwardTypeDestination(LINEFORWARDMODE_UNCOND), ""
On Error Resume Next
info.SetForwardType 3, "103", ""
Same "two conditions are not one", Err.Number <> 0, True
Err.Clear
On Error Goto 0

' Call hubs
tapi.SetCallHubTracking Array(address), True
Set aCall = address.CreateCall("5550100", PHONENUMBER, AUDIO)
aCall.Connect False
Set hub = aCall.CallHub
Same "the hub is active", hub.State, CHS_ACTIVE
Same "it has the call", hub.NumCalls, 1
Same "and TAPI the hub", tapi.CallHubs.Count, 1
hub.Clear
tapi.SetCallHubTracking Empty, False

Set aCall = Nothing
Set hub = Nothing
Set info = Nothing
Set current = Nothing
Set address = Nothing
tapi.Shutdown
WScript.Echo failed & " failed"
If failed > 0 Then WScript.Quit 1

Sub Same(what, actual, expected)
    If actual = expected Then Exit Sub
    failed = failed + 1
    WScript.Echo what & ": " & actual & " instead of " & expected
End Sub
