/* phone.c - see phone.h. */
#include "tests/com/phone/phone.h"

#include <stdio.h>
#include <stdlib.h>

static void describe(IDispatch *event, char *text)
{
    ITPhoneEvent *phone = (ITPhoneEvent *)event;
    PHONE_HOOK_SWITCH_DEVICE device;
    PHONE_HOOK_SWITCH_STATE hook;
    PHONE_BUTTON_STATE button;
    PHONE_EVENT what;
    LONG id, ring;
    BSTR number = NULL;

    ITPhoneEvent_get_Event(phone, &what);
    switch (what) {
    case PE_DISPLAY:
        strcpy(text, "display");
        break;
    case PE_LAMPMODE:
        ITPhoneEvent_get_ButtonLampId(phone, &id);
        sprintf(text, "lamp %ld", id);
        break;
    case PE_RINGMODE:
        ITPhoneEvent_get_RingMode(phone, &ring);
        sprintf(text, "ring %ld", ring);
        break;
    case PE_RINGVOLUME:
        strcpy(text, "ringvolume");
        break;
    case PE_HOOKSWITCH:
        ITPhoneEvent_get_HookSwitchDevice(phone, &device);
        ITPhoneEvent_get_HookSwitchState(phone, &hook);
        sprintf(text, "hook %d %d", (int)device, (int)hook);
        break;
    case PE_CAPSCHANGE:
        strcpy(text, "caps");
        break;
    case PE_BUTTON:
        ITPhoneEvent_get_ButtonLampId(phone, &id);
        ITPhoneEvent_get_ButtonState(phone, &button);
        sprintf(text, "button %ld %s", id, button == PBS_DOWN ? "down" : "up");
        break;
    case PE_CLOSE:
        strcpy(text, "close");
        break;
    case PE_NUMBERGATHERED:
        ITPhoneEvent_get_NumberGathered(phone, &number);
        sprintf(text, "number %ls", number);
        SysFreeString(number);
        break;
    case PE_DIALING:
        strcpy(text, "dialing");
        break;
    case PE_ANSWER:
        strcpy(text, "answer");
        break;
    case PE_DISCONNECT:
        strcpy(text, "disconnect");
        break;
    default:
        sprintf(text, "event %d", (int)what);
        break;
    }
}

static void on_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    struct desk *desk = client->context;
    TAPIOBJECT_EVENT what;
    char text[64] = "";
    LONG parameters[3];

    if (type == TE_PHONEEVENT) {
        ITPhone *phone = NULL;

        describe(event, text);
        phone_check_event(event);
        ITPhoneEvent_get_Phone((ITPhoneEvent *)event, &phone);
        if (desk->phone)
            CHECK(phone == desk->phone);
        if (phone)
            ITPhone_Release(phone);
    } else if (type == TE_PHONEDEVSPECIFIC) {
        phone_check_device_event(event, parameters);
        sprintf(text, "specific %ld %ld %ld", parameters[0], parameters[1], parameters[2]);
    } else if (type == TE_TAPIOBJECT) {
        ITPhone *phone = NULL;

        ITTAPIObjectEvent_get_Event((ITTAPIObjectEvent *)event, &what);
        if (ITTAPIObjectEvent2_get_Phone((ITTAPIObjectEvent2 *)event, &phone) == S_OK) {
            sprintf(text, "%s%s", what == TE_PHONECREATE ? "create" : "remove",
                    phone == desk->phone ? " mine" : "");
            ITPhone_Release(phone);
        }
    }
    if (!text[0])
        return;
    AcquireSRWLockExclusive(&desk->lock);
    if (desk->count < ARRAYSIZE(desk->events))
        strcpy(desk->events[desk->count++], text);
    ReleaseSRWLockExclusive(&desk->lock);
}

/* The phone whose line has this number. */
static ITPhone *find_phone(ITTAPI2 *tapi, const WCHAR *extension)
{
    IEnumPhone *phones = NULL;
    ITPhone *phone, *found = NULL;

    REQUIRE_EQ(ITTAPI2_EnumeratePhones(tapi, &phones), S_OK);
    while (!found && IEnumPhone_Next(phones, 1, &phone, NULL) == S_OK) {
        IEnumAddress *addresses = NULL;
        ITAddress *address;
        BSTR name = NULL;

        REQUIRE_EQ(ITPhone_EnumerateAddresses(phone, &addresses), S_OK);
        if (IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
            ITAddress_get_DialableAddress(address, &name);
            ITAddress_Release(address);
        }
        IEnumAddress_Release(addresses);
        if (name && !wcscmp(name, extension))
            found = phone;
        else
            ITPhone_Release(phone);
        SysFreeString(name);
    }
    IEnumPhone_Release(phones);
    return found;
}

