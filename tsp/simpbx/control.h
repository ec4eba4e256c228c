/*
 * control.h - the control object (simpbx.idl). dll.c makes one; control.c is the object itself, and
 * its methods stand in control_steer.c, control_exchange.c and control_phones.c.
 */
#ifndef SIMPBX_CONTROL_H
#define SIMPBX_CONTROL_H

#include <windows.h>

#include "simpbx.h"

/* A new control object. E_FAIL with error information when the exchange cannot be configured. */
HRESULT control_create(REFIID iid, void **out);
/* Lets go of the type information at unload. */
void control_unload(void);

/* --- control.c, for the methods --- */
/* Returns hr, with a sentence as error information. */
HRESULT control_fail(HRESULT hr, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* From the exchange's LINEERR_ to an HRESULT (FACILITY_ITF) and a sentence. */
HRESULT control_outcome(LONG result, const char *what, const char *who);
/* What the object sets has to be there when TAPI comes, though the object has gone by then: the
 * exchange is kept until Reset. The lock is held. */
void control_keep(void);
void control_keep_no_more(void);
HRESULT control_text_out(const char *text, size_t length, BSTR *out);
char *control_text_in(BSTR from); /* free it; NULL: no memory */
/* A property that is a number of the exchange. */
#define CONTROL_NUMBER(name, value)                                                                \
    HRESULT WINAPI control_get_##name(ISimPBX *iface, LONG *number)                                \
    {                                                                                              \
        (void)iface;                                                                               \
        if (!number)                                                                               \
            return E_POINTER;                                                                      \
        front_enter();                                                                             \
        *number = (LONG)(value);                                                                   \
        front_leave();                                                                             \
        return S_OK;                                                                               \
    }

/* --- control_steer.c --- */
HRESULT WINAPI control_get_Clock(ISimPBX *iface, BSTR *clock);
HRESULT WINAPI control_put_Clock(ISimPBX *iface, BSTR clock);
HRESULT WINAPI control_get_Now(ISimPBX *iface, LONG *ms);
HRESULT WINAPI control_Step(ISimPBX *iface, LONG ms);
HRESULT WINAPI control_StepToNext(ISimPBX *iface, LONG *ms);
HRESULT WINAPI control_Inject(ISimPBX *iface, BSTR from, BSTR fromName, BSTR to, LONG *callID);
HRESULT WINAPI control_Answer(ISimPBX *iface, VARIANT who);
HRESULT WINAPI control_Hangup(ISimPBX *iface, VARIANT who);
HRESULT WINAPI control_Reject(ISimPBX *iface, VARIANT who);
HRESULT WINAPI control_Digits(ISimPBX *iface, VARIANT who, BSTR digits);
HRESULT WINAPI control_FailNext(ISimPBX *iface, BSTR function, LONG error, LONG count);

/* --- control_exchange.c --- */
HRESULT WINAPI control_get_CompletionDelay(ISimPBX *iface, LONG *ms);
HRESULT WINAPI control_put_CompletionDelay(ISimPBX *iface, LONG ms);
HRESULT WINAPI control_get_Bandwidth(ISimPBX *iface, LONG *kbits);
HRESULT WINAPI control_put_Bandwidth(ISimPBX *iface, LONG kbits);
HRESULT WINAPI control_get_BandwidthInUse(ISimPBX *iface, LONG *kbits);
HRESULT WINAPI control_get_Parked(ISimPBX *iface, BSTR *text);
HRESULT WINAPI control_get_Calls(ISimPBX *iface, BSTR *text);
HRESULT WINAPI control_get_Log(ISimPBX *iface, BSTR *text);
HRESULT WINAPI control_get_LogFile(ISimPBX *iface, BSTR *path);
HRESULT WINAPI control_put_LogFile(ISimPBX *iface, BSTR path);
HRESULT WINAPI control_ClearLog(ISimPBX *iface);
HRESULT WINAPI control_Load(ISimPBX *iface, BSTR path);
HRESULT WINAPI control_LoadText(ISimPBX *iface, BSTR text);
HRESULT WINAPI control_Reset(ISimPBX *iface);
HRESULT WINAPI control_AddExtension(ISimPBX *iface, BSTR number, BSTR name);
HRESULT WINAPI control_SetOutside(ISimPBX *iface, BSTR number, BSTR behaviour);
HRESULT WINAPI control_get_Extensions(ISimPBX *iface, LONG *count);
HRESULT WINAPI control_SetLineStatus(ISimPBX *iface, BSTR number, BSTR status);

/* --- control_phones.c --- */
HRESULT WINAPI control_LiftHandset(ISimPBX *iface, BSTR who, BSTR device);
HRESULT WINAPI control_HangUpHandset(ISimPBX *iface, BSTR who, BSTR device);
HRESULT WINAPI control_PressButton(ISimPBX *iface, BSTR who, VARIANT button);
HRESULT WINAPI control_PhoneDisplay(ISimPBX *iface, BSTR who, BSTR *text);
HRESULT WINAPI control_PhoneLamp(ISimPBX *iface, BSTR who, VARIANT button, BSTR *mode);
HRESULT WINAPI control_PhoneHookSwitch(ISimPBX *iface, BSTR who, BSTR device, BSTR *mode);
HRESULT WINAPI control_PhoneRing(ISimPBX *iface, BSTR who, LONG *mode);
HRESULT WINAPI control_PlugPhone(ISimPBX *iface, BSTR who, VARIANT_BOOL connected);
HRESULT WINAPI control_AddPhone(ISimPBX *iface, BSTR who, BSTR plan);
HRESULT WINAPI control_get_Phones(ISimPBX *iface, LONG *count);

#endif
