/* request_test.c - click to dial, and the dialler that makes the calls that are asked for. */
#include <stdio.h>

#include "tests/samples/sample.h"

#define PRIORITIES "Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities"

/* The program that TAPI starts when nobody takes requests; NULL: none. */
static void set_program(const char *command)
{
    HKEY key;

    REQUIRE_EQ(
        RegCreateKeyExA(HKEY_CURRENT_USER, PRIORITIES, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL),
        ERROR_SUCCESS);
    if (command)
        CHECK_EQ(RegSetValueExA(key, "RequestMakeCall", 0, REG_SZ, (const BYTE *)command,
                                (DWORD)strlen(command) + 1),
                 ERROR_SUCCESS);
    else
        RegDeleteValueA(key, "RequestMakeCall");
    RegCloseKey(key);
}

TEST_AFTER
{
    set_program(NULL);
}

static void click_to_dial_has_the_dialler_started(enum language language)
{
    char command[MAX_PATH + 40], path[MAX_PATH];

    sample_script(language, "dialler", path);
    if (language == C)
        snprintf(command, sizeof(command), "sample_dialler.exe 101 1");
    else
        snprintf(command, sizeof(command), "otscript.exe //Nologo \"%s\" 101 1", path);
    set_program(command);
    sample_run_until(language, "click_to_dial", "office.conf", "5550104 Hester \"as agreed\"",
                     "5550104\t101\thangs up");
    sample_check(language, "5550104 will be called\r\n", "5550104 will be called\r\n", 0,
                 "101\t5550104\tcalls|5550104\t101\tanswers|5550104\t101\thangs up");
}
IN_EVERY_LANGUAGE(click_to_dial_has_the_dialler_started)

static void click_to_dial_says_when_nobody_dials(enum language language)
{
    static const char says[] = "the call is not made: The call was not requested: No program";

    set_program(NULL);
    sample_run(language, "click_to_dial", "office.conf", "5550104");
    sample_check(language, says, says, 1, "");
}
IN_EVERY_LANGUAGE(click_to_dial_says_when_nobody_dials)

static void the_dialler_makes_the_call_that_is_asked_for(enum language language)
{
    static const char says[] = "waiting for requests\r\n|"
                               "calling Hester at 5550104 for a partner as agreed\r\n|"
                               "in progress\r\n|connected\r\n|disconnected: normal\r\n";

    sample_run_together(language, "request", "dialler", "office.conf", "Alice 1");
    sample_check(language, says, says, 0,
                 "101\t5550104\tcalls|5550104\t101\tanswers|5550104\t101\thangs up");
}
IN_EVERY_LANGUAGE(the_dialler_makes_the_call_that_is_asked_for)

static void both_say_how_they_are_used(enum language language)
{
    sample_run(language, "click_to_dial", "office.conf", "");
    sample_check(language, "usage: click_to_dial", "usage: click_to_dial", 2, "");
    sample_run(language, "dialler", "office.conf", "");
    sample_check(language, "usage: dialler", "usage: dialler", 2, "");
    sample_run(language, "dialler", "office.conf", "9999");
    sample_check(language, "there is no line 9999\r\n", "there is no line 9999\r\n", 2, "");
}
IN_EVERY_LANGUAGE(both_say_how_they_are_used)
