/* phone_control.c - the methods and properties of ITAutomatedPhoneControl. What comes of them is
 * decided by phone_logic.c and done by phone_auto.c. */
#include <stdlib.h>
#include <string.h>

#include "objects/phone.h"

COM_DISPATCH_METHODS(automatic, phone, ITAutomatedPhoneControl, ITAutomatedPhoneControl_iface)

#define IID_HERE (&IID_ITAutomatedPhoneControl)

/* ---- tones and rings ----------------------------------------------------------------------- */

/* An owner's open phone, or the error. */
#define OWNED(self)                                                                                \
    do {                                                                                           \
        HPHONE owned_handle;                                                                       \
        HRESULT owned_hr = phone_check_owner(self, IID_HERE, &owned_handle);                       \
        if (FAILED(owned_hr))                                                                      \
            return owned_hr;                                                                       \
    } while (0)

static HRESULT WINAPI automatic_StartTone(ITAutomatedPhoneControl *iface, PHONE_TONE tone,
                                          LONG duration)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    BOOL able;

    OWNED(self);
    if ((unsigned)tone > PT_SILENCE || duration < 0)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_TONE, or %ld no duration.",
                        (int)tone, duration);
    AcquireSRWLockExclusive(&self->lock);
    able = self->player || tone == PT_SILENCE;
    if (able)
        phone_logic_start_tone(&self->logic, tone, duration, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    if (!able)
        return com_fail(TAPI_E_NOTSUPPORTED, IID_HERE,
                        "The phone has no sound device (wave/out) to play tones on.");
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_StopTone(ITAutomatedPhoneControl *iface)
{
    return automatic_StartTone(iface, PT_SILENCE, 0);
}

static HRESULT WINAPI automatic_get_Tone(ITAutomatedPhoneControl *iface, PHONE_TONE *tone)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(tone);
    *tone = PT_SILENCE;
    OWNED(self);
    AcquireSRWLockShared(&self->lock);
    if (self->player)
        *tone = (PHONE_TONE)self->logic.tone;
    ReleaseSRWLockShared(&self->lock);
    return S_OK;
}

static HRESULT WINAPI automatic_StartRinger(ITAutomatedPhoneControl *iface, LONG mode,
                                            LONG duration)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    PHONECAPS *caps;
    LONG error, modes;

    OWNED(self);
    caps = phone_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The phone's rings are not known");
    modes = caps->dwNumRingModes;
    free(caps);
    if (!modes)
        return com_fail(TAPI_E_NOTSUPPORTED, IID_HERE, "Programs cannot make this phone ring.");
    if (mode < 0 || mode > modes || duration < 0)
        return com_fail(E_INVALIDARG, IID_HERE,
                        "The phone's ring modes are 1 to %ld; a duration is not negative.", modes);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_start_ring(&self->logic, mode ? mode : 1, duration, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_StopRinger(ITAutomatedPhoneControl *iface)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    OWNED(self);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_stop_ring(&self->logic);
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_get_Ringer(ITAutomatedPhoneControl *iface, VARIANT_BOOL *ringing)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(ringing);
    OWNED(self);
    AcquireSRWLockShared(&self->lock);
    *ringing = self->logic.ringing ? VARIANT_TRUE : VARIANT_FALSE;
    ReleaseSRWLockShared(&self->lock);
    return S_OK;
}

/* ---- properties ---------------------------------------------------------------------------- */

static HRESULT WINAPI automatic_put_PhoneHandlingEnabled(ITAutomatedPhoneControl *iface,
                                                         VARIANT_BOOL enable)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    OWNED(self);
    phone_selected_review(self);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_enable(&self->logic, enable != VARIANT_FALSE, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

#define GET_SETTING(name, type, to, field)                                                         \
    static HRESULT WINAPI automatic_get_##name(ITAutomatedPhoneControl *iface, type *value)        \
    {                                                                                              \
        struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);                       \
                                                                                                   \
        PHONE_OUT(value);                                                                          \
        OWNED(self);                                                                               \
        AcquireSRWLockShared(&self->lock);                                                         \
        *value = to(self->logic.settings.field);                                                   \
        ReleaseSRWLockShared(&self->lock);                                                         \
        return S_OK;                                                                               \
    }
