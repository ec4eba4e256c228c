/*
 * office.h - a COM program that looks after agents, for one test: a client (tests/com/client.h)
 * whose sink writes down the call centre's events as texts:
 *
 *     "handler 0", "group 1", "queue 0", "agent 2", "session 5"     kind and event number
 *
 * and the proxy beside it (centre.h), which serves the lines 201, 202 and 800.
 */
#ifndef TESTS_COM_CALLCENTRE_OFFICE_H
#define TESTS_COM_CALLCENTRE_OFFICE_H

#include "tests/com/client.h"
#include "tests/com/callcentre/centre.h"

#define OFFICE_EVENTS 64

struct office {
    struct client *client;
    ITTAPICallCenter *center;
    ITAgentHandler *handler; /* NULL until office_handler */
    SRWLOCK lock;
    char events[OFFICE_EVENTS][32];
    IUnknown *objects[OFFICE_EVENTS]; /* of each event: references */
    unsigned count, read;
};

/* The program alone, all events of the call centre wanted. */
struct office *office_open(void);
/* The same with the proxy, and its handler in `handler`. */
struct office *office_with_handler(void);
void office_close(struct office *office);
/* The one handler there is, or NULL; the caller releases. */
ITAgentHandler *office_find_handler(struct office *office);

/* Waits for the next event, which must be this one. */
bool office_expect_at(const char *file, int line, struct office *office, const char *event);
#define office_expect(office, event) office_expect_at(__FILE__, __LINE__, office, event)
/* No event that was not read. */
bool office_quiet(struct office *office);
/* The object of the event read last; not a reference. */
void *office_object(struct office *office);

/* Of the handler, by its place; the caller releases. */
ITACDGroup *office_group(struct office *office, ULONG place);
ITQueue *office_queue(ITACDGroup *group, ULONG place);
ITAddress *office_address(struct office *office, ULONG place);
ITAgent *office_agent(struct office *office, const WCHAR *id, const WCHAR *pin);
ITAgentSession *office_session(struct office *office, ITAgent *agent);

/* The last method failed with a sentence for people. */
#define CHECK_SAID() CHECK(client_error_text()[0] != 0)

#endif
