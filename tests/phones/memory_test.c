/* memory_test.c - the engine's part of phones when memory is exhausted: every allocation fails in
 * turn through the whole life of a phone, and nothing is left behind. */
#include <windows.h>
#include <tapi.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tests/phones/desk.h"
#include "tests/support/test.h"

static struct engine_session *session;
static struct engine_reply reply;
static unsigned out_of_memory;

static void sink(void *context, const struct engine_message *message)
{
    (void)context, (void)message;
}

static LONG request(enum engine_op op, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    struct engine_request made = {.op = op, .arg = {a, b, c, d}};
    engine_reply_free(&reply);
    engine_call(session, &made, &reply);
    out_of_memory += reply.result == (LONG)PHONEERR_NOMEM;
    CHECK(reply.result >= 0 || (DWORD)reply.result >> 28 == 9); /* PHONEERR_ and nothing else */
    return reply.result;
}

static void life(void)
{
    struct engine_request open = {.op = ENGINE_PHONE_OPEN};
    DWORD app, phone;
    if (request(ENGINE_PHONE_INITIALIZE, 1, 0x00020002, 0, 0))
        return;
    app = (DWORD)reply.out[0];
    request(ENGINE_PHONE_NEGOTIATE_API_VERSION, app, 0, 0x00010003, 0x00020002);
    request(ENGINE_PHONE_GET_DEV_CAPS, app, 0, 0x00020002, 0);
    memcpy(open.arg, (uint64_t[]){app, 0, 0x00020002, 0, 0x77, PHONEPRIVILEGE_OWNER},
           6 * sizeof(uint64_t));
    engine_reply_free(&reply);
    engine_call(session, &open, &reply);
    out_of_memory += reply.result == (LONG)PHONEERR_NOMEM;
    if (reply.result == 0) {
        phone = (DWORD)reply.out[0];
        request(ENGINE_PHONE_GET_STATUS, phone, 0, 0, 0);
        request(ENGINE_PHONE_SET_RING, phone, 1, 2, 0);
        request(ENGINE_PHONE_CLOSE, phone, 0, 0, 0);
    }
    request(ENGINE_PHONE_SHUTDOWN, app, 0, 0, 0);
}

TEST(exhausted_memory_everywhere)
{
    struct engine_counters left;
    HMODULE module = LoadLibraryW(L"desk.tsp");
    REQUIRE(module != NULL);
    struct desk *desk = ((desk_control)(void *)GetProcAddress(module, "DeskControl"))();
    session = engine_connect(sink, NULL);
    REQUIRE(session != NULL);
    for (unsigned nth = 1; nth < 60; nth++) {
        memset(desk, 0, sizeof *desk);
        desk->version = 0x00030001;
        mem_fail_at(nth);
        life();
        mem_fail_at(0);
        engine_reply_free(&reply);
        engine_get_counters(&left);
        CHECK_EQ(left.apps, 0);
        CHECK_EQ(left.phones, 0);
        CHECK_EQ(left.requests, 0);
        CHECK_EQ(left.handles, 0);
        CHECK_EQ(left.providers, 0);
        CHECK_EQ(desk->phone[0].opens, desk->phone[0].closes);
    }
    CHECK(out_of_memory > 5);
    engine_disconnect(session);
    FreeLibrary(module);
}
