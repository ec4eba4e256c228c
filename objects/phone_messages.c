/* phone_messages.c - what tapi32 has to say about phones: each message becomes an event, and the
 * phone's own machine hears of hookswitches and buttons. On the dispatcher's threads, one message
 * at a time. */
#include "objects/phone.h"

#include "tapi32/private.h"

/* ---- events -------------------------------------------------------------------------------- */

void phone_post_event(struct phone *self, const struct ITPhoneEvent_values *values)
{
    struct ITPhoneEvent_values filled = *values;

    if (!line_device_wants(self->tapi, self->line_device, TE_PHONEEVENT, values->Event) ||
        !com_try_hand_out(&self->com))
        return;
    filled.Phone = &self->ITPhone_iface;
    event_post_created(self->tapi->dispatcher, TE_PHONEEVENT, ITPhoneEvent_create(&filled), self);
    com_release(&self->com);
}

static void post_tapi(struct phone *phone, TAPIOBJECT_EVENT event)
{
    struct tapi *tapi = phone->tapi;

    if (!dispatcher_wants(tapi->dispatcher, TE_TAPIOBJECT) || !com_try_hand_out(&tapi->com))
        return;
    com_hand_out(&phone->com);
    EVENT_POST(tapi->dispatcher, TE_TAPIOBJECT, ITTAPIObjectEvent2, tapi,
               .TAPIObject = (ITTAPI *)&tapi->ITTAPI2_iface, .Event = event,
               .Phone = &phone->ITPhone_iface);
    com_release(&phone->com);
    com_release(&tapi->com);
}

/* ---- messages ------------------------------------------------------------------------------ */

/* The phone of an open handle; a use to give back; NULL: none of ours. */
static struct phone *find_phone(struct tapi *tapi, DWORD handle)
{
    struct phone *phone;

    AcquireSRWLockShared(&tapi->lock);
    phone = handle_map_get(&tapi->phone_handles, handle);
    if (phone)
        com_use(&phone->com);
    ReleaseSRWLockShared(&tapi->lock);
    return phone;
}

static void on_hook(struct phone *phone, DWORD device, DWORD mode)
{
    PHONE_POST(phone, PE_HOOKSWITCH, .HookSwitchDevice = (PHONE_HOOK_SWITCH_DEVICE)device,
               .HookSwitchState = (PHONE_HOOK_SWITCH_STATE)mode);
    phone_auto_hook(phone, device, mode);
}

/* PHONE_STATE: dwParam1 says what has changed, dwParam2 to what (phone-state.md). */
static void on_state(struct phone *phone, const PHONEMESSAGE *message)
{
    static const struct {
        DWORD state, device;
    } hooks[] = {
        {PHONESTATE_HANDSETHOOKSWITCH, PHONEHOOKSWITCHDEV_HANDSET},
        {PHONESTATE_SPEAKERHOOKSWITCH, PHONEHOOKSWITCHDEV_SPEAKER},
        {PHONESTATE_HEADSETHOOKSWITCH, PHONEHOOKSWITCHDEV_HEADSET},
    };
    DWORD state = (DWORD)message->dwParam1, detail = (DWORD)message->dwParam2;
    unsigned i;

    if (state & PHONESTATE_DISPLAY)
        PHONE_POST(phone, PE_DISPLAY, 0);
    if (state & PHONESTATE_LAMP)
        PHONE_POST(phone, PE_LAMPMODE, .ButtonLampId = (LONG)detail);
    if (state & PHONESTATE_RINGMODE)
        PHONE_POST(phone, PE_RINGMODE, .RingMode = (LONG)detail);
    if (state & PHONESTATE_RINGVOLUME)
        PHONE_POST(phone, PE_RINGVOLUME, 0);
    for (i = 0; i < ARRAYSIZE(hooks); i++)
        if (state & hooks[i].state)
            on_hook(phone, hooks[i].device, detail);
    if (state & PHONESTATE_CAPSCHANGE)
        PHONE_POST(phone, PE_CAPSCHANGE, 0);
}

