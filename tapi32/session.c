/* session.c - one engine session a process: connected by the first application, ended by whoever
 * uses it last, an application or a thread still inside a request. */
#include "tapi32/internal.h"

#include <string.h>

static struct lock session_lock;
static struct condition session_changed;
static struct engine_session *session;
static uint32_t users;
static bool changing; /* somebody connects or disconnects, without the lock */

bool session_acquire(void)
{
    lock_enter(&session_lock);
    while (changing)
        condition_wait(&session_changed, &session_lock, INFINITE);
    if (session == NULL) {
        changing = true;
        lock_leave(&session_lock);
        struct engine_session *made = engine_connect(deliver_sink, NULL);
        lock_enter(&session_lock);
        session = made;
        changing = false;
        condition_wake_all(&session_changed);
    }
    bool connected = session != NULL;
    users += connected;
    lock_leave(&session_lock);
    return connected;
}

void session_release(void)
{
    lock_enter(&session_lock);
    if (--users != 0) {
        lock_leave(&session_lock);
        return;
    }
    struct engine_session *ended = session;
    session = NULL;
    changing = true;
    lock_leave(&session_lock);
    engine_disconnect(ended);
    pending_drop_all();
    lock_enter(&session_lock);
    changing = false;
    condition_wake_all(&session_changed);
    lock_leave(&session_lock);
}

void session_call(const struct engine_request *request, struct engine_reply *reply)
{
    memset(reply, 0, sizeof *reply);
    lock_enter(&session_lock);
    struct engine_session *used = session;
    users += used != NULL;
    lock_leave(&session_lock);
    if (used == NULL) {
        reply->result = ERR(UNINITIALIZED);
        return;
    }
    engine_call(used, request, reply);
    session_release();
}
