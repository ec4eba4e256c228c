/*
 * client.h - an application with one line of fake.tsp open, and that provider under the test's
 * control (tests/engine/fake.h).
 */
#ifndef TESTS_TAPI2_CLIENT_H
#define TESTS_TAPI2_CLIENT_H

#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/engine/fake.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define LINE_ID 1 /* the device the tests use */
#define VERSION 0x00020002

extern struct fake *fake;

struct client {
    HLINEAPP app;
    HLINE line;
    HANDLE wake; /* event or completion port */
    DWORD devices;
};

/* Initializes with the option, negotiates VERSION for LINE_ID and opens it as owner. The messages
 * of an application with a hidden window go to `callback`. */
struct client client_open(DWORD option, LINECALLBACK callback);
void client_close(struct client *client);

/* Lets the provider send LINE_LINEDEVSTATE, which the application must have asked for; `value`
 * comes back as dwParam2. */
void client_ask_states(const struct client *client);
void provider_send_state(DWORD value);

#endif
