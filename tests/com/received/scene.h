/*
 * scene.h - a program and the world around it, in steps: each causes something through a provider
 * and says which events must come of it, as text. The C sinks (receiver.h) and the script
 * (tests/script/received.vbs) receive the same scene and write the events in the same words:
 *
 *     ITAddressEvent Address=71 Event=2 Terminal=wrongevent
 *
 * the interface, then each property in vtable order: numbers as they are, texts in quotes; of an
 * address its number ("?" of one that was removed), of a call the caller's, of TAPI and a call hub
 * only that they are one, of the rest its Name; "nothing" is NULL, "wrongevent" TAPI_E_WRONGEVENT.
 * Several events of a step stand in lines of their own.
 *
 * One scene at a time in a process. Nothing here uses the test macros: the script's host has none.
 */
#ifndef TESTS_COM_RECEIVED_SCENE_H
#define TESTS_COM_RECEIVED_SCENE_H

#include <windows.h>

#include "tests/com/received/stage.h"

/* TE_CALLHUB, which would bring events of every call, is set from the step of call hubs on. */
#define SCENE_FILTER                                                                               \
    (TE_TAPIOBJECT | TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA | TE_CALLHUB | \
     TE_CALLINFOCHANGE | TE_PRIVATE | TE_REQUEST | TE_QOSEVENT | TE_FILETERMINAL | TE_DIGITEVENT | \
     TE_GENERATEEVENT | TE_GATHERDIGITS | TE_TONEEVENT | TE_ADDRESSDEVSPECIFIC | TE_ASRTERMINAL |  \
     TE_TTSTERMINAL | TE_TONETERMINAL)

/* What RegisterCallNotifications and RegisterRequestRecipient were told. */
#define SCENE_INSTANCE 77 /* of the first address; 78: of the second */
#define SCENE_REQUESTS 99

struct scene {
    struct stage *stage;
    ITTAPI *tapi;
    LONG filter;
    ITAddress *first, *second;
    ITCallInfo *call;   /* the newest one that was announced; ours */
    const char *failed; /* what a step could not do */
    LONG registered[2];
    HMODULE provider;
    DWORD class_cookie;
    HLINEAPP other_app; /* another program */
    HLINE other_line;
    HCALL other_call;
};
extern struct scene scene;

/* In the thread that the steps are caused in: the class of the media provider, for this apartment,
 * and stage.tsp. False: it is not there. */
BOOL scene_prepare(void);
/* Only finds the addresses of an initialized TAPI, and brings the media provider to life. */
BOOL scene_find(ITTAPI *tapi);
/* tapi is initialized, and its sink advised: sets the filter, registers both addresses. */
BOOL scene_begin(ITTAPI *tapi, LONG filter);
/* Before Shutdown: lets go of everything. */
void scene_end(void);
/* After it. */
void scene_forget(void);

/* A sink was told of a new call: keep it, until the step that ends it. Any thread. */
void scene_keep(ITCallInfo *call);
/* Gives it to the caller, who releases it; NULL: there is none. */
ITCallInfo *scene_take_call(void);

unsigned scene_step_count(void);
const char *scene_name(unsigned step);
void scene_cause(unsigned step);
/* A call that stays comes with it. */
BOOL scene_makes_call(unsigned step);
/* The events of the step, as text; lives until the next call. */
const char *scene_expected(unsigned step);

/* ---- for scene_steps.c: the causes, in scene.c ---- */

struct step {
    const char *name;
    void (*cause)(const struct step *step);
    DWORD a, b, c;
    const char *expected; /* %ld: the numbers, in order */
    LONG numbers[4];
};

void cause_line_state(const struct step *step);
void cause_address_state(const struct step *step);
void cause_call(const struct step *step);
void cause_new_call(const struct step *step);
void cause_end_of_call(const struct step *step);
void cause_call_info(const struct step *step);
void cause_call_message(const struct step *step);
void cause_line_message(const struct step *step);
void cause_hub(const struct step *step);
void cause_create(const struct step *step);
void cause_remove(const struct step *step);
void cause_media_heard(const struct step *step);
void cause_digit(const struct step *step);
void cause_generated(const struct step *step);
void cause_gathered(const struct step *step);
void cause_tone(const struct step *step);
void cause_request(const struct step *step);
void cause_other_calls(const struct step *step);
void cause_other_hands_over(const struct step *step);
void cause_other_leaves(const struct step *step);
void cause_address_media(const struct step *step);
void cause_call_media(const struct step *step);
void cause_file_terminal(const struct step *step);
void cause_private(const struct step *step);
void cause_terminal(const struct step *step);

#endif
