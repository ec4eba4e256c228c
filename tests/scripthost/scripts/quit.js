function leave() {
    try {
        WScript.Quit(9);
    } catch (e) {
        WScript.Echo("caught");
    } finally {
        WScript.Echo("finally");
    }
}
leave();