static void on_button(struct phone *phone, const PHONEMESSAGE *message)
{
    LONG button = (LONG)message->dwParam1;
    DWORD state = (DWORD)message->dwParam3;

    PHONE_POST(phone, PE_BUTTON, .ButtonLampId = button, .ButtonState = (PHONE_BUTTON_STATE)state);
    if (state == PHONEBUTTONSTATE_DOWN || state == PHONEBUTTONSTATE_UP)
        phone_auto_button(phone, button, state == PHONEBUTTONSTATE_DOWN);
}

static void on_device_specific(struct phone *phone, const PHONEMESSAGE *message)
{
    struct tapi *tapi = phone->tapi;

    if (!line_device_wants(tapi, phone->line_device, TE_PHONEDEVSPECIFIC, 0) ||
        !com_try_hand_out(&phone->com))
        return;
    EVENT_POST(tapi->dispatcher, TE_PHONEDEVSPECIFIC, ITPhoneDeviceSpecificEvent, phone,
               .Phone = &phone->ITPhone_iface, .lParam1 = (LONG)message->dwParam1,
               .lParam2 = (LONG)message->dwParam2, .lParam3 = (LONG)message->dwParam3);
    com_release(&phone->com);
}

/* The provider closed the phone, or it was taken away while open: closed it is when the program
 * hears of it, which may open it again in its sink. */
static void on_close(struct phone *phone)
{
    if (phone_lost(phone))
        PHONE_POST(phone, PE_CLOSE, 0);
}

static void on_create(struct tapi *tapi, DWORD device)
{
    struct phone *phone;

    if (FAILED(phones_add(tapi, device, &phone)))
        return;
    post_tapi(phone, TE_PHONECREATE);
    com_unuse(&phone->com);
}

static void on_remove(struct tapi *tapi, DWORD device)
{
    struct phone *phone;
    unsigned i;

    for (i = 0; (phone = phone_at(tapi, i)); i++) {
        if (phone->device == device && !phone->removed) {
            phone->removed = TRUE;
            post_tapi(phone, TE_PHONEREMOVE);
        }
        com_unuse(&phone->com);
    }
}

static void on_message(struct tapi *tapi, const PHONEMESSAGE *message)
{
    struct phone *phone;

    TRACE("objects", "phone message %lu device 0x%lx: 0x%lx 0x%lx 0x%lx", message->dwMessageID,
          message->hDevice, (DWORD)message->dwParam1, (DWORD)message->dwParam2,
          (DWORD)message->dwParam3);
    switch (message->dwMessageID) {
    case PHONE_REPLY:
        request_reply(tapi, (LONG)message->dwParam1, (LONG)message->dwParam2);
        return;
    case PHONE_CREATE:
        on_create(tapi, (DWORD)message->dwParam1);
        return;
    case PHONE_REMOVE:
        on_remove(tapi, (DWORD)message->dwParam1);
        return;
    default:
        break;
    }
    phone = find_phone(tapi, message->hDevice);
    if (!phone)
        return; /* closed just now */
    switch (message->dwMessageID) {
    case PHONE_STATE:
        on_state(phone, message);
        break;
    case PHONE_BUTTON:
        on_button(phone, message);
        break;
    case PHONE_CLOSE:
        on_close(phone);
        break;
    case PHONE_DEVSPECIFIC:
        on_device_specific(phone, message);
        break;
    default:
        TRACE("objects", "phone message %lu is not for COM", message->dwMessageID);
        break;
    }
    com_unuse(&phone->com);
}

static HRESULT take_message(void *context, DWORD timeout)
{
    struct tapi *tapi = context;
    PHONEMESSAGE message;
    LONG error = phoneGetMessage(tapi->phone_app, &message, timeout);

    if (error == (LONG)PHONEERR_OPERATIONFAILED)
        return S_FALSE; /* none came in time */
    if (error != 0)
        return com_from_tapi_error(error);
    on_message(tapi, &message);
    return S_OK;
}

HRESULT phone_messages_start(struct tapi *tapi)
{
    struct event_source source = {.context = tapi, .take = take_message, .wake = NULL};

    return dispatcher_add_source(tapi->dispatcher, &source);
}
