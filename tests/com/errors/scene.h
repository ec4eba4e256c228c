/*
 * scene.h - a program on every.tsp (tests/coverage), whose entries fail with what the test says: a
 * connected call, another one, a call that is being offered, and an open phone.
 */
#ifndef TESTS_COM_ERRORS_SCENE_H
#define TESTS_COM_ERRORS_SCENE_H

#include "tests/com/client.h"
/* The C API's coverage has structures of these names; TAPI 3's enumerations are meant here. */
#define PHONE_BUTTON_MODE     every_button_mode
#define PHONE_BUTTON_FUNCTION every_button_function
#define PHONE_LAMP_MODE       every_lamp_mode
#include "tests/coverage/every.h"
#undef PHONE_BUTTON_MODE
#undef PHONE_BUTTON_FUNCTION
#undef PHONE_LAMP_MODE

struct scene {
    struct client *client;
    struct every *provider;
    ITAddress2 *address;
    ITBasicCallControl2 *call, *other, *offered;
    ITPhone *phone;
};

extern struct scene scene;

void scene_open(void);
void scene_close(void);

/* One method and the entry of the provider that stands behind it. */
struct action {
    const char *name; /* ITFoo::Method */
    enum every_entry entry;
    BOOL async;
    const IID *iid;
    HRESULT (*run)(void);
    BOOL reads; /* a structure of variable size */
};
extern const struct action line_actions[], phone_actions[];
extern const unsigned line_action_count, phone_action_count;

struct code {
    const char *name;
    LONG error;
    HRESULT hr;
};
extern const struct code codes[]; /* codes.h */
extern const unsigned code_count;

/* What the thread's IErrorInfo holds; takes it. FALSE: nothing. */
struct sentence {
    char text[512], source[64];
    GUID iid;
};
BOOL sentence_take(struct sentence *sentence);

#endif
