/* boundary_test.c - a provider fails a request with each LINEERR_ and PHONEERR_ there is, at once
 * or in its completion: the COM method returns the documented HRESULT, and says in words what
 * failed and why. */
#include "tests/com/errors/scene.h"

#include <stdio.h>
#include <tapi.h>
#include <tapi3err.h>

static bool is_phone(const struct code *code)
{
    return strncmp(code->name, "PHONEERR_", 9) == 0;
}

/* Methods that read a structure take a larger one, until they give up. */
static HRESULT expected(const struct action *action, const struct code *code)
{
    bool too_small = code->error == (LONG)LINEERR_STRUCTURETOOSMALL ||
                     code->error == (LONG)PHONEERR_STRUCTURETOOSMALL;

    return too_small && action->reads ? TAPI_E_OPERATIONFAILED : code->hr;
}

static void check_failure(const struct action *action, const struct code *code, HRESULT hr,
                          const char *when)
{
    struct sentence sentence;
    char number[16];

    if (hr != expected(action, code)) {
        FAIL("%s refused with %s %s returned 0x%08lx, not 0x%08lx", action->name, code->name, when,
             (unsigned long)hr, (unsigned long)expected(action, code));
        return;
    }
    sprintf(number, "0x%08lx", (unsigned long)code->error);
    if (!sentence_take(&sentence))
        FAIL("%s with %s %s says nothing", action->name, code->name, when);
    else if (strlen(sentence.text) < 30 || (hr == code->hr && !strstr(sentence.text, number)) ||
             !strstr(sentence.text, ": ") || sentence.text[0] < 'A' || sentence.text[0] > 'Z')
        FAIL("%s with %s says \"%s\"", action->name, code->name, sentence.text);
    else if (!IsEqualGUID(&sentence.iid, action->iid) || strcmp(sentence.source, "TAPI.TAPI.1"))
        FAIL("%s: the failure is not said to be its interface's", action->name);
}

static void fail_all(const struct action *actions, unsigned count, bool phone)
{
    unsigned failures = 0;

    for (const struct action *action = actions; action < actions + count; action++) {
        HRESULT hr;

        for (const struct code *code = codes; code < codes + code_count; code++) {
            if (is_phone(code) != phone || strncmp(code->name, "TAPIERR_", 8) == 0)
                continue;
            for (int late = 0; late <= action->async; late++) {
                LONG before = scene.provider->calls[action->entry];

                SetErrorInfo(0, NULL);
                scene.provider->late = late;
                scene.provider->result[action->entry] = code->error;
                hr = action->run();
                scene.provider->result[action->entry] = 0;
                if (scene.provider->calls[action->entry] == before)
                    FAIL("%s did not reach the provider", action->name);
                check_failure(action, code, hr, late ? "in the reply" : "at once");
                failures++;
            }
        }
    }
    test_note("%u failures", failures);
}

/* Every action works when the provider does: what fails above fails for the provider's reason. */
static void succeed_all(const struct action *actions, unsigned count, const char *but)
{
    for (const struct action *action = actions; action < actions + count; action++) {
        HRESULT hr;

        if (!strcmp(action->name, but))
            continue; /* nobody connects the call it waits for */
        SetErrorInfo(0, NULL);
        hr = action->run();
        if (hr != S_OK)
            FAIL("%s returned 0x%08lx", action->name, (unsigned long)hr);
    }
}

TEST(each_line_error_reaches_each_method)
{
    com_enter(COM_MTA);
    scene_open();
    fail_all(line_actions, line_action_count, false);
    scene_close();
    com_leave();
}

TEST(each_phone_error_reaches_each_method)
{
    com_enter(COM_MTA);
    scene_open();
    fail_all(phone_actions, phone_action_count, true);
    scene_close();
    com_leave();
}

TEST(without_a_failure_all_of_them_succeed)
{
    com_enter(COM_MTA);
    scene_open();
    succeed_all(line_actions, line_action_count, "Connect, waiting");
    succeed_all(phone_actions, phone_action_count, "");
    scene_close();
    com_leave();
}
