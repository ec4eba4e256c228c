/* sets.h - desk.tsp (tests/phones/desk.h) for the tests of COM, beside simpbx: its first set
 * belongs to the line of extension 101. What a set does is what the test says. */
#ifndef TESTS_COM_PHONE_SETS_H
#define TESTS_COM_PHONE_SETS_H

#include <windows.h>
#include <tapi.h>

#define SETS        3  /* at first */
#define SET_BUTTONS 14 /* and lamps */
#define SET_RINGS   3

enum set_answer {
    SET_WORKS,
    SET_REFUSES,      /* a request: PHONEERR_RESOURCEUNAVAIL at once */
    SET_FAILS,        /* the same, as the reply */
    SET_BROKEN,       /* a question: PHONEERR_INVALPHONESTATE */
    SET_OUTSIDE,      /* a question: parts of the structure lie outside of it */
    SET_COUNTS,       /* arrays are shorter than their count */
    SET_NEVER_ENOUGH, /* no buffer is large enough */
    SET_POSITIVE,     /* 1 */
};

/* Before a program starts. sound: the sets have the wave devices 0. FALSE: desk.tsp is not there.
 */
BOOL sets_load(BOOL sound);
void sets_unload(void);
void sets_answer(enum set_answer answer);

/* They have neither speaker nor headset, and no ring that a program could start. */
void sets_only_handset(void);

/* A message of the first set, which is open. */
void set_says(DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
/* PHONE_STATE: the handset. */
void set_lift(void);
void set_hang_up(void);
/* PHONE_BUTTON, of a button that is in this mode and has this function. */
void set_button(unsigned button, DWORD mode, DWORD function);
void set_press(unsigned button);
void set_let_go(unsigned button);
DWORD set_volume(void); /* of its handset */
/* Called in the provider after a lamp was set; NULL: nothing. */
void set_on_lamp(void (*changed)(DWORD lamp));

/* PHONE_CREATE, and PHONE_REMOVE of one of the sets. */
void sets_add(void);
void sets_remove(unsigned which);

#endif