#define PUT_SETTING(name, type, fits, from, field)                                                 \
    static HRESULT WINAPI automatic_put_##name(ITAutomatedPhoneControl *iface, type value)         \
    {                                                                                              \
        struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);                       \
                                                                                                   \
        OWNED(self);                                                                               \
        if (!(fits))                                                                               \
            return com_fail(E_INVALIDARG, IID_HERE, NULL);                                         \
        AcquireSRWLockExclusive(&self->lock);                                                      \
        self->logic.settings.field = from(value);                                                  \
        ReleaseSRWLockExclusive(&self->lock);                                                      \
        return S_OK;                                                                               \
    }
#define TO_BOOL(value)   ((value) ? VARIANT_TRUE : VARIANT_FALSE)
#define FROM_BOOL(value) ((value) != VARIANT_FALSE)
#define SAME(value)      (value)
#define SWITCH(name, field)                                                                        \
    PUT_SETTING(name, VARIANT_BOOL, TRUE, FROM_BOOL, field)                                        \
    GET_SETTING(name, VARIANT_BOOL, TO_BOOL, field)
/* Times in ms, the step in volume's own units. */
#define NUMBER(name, lowest, highest, field)                                                       \
    PUT_SETTING(name, LONG, value >= (lowest) && value <= (highest), SAME, field)                  \
    GET_SETTING(name, LONG, SAME, field)

GET_SETTING(PhoneHandlingEnabled, VARIANT_BOOL, TO_BOOL, handling)
NUMBER(AutoEndOfNumberTimeout, 0, MAXLONG, number_timeout)
SWITCH(AutoDialtone, dialtone)
SWITCH(AutoStopTonesOnOnHook, stop_tones)
SWITCH(AutoStopRingOnOffHook, stop_ring)
SWITCH(AutoKeypadTones, keypad_tones)
NUMBER(AutoKeypadTonesMinimumDuration, 0, MAXLONG, keypad_minimum)
SWITCH(AutoVolumeControl, volume_control)
NUMBER(AutoVolumeControlStep, 1, 0xFFFF, volume_step)
NUMBER(AutoVolumeControlRepeatDelay, 1, MAXLONG, volume_delay)
NUMBER(AutoVolumeControlRepeatPeriod, 1, MAXLONG, volume_period)

/* ---- SelectCall ---------------------------------------------------------------------------- */

/* The phone's own microphone and speaker become the call's. */
static HRESULT select_terminals(struct phone *self, struct call *call)
{
    ITBasicCallControl2 *control = &call->ITBasicCallControl2_iface;
    IEnumTerminal *terminals = NULL;
    struct com_list *list;
    ITTerminal *terminal;
    HRESULT hr;

    hr = phone_list_terminals(self, (ITAddress *)&call->address->ITAddress2_iface, &list);
    if (SUCCEEDED(hr))
        hr = objects_enumerate(list, &IID_IEnumTerminal, (void **)&terminals, IID_HERE);
    while (SUCCEEDED(hr) && IEnumTerminal_Next(terminals, 1, &terminal, NULL) == S_OK) {
        hr = ITBasicCallControl2_SelectTerminalOnCall(control, terminal);
        ITTerminal_Release(terminal);
    }
    if (terminals)
        IEnumTerminal_Release(terminals);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT find_call(struct phone *self, ITCallInfo *info, struct call **call)
{
    *call = NULL;
    OWNED(self);
    if (!info)
        return com_fail(E_POINTER, IID_HERE, "A Call object is needed.");
    *call = call_from(info);
    if (!*call || call_tapi(*call) != self->tapi)
        return com_fail(E_INVALIDARG, IID_HERE, "The Call is not one of this TAPI object.");
    return S_OK;
}

static HRESULT WINAPI automatic_SelectCall(ITAutomatedPhoneControl *iface, ITCallInfo *info,
                                           VARIANT_BOOL default_terminals)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    struct call *call;
    HRESULT selected, hr = find_call(self, info, &call);

    if (FAILED(hr))
        return hr;
    if (phone_call_state(call) == CS_DISCONNECTED)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE, "The call has ended.");
    hr = selected = phone_select(self, call);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    if (default_terminals)
        hr = select_terminals(self, call);
    if (FAILED(hr)) {
        if (selected == S_OK)
            phone_unselect(self, call);
        return hr;
    }
    /* It may ring already, or have ended just now. */
    phone_auto_call(self, phone_call_state(call), CEC_NONE);
    return S_OK;
}

