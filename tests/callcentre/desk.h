/*
 * desk.h - the two applications of a call centre: a client that asks about agents, and the proxy
 * that answers. Both have the same line of fake.tsp open, in one process, on the test's thread.
 */
#ifndef TESTS_CALLCENTRE_DESK_H
#define TESTS_CALLCENTRE_DESK_H

#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/support/test.h"

#define LINE_ID  1
#define TIMEOUT  30000
#define REQUESTS 20 /* LINEPROXYREQUEST_ counts from 1 to this */

struct desk {
    HLINEAPP app;
    HLINE line;
    DWORD version;
    DWORD_PTR instance;
};

/* An application of that API version without a line. */
struct desk desk_start(DWORD version);
/* lineOpen of LINE_ID as a proxy for these LINEPROXYREQUEST_; what it returned. */
LONG desk_register(struct desk *desk, const DWORD *types, DWORD count);
/* Both of them, with the line open: as monitor; as the proxy for every request. */
struct desk desk_client(DWORD version);
struct desk desk_proxy(DWORD version);
void desk_end(struct desk *desk);

/* The next message, which must be this one, for the desk's line (0: for none). */
LINEMESSAGE desk_expect(struct desk *desk, DWORD message);
/* No message waits. */
void desk_quiet(struct desk *desk);
/* The request of the next message. */
LINEPROXYREQUEST *desk_take(struct desk *proxy, DWORD type);
/* The proxy answers, and LINE_REPLY of the client's request `id` must have this result. */
void desk_answer(struct desk *proxy, LINEPROXYREQUEST *request, LONG result);
void desk_reply(struct desk *client, LONG id, LONG result);

#endif