struct desk *desk_open(const WCHAR *extension, const WCHAR *line)
{
    struct desk *desk = calloc(1, sizeof(*desk));
    LONG filter = 0;

    REQUIRE(desk != NULL);
    desk->client = client_open(line);
    desk->client->context = desk;
    desk->client->on_event = on_event;
    desk->phone = find_phone(desk->client->tapi, extension);
    REQUIRE(desk->phone != NULL);
    REQUIRE_EQ(
        ITPhone_QueryInterface(desk->phone, &IID_ITAutomatedPhoneControl, (void **)&desk->control),
        S_OK);
    ITTAPI2_get_EventFilter(desk->client->tapi, &filter);
    CHECK_EQ(
        ITTAPI2_put_EventFilter(desk->client->tapi, filter | TE_PHONEEVENT | TE_PHONEDEVSPECIFIC),
        S_OK);
    return desk;
}

void desk_close(struct desk *desk)
{
    ISimPBX *exchange;

    ITAutomatedPhoneControl_Release(desk->control);
    ITPhone_Release(desk->phone);
    client_close(desk->client);
    free(desk);
    exchange = client_exchange();
    ISimPBX_Reset(exchange);
    ISimPBX_Release(exchange);
}

struct search {
    struct desk *desk;
    const char *event;
};

static bool has_come(void *context)
{
    struct search *search = context;
    struct desk *desk = search->desk;
    bool found = false;

    AcquireSRWLockExclusive(&desk->lock);
    while (!found && desk->read < desk->count)
        found = !strcmp(desk->events[desk->read++], search->event);
    ReleaseSRWLockExclusive(&desk->lock);
    return found;
}

static void show(struct desk *desk, const char *missing)
{
    unsigned i;

    printf("no \"%s\" among:", missing);
    for (i = 0; i < desk->count; i++)
        printf(" [%s]", desk->events[i]);
    printf("\n");
}

bool desk_wait(struct desk *desk, const char *event)
{
    struct search search = {desk, event};
    bool found = wait_until(has_come, &search, desk->client->changed, WAIT_LONG);

    if (!found)
        show(desk, event);
    return found;
}

bool desk_has(struct desk *desk, const char *event)
{
    unsigned i;
    bool found = false;

    AcquireSRWLockShared(&desk->lock);
    for (i = 0; i < desk->count && !found; i++)
        found = !strcmp(desk->events[i], event);
    ReleaseSRWLockShared(&desk->lock);
    return found;
}

static bool is_closed(void *context)
{
    struct desk *desk = context;
    PHONE_PRIVILEGE privilege;

    return ITPhone_get_Privilege(desk->phone, &privilege) == TAPI_E_PHONENOTOPEN;
}

bool desk_wait_closed(struct desk *desk)
{
    return wait_until(is_closed, desk, NULL, WAIT_LONG);
}

/* ---- people -------------------------------------------------------------------------------- */

static void act(const WCHAR *who, const WCHAR *button, bool up)
{
    ISimPBX *exchange = client_exchange();
    BSTR text = SysAllocString(who), handset = SysAllocString(L"handset");
    VARIANT key;

    V_VT(&key) = VT_BSTR;
    V_BSTR(&key) = SysAllocString(button ? button : L"");
    if (button)
        CHECK_EQ(ISimPBX_PressButton(exchange, text, key), S_OK);
    else if (up)
        CHECK_EQ(ISimPBX_LiftHandset(exchange, text, handset), S_OK);
    else
        CHECK_EQ(ISimPBX_HangUpHandset(exchange, text, handset), S_OK);
    VariantClear(&key);
    SysFreeString(handset);
    SysFreeString(text);
    ISimPBX_Release(exchange);
}

void desk_lift(const WCHAR *who)
{
    act(who, NULL, true);
}

void desk_hang_up(const WCHAR *who)
{
    act(who, NULL, false);
}

void desk_press(const WCHAR *who, const WCHAR *button)
{
    act(who, button, false);
}

LONG desk_ring(const WCHAR *who)
{
    ISimPBX *exchange = client_exchange();
    BSTR text = SysAllocString(who);
    LONG mode = -1;

    CHECK_EQ(ISimPBX_PhoneRing(exchange, text, &mode), S_OK);
    SysFreeString(text);
    ISimPBX_Release(exchange);
    return mode;
}

struct ring_search {
    const WCHAR *who;
    LONG mode;
};

static bool rings(void *context)
{
    struct ring_search *search = context;

    return desk_ring(search->who) == search->mode;
}

bool desk_wait_ring(const WCHAR *who, LONG mode)
{
    struct ring_search search = {who, mode};

    return wait_until(rings, &search, NULL, WAIT_LONG);
}
