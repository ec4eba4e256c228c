/*
 * tspi.h - simpbx.tsp driven through TSPI by a TAPI made of tspi.c, on a stepped clock. Its lines
 * are 101, 102, 103 and two that may come later; line[0] is 101's.
 *
 * What TAPI is told is written down as text: "101 new call 1; 101/1 state 2; 3 done".
 */
#ifndef TESTS_SIMPBX_TSPI_H
#define TESTS_SIMPBX_TSPI_H

#include "provider.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "tsp/simpbx/audio_port.h"

#define TSPI_TEST_ENTRIES(X)                                                                       \
    X(lineNegotiateTSPIVersion)                                                                    \
    X(providerEnumDevices)                                                                         \
    X(providerInit)                                                                                \
    X(providerShutdown)                                                                            \
    X(providerCreateLineDevice)                                                                    \
    X(lineOpen)                                                                                    \
    X(lineClose)                                                                                   \
    X(lineCloseCall)                                                                               \
    X(lineMakeCall)                                                                                \
    X(lineAnswer)                                                                                  \
    X(lineDrop)                                                                                    \
    X(lineHold)                                                                                    \
    X(lineUnhold)                                                                                  \
    X(lineSetupTransfer)                                                                           \
    X(lineCompleteTransfer)                                                                        \
    X(lineDial)                                                                                    \
    X(linePark)                                                                                    \
    X(lineUnpark)                                                                                  \
    X(lineForward)                                                                                 \
    X(lineGetAddressStatus)                                                                        \
    X(lineGetDevCaps)                                                                              \
    X(lineGetAddressCaps)                                                                          \
    X(lineGetCallInfo)                                                                             \
    X(lineGetCallStatus)                                                                           \
    X(lineGetAddressID)                                                                            \
    X(lineGetID)                                                                                   \
    X(lineSetStatusMessages)                                                                       \
    X(lineSetCallQualityOfService)                                                                 \
    X(lineGenerateDigits)                                                                          \
    X(lineGatherDigits)                                                                            \
    X(lineMSPIdentify)                                                                             \
    X(lineCreateMSPInstance)                                                                       \
    X(lineCloseMSPInstance)                                                                        \
    X(lineReceiveMSPData)

struct tspi_entries {
#define X(name) __typeof__(TSPI_##name) *name;
    TSPI_TEST_ENTRIES(X)
#undef X
};
extern struct tspi_entries tsp;

#define LINES 5

extern DWORD next_request, next_htcall; /* the numbers given last */
extern HDRVLINE line[LINES];
extern HDRVCALL last_new[LINES];              /* of LINE_NEWCALL */
extern struct audio_port_offer offers[LINES]; /* of LINE_SENDMSPDATA, under the lock */
extern CRITICAL_SECTION lock;
extern HANDLE noted; /* set after each thing written down and each offer */
extern const WCHAR office[];

/* TEST_BEFORE and TEST_AFTER of each file. */
void tspi_load(void);
void tspi_unload(void);
/* The exchange with this configuration; all three lines open. */
void start_with(DWORD version, const WCHAR *config);
void start(void);
void step(LONG ms);
/* Waits until the text is among what was written down. */
void await(const char *text);
/* All that was written down since the last time. */
const char *heard(void);
#define EXPECT(text) CHECK_STR(heard(), text)

HDRVCALL make(int from, const WCHAR *number);
LONG drop(HDRVCALL call);
void CALLBACK on_event(HTAPILINE htline, HTAPICALL htcall, DWORD message, DWORD_PTR p1,
                       DWORD_PTR p2, DWORD_PTR p3);

#endif
