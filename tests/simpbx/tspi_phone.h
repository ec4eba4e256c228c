/*
 * tspi_phone.h - the phones of simpbx.tsp driven through TSPI by a TAPI made of tspi_phone.c: a
 * desk set at 101, which is open, and a small one at 102; line 101 is open, 103 has no phone.
 * Everything comes on the test's thread (the clock is stepped) and is written down as text.
 */
#ifndef TESTS_SIMPBX_TSPI_PHONE_H
#define TESTS_SIMPBX_TSPI_PHONE_H

#include "provider.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#define TSPI_PHONE_ENTRIES(X)                                                                      \
    X(providerEnumDevices)                                                                         \
    X(providerInit)                                                                                \
    X(providerShutdown)                                                                            \
    X(providerCreatePhoneDevice)                                                                   \
    X(lineOpen)                                                                                    \
    X(lineAnswer)                                                                                  \
    X(lineHold)                                                                                    \
    X(lineMakeCall)                                                                                \
    X(lineDrop)                                                                                    \
    X(lineGetDevCaps)                                                                              \
    X(lineGetID)                                                                                   \
    X(phoneClose)                                                                                  \
    X(phoneDevSpecific)                                                                            \
    X(phoneGetButtonInfo)                                                                          \
    X(phoneGetData)                                                                                \
    X(phoneGetDevCaps)                                                                             \
    X(phoneGetDisplay)                                                                             \
    X(phoneGetExtensionID)                                                                         \
    X(phoneGetGain)                                                                                \
    X(phoneGetHookSwitch)                                                                          \
    X(phoneGetID)                                                                                  \
    X(phoneGetIcon)                                                                                \
    X(phoneGetLamp)                                                                                \
    X(phoneGetRing)                                                                                \
    X(phoneGetStatus)                                                                              \
    X(phoneGetVolume)                                                                              \
    X(phoneNegotiateExtVersion)                                                                    \
    X(phoneNegotiateTSPIVersion)                                                                   \
    X(phoneOpen)                                                                                   \
    X(phoneSelectExtVersion)                                                                       \
    X(phoneSetButtonInfo)                                                                          \
    X(phoneSetData)                                                                                \
    X(phoneSetDisplay)                                                                             \
    X(phoneSetGain)                                                                                \
    X(phoneSetHookSwitch)                                                                          \
    X(phoneSetLamp)                                                                                \
    X(phoneSetRing)                                                                                \
    X(phoneSetStatusMessages)                                                                      \
    X(phoneSetVolume)

struct tspi_phone_entries {
#define X(name) __typeof__(TSPI_##name) *name;
    TSPI_PHONE_ENTRIES(X)
#undef X
};
extern struct tspi_phone_entries tsp;

#define LINE_BASE  10
#define PHONE_BASE 20
#define STALE      ((HDRVPHONE)(ULONG_PTR)0x7FF00001)
#define ERR(name)  ((LONG)PHONEERR_##name)
/* The buttons of a phone with four call appearances. */
#define CALL_1  12u
#define HOLD    16u
#define MESSAGE 21u
#define FREE_1  22u
#define LOUDER  26u
#define BUTTONS 28u

extern DWORD request; /* the number given last */
extern HDRVLINE line;
extern HDRVCALL last_new; /* of LINE_NEWCALL */
extern HDRVPHONE phone;

/* TEST_BEFORE and TEST_AFTER of each file. */
void tspi_phone_load(void);
void tspi_phone_unload(void);
void start(DWORD version);
/* All that was written down since the last time. */
const char *heard(void);
#define EXPECT(text) CHECK_STR(heard(), text)
void CALLBACK on_phone(HTAPIPHONE htphone, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);

/* What a hand does at a phone: hand(do_press, L"101", L"5"). */
typedef HRESULT deed(BSTR who, BSTR what);
HRESULT hand(deed *act, const WCHAR *who, const WCHAR *what);
deed do_lift, do_hang_up, do_press, do_display, do_lamp, do_hook, do_plug, do_add;
/* What the eye sees at Alice's phone. */
const char *see(deed *look, const WCHAR *what);
#define LIFT()     CHECK_EQ(hand(do_lift, L"101", L"handset"), S_OK)
#define HANG_UP()  CHECK_EQ(hand(do_hang_up, L"101", L"handset"), S_OK)
#define PRESS(key) CHECK_EQ(hand(do_press, L"101", key), S_OK)
/* Somebody outside calls Alice: the call's number. */
LONG inject(void);

#endif
