var probe = WScript.CreateObject("OpenTAPI.ToldProbe", "p_");
probe.FireLater("x", 1);
for (;;)
    WScript.Sleep(10);

function p_Happened(text, number) {
    nosuch.thing();
}
