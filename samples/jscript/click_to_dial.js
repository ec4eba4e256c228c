// click_to_dial.js - asks for a call, whichever program makes calls here: the script of a page.
//     cscript click_to_dial.js NUMBER [NAME [COMMENT]]
// click_to_dial.html is a page that uses it. A page needs no lines and no events for this: TAPI hands
// the request to the user's dialling program (dialler is one). Exit status: 0 the request was taken,
// 1 it was not, 2 wrong arguments.

function clickToDial(number, name, comment) {
    try {
        var request = new ActiveXObject("RequestMakeCall.RequestMakeCall");
        request.MakeCall(number, "click to dial", name, comment);
        return "";
    } catch (problem) {
        return "the call is not made: " + problem.message;
    }
}

// Run by the script host, and not by a page (which has no WScript):
if (typeof WScript != "undefined")
    runClickToDial();

function runClickToDial() {
    var words = [], problem;
    if (WScript.Arguments.Count() < 1) {
        WScript.Echo("usage: click_to_dial.js NUMBER [NAME [COMMENT]]");
        WScript.Quit(2);
    }
    for (var i = 0; i < 3; i++)
        words.push(WScript.Arguments.Count() > i ? WScript.Arguments(i) : "");
    problem = clickToDial(words[0], words[1], words[2]);
    WScript.Echo(problem || words[0] + " will be called");
    WScript.Quit(problem ? 1 : 0);
}
