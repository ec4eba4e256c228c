/*
 * client.h - a COM program in a test: one TAPI object, an Address, and a sink that writes down
 * every event. It lives in the apartment its thread entered with com_enter.
 *
 *     com_enter(COM_MTA);
 *     struct client *a = client_open("101");
 *     ITBasicCallControl *call = client_call(a, L"102");
 *     client_expect(a, "state inprogress", "state connected", NULL);
 *
 * Texts of events: "notify owner", "state connected", "state disconnected busy", "info callerid",
 * "digit 5", "qos 2", "hub join", "address 0", "tapi 4", "media 0". A "#2" behind it names the
 * client's second call (in the order their events came).
 */
#ifndef TESTS_COM_CLIENT_H
#define TESTS_COM_CLIENT_H

#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>
#include <olectl.h>
#include <simpbx.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

enum com_apartment { COM_MTA, COM_STA };

/* Enters an apartment / leaves it, everything being released: objects alive is 0 then. */
void com_enter(enum com_apartment apartment);
void com_leave(void);

/* A test that runs in both kinds of apartment: TEST_BOTH(name) { uses nothing special } */
#define TEST_BOTH(name_)                                                                           \
    static void scenario_##name_(void);                                                            \
    TEST(name_##_mta)                                                                              \
    {                                                                                              \
        com_enter(COM_MTA);                                                                        \
        scenario_##name_();                                                                        \
        com_leave();                                                                               \
    }                                                                                              \
    TEST(name_##_sta)                                                                              \
    {                                                                                              \
        com_enter(COM_STA);                                                                        \
        scenario_##name_();                                                                        \
        com_leave();                                                                               \
    }                                                                                              \
    static void scenario_##name_(void)

#define CLIENT_EVENTS 256
#define CLIENT_CALLS  16

struct client {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    LONG refs;
    ITTAPI2 *tapi;
    ITAddress *address;
    LONG registration;
    DWORD cookie;
    IConnectionPoint *point;
    DWORD thread; /* that made it */
    SRWLOCK lock; /* what follows is written by the sink */
    HANDLE changed;
    char events[CLIENT_EVENTS][64];
    unsigned count, read;
    ITCallInfo *calls[CLIENT_CALLS]; /* offered or monitored: references of the client */
    ITBasicCallControl
        *identities[CLIENT_CALLS]; /* all calls seen, for their numbers: not counted */
    unsigned call_count, seen_count;
    DWORD wrong_thread; /* events that came in a wrong apartment */
    /* Called inside the sink, in its thread; may be NULL. */
    void (*on_event)(struct client *client, TAPI_EVENT type, IDispatch *event);
    void *context;
    BOOL was_shut;      /* a Shutdown of the test's own has disconnected the sink */
    BOOL keep_no_calls; /* the sink does not keep the calls it is notified of */
};

/* A TAPI object from the class factory of tapi3.dll (no registration needed). */
ITTAPI2 *client_create_tapi(void);
HRESULT client_class_object(REFCLSID clsid, REFIID iid, void **out);
LONG client_live_objects(void);
/* DllCanUnloadNow of tapi3.dll. */
HRESULT client_can_unload(void);

/* Initialized, event filter everything, sink advised, owner and monitor of audio calls registered
 * on the address with this number. extension NULL: no address. */
struct client *client_open(const WCHAR *extension);
void client_close(struct client *client);

/* CreateCall to a number; the caller releases. */
ITBasicCallControl *client_create_call(struct client *client, const WCHAR *number);
/* The same, and Connect(VARIANT_FALSE). */
ITBasicCallControl *client_call(struct client *client, const WCHAR *number);
/* The latest call the client was notified of; the caller releases. */
ITBasicCallControl *client_offered(struct client *client);

/* Exactly these events follow those read so far; waits for them. NULL-ended. State, notification,
 * digit and QoS events only: others are left out unless named with client_expect_any. */
bool client_expect_at(const char *file, int line, struct client *client, ...);
#define client_expect(...) client_expect_at(__FILE__, __LINE__, __VA_ARGS__)
/* Waits until such an event has come, from the first unread on; reads up to it. */
bool client_wait(struct client *client, const char *event);
/* The same for two events of different calls, whose order is nobody's promise. */
bool client_wait_both(struct client *client, const char *one, const char *other);
/* Was such an event ever seen? Does not wait. */
bool client_has(struct client *client, const char *event);

/* The control object of the simulated exchange; the caller releases. */
ISimPBX *client_exchange(void);

CALL_STATE client_state(ITBasicCallControl *call);
/* The sentence of the thread's IErrorInfo, into a buffer of the client's module; "" without one. */
const char *client_error_text(void);

#endif
