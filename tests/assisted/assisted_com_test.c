/* assisted_com_test.c - RequestMakeCall and the TAPI objects that take its requests. */
#include "tests/com/client.h"

#include <tapi.h>

static ITRequest *request_create(void)
{
    IClassFactory *factory = NULL;
    ITRequest *request = NULL;
    REQUIRE_EQ(client_class_object(&CLSID_RequestMakeCall, &IID_IClassFactory, (void **)&factory),
               S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITRequest, (void **)&request),
               S_OK);
    IClassFactory_Release(factory);
    return request;
}

static HRESULT make(ITRequest *request, const WCHAR *address, const WCHAR *application)
{
    BSTR text[4] = {SysAllocString(address), SysAllocString(application),
                    SysAllocString(application ? L"Zo\u00eb" : NULL),
                    SysAllocString(application ? L"a comment" : NULL)};
    HRESULT hr = ITRequest_MakeCall(request, text[0], text[1], text[2], text[3]);
    for (int i = 0; i < 4; i++)
        SysFreeString(text[i]);
    return hr;
}

/* What a sink saw of its requests; written in the sink, read when `arrived` was waited for. */
struct seen {
    LONG instance, mode;
    BSTR text[4];
    HANDLE arrived; /* one a request */
};

static void on_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    struct seen *seen = client->context;
    ITRequestEvent *request = NULL;
    if (type != TE_REQUEST)
        return;
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITRequestEvent, (void **)&request), S_OK);
    if (!request)
        return;
    for (int i = 0; i < 4; i++)
        SysFreeString(seen->text[i]);
    CHECK_EQ(ITRequestEvent_get_RegistrationInstance(request, &seen->instance), S_OK);
    CHECK_EQ(ITRequestEvent_get_RequestMode(request, &seen->mode), S_OK);
    CHECK_EQ(ITRequestEvent_get_DestAddress(request, &seen->text[0]), S_OK);
    CHECK_EQ(ITRequestEvent_get_AppName(request, &seen->text[1]), S_OK);
    CHECK_EQ(ITRequestEvent_get_CalledParty(request, &seen->text[2]), S_OK);
    CHECK_EQ(ITRequestEvent_get_Comment(request, &seen->text[3]), S_OK);
    CHECK_EQ(ITRequestEvent_get_Comment(request, NULL), E_POINTER);
    ITRequestEvent_Release(request);
    ReleaseSemaphore(seen->arrived, 1, NULL);
}

static struct client *recipient_open(struct seen *seen)
{
    struct client *client = client_open(NULL);
    memset(seen, 0, sizeof(*seen));
    seen->arrived = CreateSemaphoreW(NULL, 0, 1000, NULL);
    client->context = seen;
    client->on_event = on_event;
    CHECK_EQ(ITTAPI2_put_EventFilter(client->tapi, TE_REQUEST), S_OK);
    return client;
}

static void recipient_close(struct client *client, struct seen *seen)
{
    client_close(client);
    for (int i = 0; i < 4; i++)
        SysFreeString(seen->text[i]);
    CloseHandle(seen->arrived);
}

TEST_BOTH(a_request_becomes_an_event_with_its_properties)
{
    struct seen seen;
    struct client *client = recipient_open(&seen);
    ITRequest *request = request_create();

    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(client->tapi, 4711, LINEREQUESTMODE_MAKECALL,
                                              VARIANT_TRUE),
             S_OK);
    CHECK_EQ(make(request, L"+1 (425) 555-0100", L"Sheet"), S_OK);
    REQUIRE(wait_pumping(seen.arrived, WAIT_LONG));
    CHECK_EQ(seen.instance, 4711);
    CHECK_EQ(seen.mode, LINEREQUESTMODE_MAKECALL);
    CHECK_WSTR(seen.text[0], L"+1 (425) 555-0100");
    CHECK_WSTR(seen.text[1], L"Sheet");
    CHECK_WSTR(seen.text[2], L"Zo\u00eb");
    CHECK_WSTR(seen.text[3], L"a comment");
    CHECK_EQ(make(request, L"5550101", NULL), S_OK);
    REQUIRE(wait_pumping(seen.arrived, WAIT_LONG));
    CHECK_WSTR(seen.text[0], L"5550101");
    CHECK_WSTR(seen.text[1], L"");
    CHECK_EQ(ITRequest_Release(request), 0);
    recipient_close(client, &seen);
}

