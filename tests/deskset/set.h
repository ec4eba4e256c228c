/*
 * set.h - an application at a desk set: it opens the phone of an extension and writes down what it
 * is told, as a few words a message: "handset micspeaker", "ring 2", "lamp 12 wink", "display",
 * "button 5 down", "reply ok". What people do at the set goes through the exchange (tests/tapi2).
 */
#ifndef TESTS_DESKSET_SET_H
#define TESTS_DESKSET_SET_H

#include <windows.h>
#include <tapi.h>

#include "tests/support/agent.h"
#include "tests/support/test.h"
#include "tests/tapi2/exchange.h"

#define VERSION 0x00020002

/* The buttons of a phone with four call appearances. */
enum {
    KEY_STAR = 10,
    KEY_HASH,
    CALL_1,
    CALL_2,
    HOLD = 16,
    TRANSFER,
    CONFERENCE,
    DROP,
    REDIAL,
    MESSAGE,
    FREE_1,
    SPEAKER = 24,
    MUTE,
    LOUDER,
    SOFTER,
    BUTTONS
};

struct set {
    HPHONEAPP app;
    HPHONE phone;
    DWORD device;
    HANDLE event;
};

/* Opens the phone of the agent's line, as lineGetID names it, and asks for every message. */
void set_open(struct set *set, struct agent *agent, DWORD privilege);
void set_close(struct set *set);
/* Exactly these come, in this order. */
#define SET_EXPECT(set, ...)                                                                       \
    set_expect((set), __FILE__, __LINE__, (const char *const[]){__VA_ARGS__, NULL})
void set_expect(struct set *set, const char *file, int line, const char *const *expected);
/* Takes what has come, whatever it is. */
void set_skip(struct set *set);
/* A row of the display, without the blanks at its end. */
const char *set_row(struct set *set, DWORD row);
DWORD set_lamp(struct set *set, DWORD button);
DWORD set_hook(struct set *set); /* PHONEHOOKSWITCHDEV_ that are off hook */

/* Somebody at the phone of `who`. */
void lift(const WCHAR *who);
void hang_up(const WCHAR *who);
void press(const WCHAR *who, const WCHAR *button);
/* Presses keys, one after the other. */
void dial(const WCHAR *who, const WCHAR *keys);

#endif
