/*
 * storm.h - an hour of an exchange at random: several applications do legal and illegal things, and
 * afterwards everything must be where it began. All draws come from the seed, so that a seed can be
 * run again (the exchange's own threads, where a delayed completion uses one, are not drawn).
 */
#ifndef TESTS_STORM_STORM_H
#define TESTS_STORM_STORM_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <tapi.h>

#define STORM_APPS   3
#define STORM_LINES  4 /* each application's; more than one of them may be on the same device */
#define STORM_CALLS  24
#define STORM_PHONES 3

struct storm_app {
    HLINEAPP handle;
    HANDLE event;
    HLINE lines[STORM_LINES];
    struct {
        HCALL call;
        DWORD state, privilege;
    } calls[STORM_CALLS]; /* the latest it heard of, also those that have ended */
    unsigned next_call;
    HPHONEAPP phone_handle;
    HPHONE phones[STORM_PHONES];
    uint32_t *pending; /* requests without a LINE_REPLY or PHONE_REPLY yet */
    unsigned pending_count, pending_room;
};

struct storm {
    uint64_t random;
    struct storm_app apps[STORM_APPS];
    HCALL made[2]; /* where asynchronous requests write; nothing depends on what */
    DWORD written;
    struct {
        VARSTRING string;
        BYTE room[64];
    } parked;
    WCHAR digits[16];
    BYTE device_specific[8];
    uint64_t requests, refused, replies, messages;
};

/* A step of the generator; 0 .. below-1. */
uint32_t storm_draw(struct storm *storm, uint32_t below);
#define STORM_ONE_OF(storm, list) ((list)[storm_draw((storm), ARRAYSIZE(list))])

/* A handle for the next operation: mostly one that was given out, sometimes none or nonsense. */
struct storm_app *storm_app(struct storm *storm);
HLINE storm_line(struct storm *storm, struct storm_app *app);
/* One in one of these LINECALLSTATE_, preferably; 0: whatever the state. */
HCALL storm_call(struct storm *storm, struct storm_app *app, DWORD states);

/* operations.c: does something; at the application's own risk. */
void storm_operate(struct storm *storm);
/* Opens whatever the application has not open. */
void storm_app_open(struct storm *storm, struct storm_app *app);
void storm_app_shutdown(struct storm_app *app);
/* What a function returned: an error has to be one of TAPI's; a request is awaited. */
void storm_result(struct storm *storm, struct storm_app *app, LONG result, const char *function);

/* phone_operations.c: the same for phones. */
void storm_phone_operate(struct storm *storm, struct storm_app *app);
void storm_phones_open(struct storm *storm, struct storm_app *app);
void storm_phones_shutdown(struct storm_app *app);

/* What operations are written with: an operation draws its arguments from `s`, for application `a`.
 */
#define DRAW(n)   storm_draw(s, (n))
#define MAYBE(x)  (DRAW(2) ? (x) : NULL)
#define FLAG(max) (DRAW(10) ? 1u << DRAW(max) : DRAW(UINT32_MAX))
/* Calls a TAPI function; the compiler orders the draws among its arguments. */
#define RUN(function, ...) storm_result(s, a, function(__VA_ARGS__), #function)
#define OPERATION(name)    static void op_##name(struct storm *s, struct storm_app *a)

/* control.c: the simulated exchange's control object, late-bound. Each letter of types is an
 * argument: i an int, s a const WCHAR *. Failures are the exchange's business, and ignored. */
LONG storm_exchange(const WCHAR *method, const char *types, ...);
void storm_exchange_set(const WCHAR *property, LONG value);
void storm_exchange_end(void);

/* Says what is wrong, and counts it. */
void storm_failure(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
