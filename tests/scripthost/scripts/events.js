var count = 0, probe = WScript.CreateObject(WScript.Arguments(0), "p_");
probe.FireNow("now", 1);
probe.FireLater("later", 2);
while (count < 2)
    WScript.Sleep(0);
WScript.DisconnectObject(probe);
probe.FireNow("nobody", 3);
WScript.Echo("count", count);

function p_Happened(text, number) {
    count++;
    WScript.Echo("p", text, number);
}