static HRESULT WINAPI automatic_UnselectCall(ITAutomatedPhoneControl *iface, ITCallInfo *info)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    struct call *call;
    HRESULT hr = find_call(self, info, &call);

    if (FAILED(hr))
        return hr;
    if (!phone_unselect(self, call))
        return com_fail(TAPI_E_CALLNOTSELECTED, IID_HERE, NULL);
    phone_auto_call(self, CS_DISCONNECTED, CEC_NONE); /* as far as the phone knows */
    return S_OK;
}

static struct com_list *list_selected(struct phone *self)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    unsigned count, i;
    struct call **calls = phone_selected(self, &count);
    BOOL fits = list && calls;

    for (i = 0; i < count && fits; i++)
        fits = com_list_add_object(list, &calls[i]->com.IUnknown_iface);
    phone_selected_free(calls, count);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT WINAPI automatic_EnumerateSelectedCalls(ITAutomatedPhoneControl *iface,
                                                       IEnumCall **out)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(out);
    OWNED(self);
    return objects_enumerate(list_selected(self), &IID_IEnumCall, (void **)out, IID_HERE);
}

static HRESULT WINAPI automatic_get_SelectedCalls(ITAutomatedPhoneControl *iface, VARIANT *out)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(out);
    OWNED(self);
    return objects_collection(list_selected(self), out, IID_HERE);
}

const ITAutomatedPhoneControlVtbl phone_control_vtable = {
    COM_DISPATCH_VTABLE(automatic),
    automatic_StartTone,
    automatic_StopTone,
    automatic_get_Tone,
    automatic_StartRinger,
    automatic_StopRinger,
    automatic_get_Ringer,
    automatic_put_PhoneHandlingEnabled,
    automatic_get_PhoneHandlingEnabled,
    automatic_put_AutoEndOfNumberTimeout,
    automatic_get_AutoEndOfNumberTimeout,
    automatic_put_AutoDialtone,
    automatic_get_AutoDialtone,
    automatic_put_AutoStopTonesOnOnHook,
    automatic_get_AutoStopTonesOnOnHook,
    automatic_put_AutoStopRingOnOffHook,
    automatic_get_AutoStopRingOnOffHook,
    automatic_put_AutoKeypadTones,
    automatic_get_AutoKeypadTones,
    automatic_put_AutoKeypadTonesMinimumDuration,
    automatic_get_AutoKeypadTonesMinimumDuration,
    automatic_put_AutoVolumeControl,
    automatic_get_AutoVolumeControl,
    automatic_put_AutoVolumeControlStep,
    automatic_get_AutoVolumeControlStep,
    automatic_put_AutoVolumeControlRepeatDelay,
    automatic_get_AutoVolumeControlRepeatDelay,
    automatic_put_AutoVolumeControlRepeatPeriod,
    automatic_get_AutoVolumeControlRepeatPeriod,
    automatic_SelectCall,
    automatic_UnselectCall,
    automatic_EnumerateSelectedCalls,
    automatic_get_SelectedCalls,
};