TEST_BOTH(without_a_recipient_the_request_fails)
{
    ITRequest *request = request_create();
    struct seen seen;
    struct client *client;

    CHECK_EQ(make(request, L"5550100", NULL),
             TAPI_E_NOREQUESTRECIPIENT); /* no TAPI object at all */
    CHECK(strstr(client_error_text(), "No program is running") != NULL);
    client = recipient_open(&seen);
    CHECK_EQ(make(request, L"5550100", NULL), TAPI_E_NOREQUESTRECIPIENT);
    CHECK_EQ(
        ITTAPI2_RegisterRequestRecipient(client->tapi, 1, LINEREQUESTMODE_MAKECALL, VARIANT_TRUE),
        S_OK);
    CHECK_EQ(
        ITTAPI2_RegisterRequestRecipient(client->tapi, 1, LINEREQUESTMODE_MAKECALL, VARIANT_FALSE),
        S_OK);
    CHECK_EQ(make(request, L"5550100", NULL), TAPI_E_NOREQUESTRECIPIENT);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(client->tapi, 1, 64, VARIANT_TRUE), TAPI_E_INVALMODE);
    CHECK_EQ(make(request, NULL, NULL), E_POINTER);
    CHECK_EQ(
        make(request,
             L"01234567890123456789012345678901234567890123456789012345678901234567890123456789",
             NULL),
        TAPI_E_INVALADDRESS);
    CHECK_EQ(ITRequest_Release(request), 0);
    recipient_close(client, &seen);
}

/* Requests that came while the filter left them out are there when it lets them through. */
TEST_BOTH(a_request_waits_for_the_filter)
{
    struct seen seen;
    struct client *client = recipient_open(&seen);
    ITRequest *request = request_create();

    CHECK_EQ(ITTAPI2_put_EventFilter(client->tapi, TE_CALLSTATE), S_OK);
    CHECK_EQ(
        ITTAPI2_RegisterRequestRecipient(client->tapi, 1, LINEREQUESTMODE_MAKECALL, VARIANT_TRUE),
        S_OK);
    CHECK_EQ(make(request, L"1", NULL), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(client->tapi, TE_REQUEST), S_OK);
    CHECK_EQ(make(request, L"2", NULL), S_OK);
    REQUIRE(wait_pumping(seen.arrived, WAIT_LONG));
    REQUIRE(wait_pumping(seen.arrived, WAIT_LONG));
    CHECK_WSTR(seen.text[0], L"2"); /* the later one came last */
    CHECK_EQ(ITRequest_Release(request), 0);
    recipient_close(client, &seen);
}

TEST_BOTH(the_recipient_is_known_by_its_program)
{
    struct seen first_seen, second_seen;
    struct client *client = recipient_open(&first_seen), *other = recipient_open(&second_seen);
    BSTR nobody = SysAllocString(L"nobody.exe"), ours = SysAllocString(L"test_assisted_com.exe");
    WCHAR file[MAX_PATH];
    DWORD rank;

    GetModuleFileNameW(NULL, file, ARRAYSIZE(file));
    CHECK_WSTR(wcsrchr(file, '\\') + 1, ours);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(client->tapi, ours, VARIANT_TRUE), S_OK);
    CHECK_EQ(lineGetAppPriorityW(ours, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 1);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(client->tapi, nobody, VARIANT_TRUE), S_OK);
    CHECK_EQ(lineGetAppPriorityW(ours, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 2);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(client->tapi, nobody, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(client->tapi, ours, VARIANT_FALSE), S_OK);
    CHECK_EQ(lineGetAppPriorityW(ours, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(client->tapi, NULL, VARIANT_TRUE), E_POINTER);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(client->tapi, ours, TAPIMEDIATYPE_AUDIO, VARIANT_TRUE),
             S_OK);
    CHECK_EQ(lineGetAppPriorityW(ours, LINEMEDIAMODE_AUTOMATEDVOICE, NULL, 0, NULL, &rank), 0);
    CHECK_EQ(rank, 1);
    CHECK_EQ(lineGetAppPriorityW(ours, LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, NULL, &rank), 0);
    CHECK_EQ(rank, 1);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(client->tapi, ours, TAPIMEDIATYPE_AUDIO, VARIANT_FALSE),
             S_OK);
    CHECK_EQ(lineGetAppPriorityW(ours, LINEMEDIAMODE_AUTOMATEDVOICE, NULL, 0, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
    CHECK_EQ(lineGetAppPriorityW(ours, LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
    SysFreeString(nobody);
    SysFreeString(ours);
    recipient_close(other, &second_seen);
    recipient_close(client, &first_seen);
}
