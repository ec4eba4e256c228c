/*
 * phone.h - the Phone object among its own files (phone*.c). The rest of objects/ sees it only
 * through private.h.
 *
 * phone->lock guards the fields marked (P). It is held with no other lock and while nothing outside
 * is called. What a phone does by itself (ITAutomatedPhoneControl) is decided by phone_logic.c and
 * carried out by one thread for each TAPI object, phone_worker.c: so what it does is done in order,
 * and a provider that takes long delays neither messages nor the application.
 */
#ifndef OBJECTS_PHONE_H
#define OBJECTS_PHONE_H

#include "objects/phone_logic.h"
#include "objects/private.h"

struct phone_input; /* something that happened and the logic has not heard of yet */
struct tone_player;

struct phone {
    struct com_object com;
    ITPhone ITPhone_iface;
    ITAutomatedPhoneControl ITAutomatedPhoneControl_iface;
    struct tapi *tapi; /* use */
    DWORD device;
    DWORD api_version;
    DWORD ext_version; /* what NegotiateExtVersion said last; Open uses it */
    DWORD line_device; /* whose event filters count; -1: not known before it was opened */
    BOOL removed;      /* the device went away */
    SRWLOCK lock;
    HPHONE handle;                            /* (P) 0: not open */
    PHONE_PRIVILEGE privilege;                /* (P) */
    BOOL opening;                             /* (P) */
    struct phone_logic logic;                 /* (P) */
    struct phone_input *inputs, **inputs_end; /* (P) */
    DWORD off_hook;                           /* (P) PHONEHOOKSWITCHDEV_ that are off hook */
    struct call **selected;                   /* (P) calls of SelectCall: a reference each */
    unsigned selected_count;                  /* (P) */
    struct tone_player *player;               /* (P) made at Open; NULL: no sound device */
    struct phone *next_active;                /* worker's lock; in its list: a use */
    BOOL active;                              /* worker's lock */
};

extern const struct com_class phone_class;
extern const ITAutomatedPhoneControlVtbl phone_control_vtable;

/* The handle of an open phone, or TAPI_E_PHONENOTOPEN (TAPI_E_NOT_INITIALIZED) with a sentence. */
HRESULT phone_check(struct phone *phone, REFIID iid, HPHONE *handle);
/* The same, and TAPI_E_NOTOWNER for a phone that was opened as a monitor. */
HRESULT phone_check_owner(struct phone *phone, REFIID iid, HPHONE *handle);
/* A handle to ask with, also when the phone is not open; give it back with phone_return. */
LONG phone_borrow(struct phone *phone, HPHONE *handle, BOOL *borrowed);
void phone_return(HPHONE handle, BOOL borrowed);
/* The ID of a device of a class (wave/out, tapi/line) that belongs to the phone. */
LONG phone_device_id(HPHONE handle, const WCHAR *device_class, DWORD *id);
/* The same of a phone that may be open or not, or be closed meanwhile. */
LONG phone_ask_id(struct phone *phone, const WCHAR *device_class, DWORD *id);
PHONECAPS *phone_get_caps(struct phone *phone, LONG *error); /* free() it */
/* The static terminals of an address that are the phone's own sound devices. */
HRESULT phone_list_terminals(struct phone *phone, ITAddress *address, struct com_list **list);
/* Whether a terminal is one of the phone's own sound devices. */
BOOL phone_has_terminal(HPHONE handle, ITTerminal *terminal);
/* Closes it: what it played stops, its calls are let go. FALSE: it was not open. */
BOOL phone_close(struct phone *phone);
/* PHONE_CLOSE: the provider closed it; its handle is dead already. FALSE: it was not open. */
BOOL phone_lost(struct phone *phone);

/* phone_auto.c */
/* Open as an owner: begins with what is off hook. Without memory nothing is automatic. */
void phone_auto_begin(struct phone *phone, HPHONE handle);
/* The phone was closed: unselects all calls, drops what has not happened yet. */
void phone_auto_end(struct phone *phone);
/* Messages of the device; any thread, without locks. */
void phone_auto_hook(struct phone *phone, DWORD device, DWORD mode);
void phone_auto_button(struct phone *phone, DWORD button, BOOL down);
/* A selected call has another state; any thread, without locks. */
void phone_auto_call(struct phone *phone, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause);
/* Works off inputs, what is due, and what is to be done; on the worker's thread. When it has to be
 * called again, in ms (INFINITE: not by itself). */
DWORD phone_auto_run(struct phone *phone);

