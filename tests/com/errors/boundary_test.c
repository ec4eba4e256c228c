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

/* Numbers that are no constants: a device's own, and an HRESULT that a careless provider gives. */
static void fail_strangely(const struct action *actions, unsigned count)
{
    static const struct code strange[] = {
        {"a device's error", (LONG)0xC0000001, TAPI_E_OPERATIONFAILED},
        {"E_FAIL", E_FAIL, TAPI_E_OPERATIONFAILED},
        {"a reserved number", (LONG)0x80001234, TAPI_E_OPERATIONFAILED},
    };

    for (const struct action *action = actions; action < actions + count; action++)
        for (unsigned i = 0; i < ARRAYSIZE(strange); i++)
            for (int late = 0; late <= action->async; late++) {
                HRESULT hr;

                scene.provider->late = late;
                scene.provider->result[action->entry] = strange[i].error;
                hr = action->run();
                scene.provider->result[action->entry] = 0;
                if (hr != strange[i].hr)
                    FAIL("%s with %s returned 0x%08lx", action->name, strange[i].name,
                         (unsigned long)hr);
            }
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

TEST(numbers_that_are_no_constants)
{
    com_enter(COM_MTA);
    scene_open();
    fail_strangely(line_actions, line_action_count);
    fail_strangely(phone_actions, phone_action_count);
    scene_close();
    com_leave();
}

/* In an STA the reply is waited for with messages going on. */
TEST(each_line_error_reaches_each_method_in_an_sta)
{
    com_enter(COM_STA);
    scene_open();
    fail_all(line_actions, line_action_count, false);
    scene_close();
    com_leave();
}

/* EXCEPINFO has what IErrorInfo has. */
TEST(each_line_error_reaches_invoke)
{
    DISPPARAMS params = {(VARIANT[]){{.vt = VT_BOOL, .boolVal = VARIANT_TRUE}}, NULL, 1, 0};
    WCHAR *name = L"Hold";
    DISPID id;

    com_enter(COM_MTA);
    scene_open();
    REQUIRE_EQ(ITBasicCallControl2_GetIDsOfNames(scene.call, &IID_NULL, &name, 1, 0, &id), S_OK);
    for (const struct code *code = codes; code < codes + code_count; code++) {
        EXCEPINFO exception = {0};
        HRESULT hr;

        if (strncmp(code->name, "LINEERR_", 8) != 0)
            continue;
        scene.provider->late = (code - codes) % 2;
        scene.provider->result[EVERY_TSPI_lineHold] = code->error;
        hr = ITBasicCallControl2_Invoke(scene.call, id, &IID_NULL, 0, DISPATCH_METHOD, &params,
                                        NULL, &exception, NULL);
        CHECK_EQ(hr, DISP_E_EXCEPTION);
        CHECK_EQ(exception.scode, code->hr);
        CHECK(exception.bstrDescription &&
              !wcsncmp(exception.bstrDescription, L"The call was not held: ", 23));
        CHECK_WSTR(exception.bstrSource, L"TAPI.TAPI.1");
        SysFreeString(exception.bstrDescription);
        SysFreeString(exception.bstrSource);
    }
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
