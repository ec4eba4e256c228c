/*
 * client.h - applications of phones: each reads its messages with phoneGetMessage, or has them put
 * into its list by a callback or a completion port; and desk.tsp under the test's control.
 */
#ifndef TESTS_PHONES_CLIENT_H
#define TESTS_PHONES_CLIENT_H

#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/phones/desk.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define SET     1 /* the phone that the tests use */
#define VERSION 0x00020002

extern struct desk *desk;

/* phoneInitializeExW with an event and that friendly name and version; negotiates versions 1.3 to
 * `version` for all phones. */
HPHONEAPP app_start(const WCHAR *name, DWORD version);
void app_end(HPHONEAPP app);
/* phoneOpen of SET, with 0x100 + privilege as callback instance. */
HPHONE set_open(HPHONEAPP app, DWORD version, DWORD privilege);

/* The next message is this one. */
#define EXPECT_MESSAGE(app, message, phone, p1, p2, p3)                                            \
    expect_message((app), (message), (DWORD)(UINT_PTR)(phone), (p1), (p2), (p3), __FILE__, __LINE__)
void expect_message(HPHONEAPP app, DWORD message, DWORD device, DWORD_PTR p1, DWORD_PTR p2,
                    DWORD_PTR p3, const char *file, int line);
/* The next message is the PHONE_REPLY of that request; its result. */
LONG expect_reply(HPHONEAPP app, LONG request);
/* There is no message. What could send one has done so before. */
#define EXPECT_SILENCE(app) expect_silence((app), __FILE__, __LINE__)
void expect_silence(HPHONEAPP app, const char *file, int line);
/* A request that is answered with success. */
#define DO(app, call)                                                                              \
    do {                                                                                           \
        LONG request_ = (call);                                                                    \
        CHECK(request_ > 0);                                                                       \
        CHECK_EQ(expect_reply((app), request_), 0);                                                \
    } while (0)

/* What is alive right now. */
struct open_tapi_counters counters(void);

#endif
