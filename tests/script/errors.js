// errors.js - failures as exceptions: e.number, e.description and e.message, of several objects; and
// events by ConnectObject. Exit status 0 when all were as documented.
var AUDIO = 8, PHONENUMBER = 1;
var E_POINTER = 0x80004003, E_INVALIDARG = 0x80070057;
var passed = 0, failed = 0, connected = 0;
var tapi = new ActiveXObject("TAPI.TAPI"), address, call;

fails("Addresses before Initialize", 0x80040059, "Initialize", function () { tapi.Addresses; });
fails("EventFilter before Initialize", 0x80040059, "Initialize",
      function () { tapi.EventFilter = 8; });
tapi.Initialize();
WScript.ConnectObject(tapi, "tapi_");
tapi.EventFilter = 8;
fails("EventFilter = -1", E_INVALIDARG, "TAPI_EVENT", function () { tapi.EventFilter = -1; });
fails("notifications of null", null, "",
      function () { tapi.RegisterCallNotifications(null, true, true, AUDIO, 0); });
fails("Item(99)", E_INVALIDARG, "99", function () { return tapi.Addresses.Item(99); });
fails("Item('one')", null, "", function () { tapi.Addresses.Item("one"); });
address = tapi.Addresses.Item(1);
fails("a media type that is none", 0x80040004, "edia",
      function () { address.CreateCall("5550100", PHONENUMBER, 0x10000000); });
fails("a member that is none", null, "", function () { address.NoSuchMember(); });
fails("too few arguments", null, "", function () { address.CreateCall("1"); });
fails("neither monitor nor owner", E_INVALIDARG, "neither",
      function () { tapi.RegisterCallNotifications(address, false, false, AUDIO, 0); });
call = address.CreateCall("5550101", PHONENUMBER, AUDIO);
fails("Answer of an idle call", 0x80040010, "not been connected", function () { call.Answer(); });
fails("Hold of an idle call", 0x80040010, "not been connected", function () { call.Hold(true); });
fails("CallInfoLong(999)", E_INVALIDARG, "999", function () { return call.CallInfoLong(999); });
fails("Disconnect(7)", E_INVALIDARG, "DISCONNECT_CODE", function () { call.Disconnect(7); });
fails("Connect to who is busy", 0x80040034, "busy", function () { call.Connect(true); });
fails("Connect again", 0x80040010, "idle", function () { call.Connect(true); });
call = address.CreateCall("5550100", PHONENUMBER, AUDIO);
call.Connect(true);
while (connected == 0)
    WScript.Sleep(10); // events come meanwhile
fails("SwapHold with itself", E_INVALIDARG, "another call", function () { call.SwapHold(call); });
call.Disconnect(0);
var mapper = new ActiveXObject("DispatchMapper.DispatchMapper");
fails("an interface that is none", E_INVALIDARG, "IID",
      function () { mapper.QueryDispatchInterface("nonsense", address); });
var request = new ActiveXObject("RequestMakeCall.RequestMakeCall.1");
fails("a request that nobody takes", 0x80040032, "No program",
      function () { request.MakeCall("5550100", "script", "", ""); });
fails("a class that is none", null, "", function () { new ActiveXObject("TAPI.NoSuchThing"); });
WScript.DisconnectObject(tapi);
tapi.Shutdown();
fails("Addresses after Shutdown", 0x80040059, "Initialize", function () { tapi.Addresses; });
fails("Connect after Shutdown", 0x80040059, "Initialize", function () { call.Connect(true); });

// For Each of JScript, on a second object beside the first one.
var second = new ActiveXObject("TAPI.TAPI.1"), count = 0;
second.Initialize();
for (var all = new Enumerator(second.Addresses); !all.atEnd(); all.moveNext())
    count += all.item().AddressName.length > 0 ? 1 : 0;
note(count == 2, "two addresses: " + count);
second.Shutdown();

WScript.Echo(passed + " passed, " + failed + " failed");
if (failed > 0 || passed < 20)
    WScript.Quit(1);

function tapi_Event(kind, event) {
    if (kind == 8 && event.State == 2)
        connected++;
}

// number null: any. e.number is signed; its low word is what the documentation calls the code.
function fails(what, number, words, action) {
    var said = what + ": nothing was thrown", good = false;
    try {
        action();
    } catch (e) {
        said = what + ": " + (e.number >>> 0).toString(16) + " \"" + e.description + "\"";
        good = e instanceof Error && e.number < 0 && e.description == e.message;
        if (number !== null)
            good = good && e.number === (number | 0) && (e.number & 0xffff) == (number & 0xffff) &&
                e.description.length > 15 && e.description.indexOf(words) >= 0;
    }
    note(good, said);
}

function note(good, said) {
    if (good) {
        passed++;
    } else {
        failed++;
        WScript.Echo("FAILED " + said);
    }
}