/* phone_selected.c: the calls of SelectCall; any thread, without locks. */
/* S_FALSE: it was selected already; E_OUTOFMEMORY. */
HRESULT phone_select(struct phone *phone, struct call *call);
BOOL phone_unselect(struct phone *phone, struct call *call); /* FALSE: it is not selected */
void phone_unselect_all(struct phone *phone);
BOOL phone_is_selected(struct phone *phone, struct call *call);
/* All of them, a reference each, for phone_selected_free. NULL and a count of 0: no memory. */
struct call **phone_selected(struct phone *phone, unsigned *count);
void phone_selected_free(struct call **calls, unsigned count);
/* Lets go of the calls that have ended, and counts the others for the logic. */
void phone_selected_review(struct phone *phone);
CALL_STATE phone_call_state(struct call *call);
/* Somebody is at the other end, or about to be. */
BOOL phone_call_is_busy(CALL_STATE state);

/* phone_worker.c */
HRESULT phone_worker_add(struct phone *phone);
void phone_worker_remove(struct phone *phone);
void phone_worker_wake(struct tapi *tapi);

/* phone_messages.c */
/* TE_PHONEEVENT with these values; Phone is filled in. */
void phone_post_event(struct phone *phone, const struct ITPhoneEvent_values *values);
/* PHONE_POST(phone, PE_BUTTON, .ButtonLampId = 5) */
#define PHONE_POST(phone, event, ...)                                                              \
    phone_post_event(phone, &(const struct ITPhoneEvent_values){.Event = (event), __VA_ARGS__})

/* phone_wave.c: tones on a wave device. NULL: there is no such device. */
struct tone_player *tone_player_create(DWORD wave_id);
void tone_player_hold(struct tone_player *player);
void tone_player_release(struct tone_player *player); /* NULL is allowed */
/* Plays the tone until another one; PHONE_LOGIC_SILENCE: nothing. */
void tone_player_play(struct tone_player *player, unsigned tone);
/* Silence, for good. */
void tone_player_close(struct tone_player *player);

/* ---- phone_set.c: the methods of ITPhone that work the set ---------------------------------- */

HRESULT WINAPI phone_get_ButtonMode(ITPhone *iface, LONG button, PHONE_BUTTON_MODE *mode);
HRESULT WINAPI phone_put_ButtonMode(ITPhone *iface, LONG button, PHONE_BUTTON_MODE mode);
HRESULT WINAPI phone_get_ButtonFunction(ITPhone *iface, LONG button,
                                        PHONE_BUTTON_FUNCTION *function);
HRESULT WINAPI phone_put_ButtonFunction(ITPhone *iface, LONG button,
                                        PHONE_BUTTON_FUNCTION function);
HRESULT WINAPI phone_get_ButtonText(ITPhone *iface, LONG button, BSTR *text);
HRESULT WINAPI phone_put_ButtonText(ITPhone *iface, LONG button, BSTR text);
HRESULT WINAPI phone_get_ButtonState(ITPhone *iface, LONG button, PHONE_BUTTON_STATE *state);
HRESULT WINAPI phone_get_HookSwitchState(ITPhone *iface, PHONE_HOOK_SWITCH_DEVICE device,
                                         PHONE_HOOK_SWITCH_STATE *state);
HRESULT WINAPI phone_put_HookSwitchState(ITPhone *iface, PHONE_HOOK_SWITCH_DEVICE device,
                                         PHONE_HOOK_SWITCH_STATE state);
HRESULT WINAPI phone_put_RingMode(ITPhone *iface, LONG mode);
HRESULT WINAPI phone_get_RingMode(ITPhone *iface, LONG *mode);
HRESULT WINAPI phone_put_RingVolume(ITPhone *iface, LONG volume);
HRESULT WINAPI phone_get_RingVolume(ITPhone *iface, LONG *volume);
HRESULT WINAPI phone_get_LampMode(ITPhone *iface, LONG lamp, PHONE_LAMP_MODE *mode);
HRESULT WINAPI phone_put_LampMode(ITPhone *iface, LONG lamp, PHONE_LAMP_MODE mode);
HRESULT WINAPI phone_get_Display(ITPhone *iface, BSTR *text);
HRESULT WINAPI phone_SetDisplay(ITPhone *iface, LONG row, LONG column, BSTR text);
HRESULT WINAPI phone_DeviceSpecific(ITPhone *iface, BYTE *bytes, DWORD size);
HRESULT WINAPI phone_DeviceSpecificVariant(ITPhone *iface, VARIANT bytes);

/* Button information of an open phone; free() it. */
PHONEBUTTONINFO *phone_button_info(HPHONE handle, DWORD button, LONG *error);
PHONESTATUS *phone_status(HPHONE handle, LONG *error); /* free() it */

/* At the head of a getter: the output is there and empty, TAPI is initialized. */
#define PHONE_OUT(out)                                                                             \
    do {                                                                                           \
        HRESULT check_hr;                                                                          \
        if (!(out))                                                                                \
            return com_fail(E_POINTER, IID_HERE, NULL);                                            \
        memset((out), 0, sizeof(*(out)));                                                          \
        check_hr = tapi_check(self->tapi, IID_HERE);                                               \
        if (FAILED(check_hr))                                                                      \
            return check_hr;                                                                       \
    } while (0)

#endif
