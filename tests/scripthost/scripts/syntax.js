WScript.Echo("never run");
var x = ;
