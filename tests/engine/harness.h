/*
 * harness.h - an application in front of the engine, without tapi32: requests in one line each, and
 * the messages that come up, recorded in order.
 */
#ifndef TESTS_ENGINE_HARNESS_H
#define TESTS_ENGINE_HARNESS_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "engine/engine.h"
#include "tests/engine/fake.h"
#include "tests/support/test.h"

/* A recorded message, with a copy of its data. */
struct seen {
    struct engine_message message;
    BYTE data[128];
};

extern struct engine_session *session;
extern struct fake *fake;

/* The reply of the last request(); its data lives until the next one. */
extern struct engine_reply reply;

/* Carries out a request with these scalar arguments (end with nothing; missing ones are 0). */
#define REQUEST(op, ...) request(ENGINE_##op, (uint64_t[ENGINE_ARGS]){__VA_ARGS__}, NULL, 0)
LONG request(enum engine_op op, const uint64_t *arg, const void *in, uint32_t size);

/* Starts and ends an application; client is its mark in messages. */
DWORD app_open(uint64_t client, const WCHAR *module);
void app_end(DWORD app);
/* Opens a line with instance 0x100 + device. */
DWORD line_start(DWORD app, DWORD device, DWORD privileges, DWORD media_modes, DWORD version);

/* The next message that was not taken yet, waiting for it; fails the test where none comes. */
struct seen next_message(void);
/* Checks the next message. */
void expect_message(uint64_t client, DWORD message, DWORD device, uint64_t p1, uint64_t p2,
                    uint64_t p3);
/* True when nothing is waiting to be taken. */
BOOL no_message(void);

/* The provider's side. */
HTAPICALL fake_new_call(DWORD device, DWORD state);
void fake_call_state(DWORD device, HTAPICALL call, DWORD state);

/* Everything is gone: all of engine.h's counters but the duplicates are 0. */
void check_nothing_left(void);

#endif
