' probe.vbs - what measure_test.c finds in the records of a script.
Set tapi = CreateObject("TAPI.TAPI")
tapi.Initialize
For Each address In tapi.Addresses
    name = address.AddressName
Next
tapi.Shutdown
WScript.Quit 0
