WScript.Echo("js", 1, WScript.Arguments.Count(), WScript.Arguments.length);
var words = "", each = new Enumerator(WScript.Arguments);
for (; !each.atEnd(); each.moveNext())
    words += "[" + each.item() + "]";
WScript.Echo(words);
WScript.Echo(WScript.Arguments(0), WScript.Arguments.Item(1), WScript.ScriptName);
