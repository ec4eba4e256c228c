/* tspi_control_test.c - the control object: late bound, what it shows, from many threads. */
#include "tspi.h"

TEST_BEFORE
{
    tspi_load();
}

TEST_AFTER
{
    tspi_unload();
}

TEST(control_through_dispatch)
{
    static const WCHAR *names[] = {L"Clock",  L"Now",       L"Step",     L"Inject", L"Calls",
                                   L"Parked", L"Bandwidth", L"FailNext", L"Reset",  L"Extensions"};
    VARIANT result, arguments[3];
    DISPPARAMS parameters = {arguments, NULL, 0, 0};
    DISPPARAMS none = {NULL, NULL, 0, 0};
    EXCEPINFO exception;
    IDispatch *dispatch;
    DISPID id;

    start();
    REQUIRE_EQ(ISimPBX_QueryInterface(control, &IID_IDispatch, (void **)&dispatch), S_OK);
    for (size_t i = 0; i < ARRAYSIZE(names); i++)
        CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, (LPOLESTR *)&names[i], 1, 0, &id),
                 S_OK);
    VariantInit(&result);
    CHECK_EQ(IDispatch_Invoke(dispatch, id, &IID_NULL, 0, DISPATCH_PROPERTYGET, &none, &result,
                              NULL, NULL),
             S_OK);
    CHECK_EQ(V_VT(&result), VT_I4);
    CHECK_EQ(V_I4(&result), 3);
    /* Answer of a number that does not ring: an exception with a sentence. */
    WCHAR *answer = L"Answer";
    CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, &answer, 1, 0, &id), S_OK);
    V_VT(&arguments[0]) = VT_BSTR;
    V_BSTR(&arguments[0]) = SysAllocString(L"103");
    parameters.cArgs = 1;
    memset(&exception, 0, sizeof(exception));
    CHECK_EQ(IDispatch_Invoke(dispatch, id, &IID_NULL, 0, DISPATCH_METHOD, &parameters, NULL,
                              &exception, NULL),
             DISP_E_EXCEPTION);
    CHECK_WSTR(exception.bstrDescription, L"Answer 103: no call of theirs is in a state for it");
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrHelpFile);
    VariantClear(&arguments[0]);
    IDispatch_Release(dispatch);
}

TEST(control_looks_and_resets)
{
    LONG ms;
    BSTR text;

    start();
    make(0, L"102");
    CHECK_EQ(ISimPBX_get_Calls(control, &text), S_OK);
    CHECK_WSTR(text, L"1\t101\t102\tringback\r\n1\t102\t101\toffering\r\n");
    SysFreeString(text);
    CHECK_EQ(ISimPBX_get_Log(control, &text), S_OK);
    CHECK(wcsstr(text, L"\t101\t102\tcalls\n") != NULL);
    CHECK(wcsstr(text, L"\t101\t102\trings\n") != NULL);
    SysFreeString(text);
    CHECK_EQ(ISimPBX_StepToNext(control, &ms), S_OK);
    CHECK_EQ(ms, 120000);
    CHECK_EQ(ISimPBX_StepToNext(control, &ms), S_OK);
    CHECK_EQ(ms, -1);
    heard();
    make(1, L"103");
    CHECK_EQ(ISimPBX_Reset(control), S_OK);
    CHECK_EQ(ISimPBX_get_Calls(control, &text), S_OK);
    CHECK_WSTR(text, L"");
    SysFreeString(text);
}

static DWORD WINAPI bother(void *context)
{
    VARIANT who;

    (void)context;
    V_VT(&who) = VT_BSTR;
    V_BSTR(&who) = SysAllocString(L"102");
    for (int i = 0; i < 200; i++) {
        BSTR text;
        ISimPBX_Step(control, 10);
        ISimPBX_Answer(control, who);
        if (SUCCEEDED(ISimPBX_get_Calls(control, &text)))
            SysFreeString(text);
        ISimPBX_Hangup(control, who);
    }
    VariantClear(&who);
    return 0;
}

TEST(control_from_many_threads)
{
    HANDLE threads[4];

    start();
    for (int i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, bother, NULL, 0, NULL);
    for (int i = 0; i < 200; i++) {
        HDRVCALL a = make(0, L"102"), b = last_new[1];
        drop(a);
        drop(b);
        tsp.lineCloseCall(a);
        tsp.lineCloseCall(b);
        heard();
    }
    CHECK_EQ(WaitForMultipleObjects(4, threads, TRUE, 60000), WAIT_OBJECT_0);
    for (int i = 0; i < 4; i++)
        CloseHandle(threads[i]);
}
