/* phone.h - a COM program at a desk set: a client (tests/com/client.h) that also writes down what
 * phones tell, as text: "hook 1 8", "button 5 down", "lamp 12", "ring 2", "display", "number 123",
 * "dialing", "answer", "disconnect", "close", "caps", "ringvolume", "specific 1 2 3", "create",
 * "remove" ("create mine": of the desk's own phone). Every property of each event is checked. */
#ifndef TESTS_COM_PHONE_H
#define TESTS_COM_PHONE_H

#include "tests/com/client.h"

struct desk {
    struct client *client;
    ITPhone *phone;
    ITAutomatedPhoneControl *control;
    SRWLOCK lock;
    char events[256][64];
    unsigned count, read;
};

/* The buttons of a phone with four call appearances. */
enum { KEY_5 = 5, CALL_1 = 12, HOLD = 16, SPEAKER = 24, MUTE, LOUDER, SOFTER };

/* The phone of an extension, and events of phones; not open yet. line: also an Address, may be
 * NULL. */
struct desk *desk_open(const WCHAR *extension, const WCHAR *line);
void desk_close(struct desk *desk);
/* Waits until such an event has come, from the first unread on; reads up to it. */
bool desk_wait(struct desk *desk, const char *event);
/* Was it ever seen? */
bool desk_has(struct desk *desk, const char *event);
/* Waits until the phone is not open any more. */
bool desk_wait_closed(struct desk *desk);
/* What people do. */
void desk_lift(const WCHAR *who);
void desk_hang_up(const WCHAR *who);
void desk_press(const WCHAR *who, const WCHAR *button);
LONG desk_ring(const WCHAR *who);
/* Waits until the phone of `who` rings so; false: in vain. */
bool desk_wait_ring(const WCHAR *who, LONG mode);

/* What the sink does with each event (properties.c). */
void phone_check_event(IDispatch *event);
void phone_check_device_event(IDispatch *event, LONG parameters[3]);

#endif
