/* scene.c - see scene.h. */
#include "tests/com/errors/scene.h"

#include <tapi.h>
#include <tapi3err.h>

struct scene scene;

const struct code codes[] = {
#define CODE(constant, result) {#constant, (LONG)constant, result},
#include "tests/com/errors/codes.h"
};
const unsigned code_count = ARRAYSIZE(codes);

static HMODULE module;

static void expect_state(ITBasicCallControl2 *call, CALL_STATE state)
{
    CHECK_EQ(client_state((ITBasicCallControl *)call), state);
}

static ITBasicCallControl2 *new_call(void)
{
    ITBasicCallControl *call = NULL;
    ITBasicCallControl2 *call2 = NULL;
    BSTR number = SysAllocString(L"5550100");

    REQUIRE_EQ(ITAddress2_CreateCall(scene.address, number, LINEADDRESSTYPE_PHONENUMBER,
                                     TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(number);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITBasicCallControl2, (void **)&call2),
               S_OK);
    ITBasicCallControl_Release(call);
    return call2;
}

static ITBasicCallControl2 *connected_call(const char *event)
{
    ITBasicCallControl2 *call = new_call();

    REQUIRE_EQ(ITBasicCallControl2_Connect(call, VARIANT_FALSE), S_OK);
    scene.provider->line_event(scene.provider->line[0], scene.provider->call, LINE_CALLSTATE,
                               LINECALLSTATE_CONNECTED, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
    client_wait(scene.client, event);
    expect_state(call, CS_CONNECTED);
    return call;
}

static ITBasicCallControl2 *offered_call(void)
{
    ITBasicCallControl *call;
    ITBasicCallControl2 *call2 = NULL;
    HTAPICALL handle = 0;

    scene.provider->calls_made++;
    scene.provider->line_event(scene.provider->line[0], 0, LINE_NEWCALL, scene.provider->calls_made,
                               (DWORD_PTR)&handle, 0);
    REQUIRE(handle != 0);
    scene.provider->line_event(scene.provider->line[0], handle, LINE_CALLSTATE,
                               LINECALLSTATE_OFFERING, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
    client_wait(scene.client, "state offering #3");
    call = client_offered(scene.client);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITBasicCallControl2, (void **)&call2),
               S_OK);
    ITBasicCallControl_Release(call);
    expect_state(call2, CS_OFFERING);
    return call2;
}

void scene_open(void)
{
    WCHAR provider[MAX_PATH];
    IEnumAddress *addresses = NULL;
    IEnumPhone *phones = NULL;
    ITAddress *address = NULL;

    memset(&scene, 0, sizeof(scene));
    GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", provider, MAX_PATH);
    module = LoadLibraryW(provider);
    REQUIRE(module != NULL);
    scene.provider = ((every_control)(void *)GetProcAddress(module, "EveryControl"))();
    memset(scene.provider->result, 0, sizeof(scene.provider->result));
    scene.provider->late = FALSE;
    scene.provider->bits = 0xFF;
    scene.provider->value = 1;

    scene.client = client_open(NULL);
    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(scene.client->tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    scene.client->address = address;
    REQUIRE_EQ(ITAddress_QueryInterface(address, &IID_ITAddress2, (void **)&scene.address), S_OK);
    REQUIRE_EQ(ITTAPI2_RegisterCallNotifications(scene.client->tapi, address, VARIANT_FALSE,
                                                 VARIANT_TRUE, TAPIMEDIATYPE_AUDIO, 0,
                                                 &scene.client->registration),
               S_OK);
    scene.call = connected_call("state connected");
    scene.other = connected_call("state connected #2");
    scene.offered = offered_call();
    REQUIRE_EQ(ITTAPI2_EnumeratePhones(scene.client->tapi, &phones), S_OK);
    REQUIRE_EQ(IEnumPhone_Next(phones, 1, &scene.phone, NULL), S_OK);
    IEnumPhone_Release(phones);
    REQUIRE_EQ(ITPhone_Open(scene.phone, PP_OWNER), S_OK);
    ITTAPI2_put_EventFilter(scene.client->tapi, TE_CALLSTATE);
}

void scene_close(void)
{
    memset(scene.provider->result, 0, sizeof(scene.provider->result));
    ITPhone_Release(scene.phone);
    ITBasicCallControl2_Release(scene.offered);
    ITBasicCallControl2_Release(scene.other);
    ITBasicCallControl2_Release(scene.call);
    ITAddress2_Release(scene.address);
    client_close(scene.client);
    FreeLibrary(module);
}

BOOL sentence_take(struct sentence *sentence)
{
    BSTR description = NULL, source = NULL;
    IErrorInfo *info = NULL;

    memset(sentence, 0, sizeof(*sentence));
    if (GetErrorInfo(0, &info) != S_OK)
        return FALSE;
    IErrorInfo_GetDescription(info, &description);
    IErrorInfo_GetSource(info, &source);
    IErrorInfo_GetGUID(info, &sentence->iid);
    IErrorInfo_Release(info);
    if (description)
        WideCharToMultiByte(CP_UTF8, 0, description, -1, sentence->text, sizeof(sentence->text),
                            NULL, NULL);
    if (source)
        WideCharToMultiByte(CP_UTF8, 0, source, -1, sentence->source, sizeof(sentence->source),
                            NULL, NULL);
    SysFreeString(description);
    SysFreeString(source);
    return TRUE;
}
