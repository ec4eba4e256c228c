/* forward_test.c - lineForward with every condition, and whom it concerns. */
#include "tests/features/features.h"

struct list {
    LINEFORWARDLIST list; /* one entry, and those behind it */
    LINEFORWARD more[3];
    char text[8][16];
};

static DWORD put(struct list *list, int place, const char *text)
{
    strcpy(list->text[place], text);
    return (DWORD)(offsetof(struct list, text) + (size_t)place * sizeof list->text[0]);
}

/* An entry is as long as the negotiated version has it: its address types came with 3.1. */
static LINEFORWARD *entry(struct list *list, int n)
{
    size_t size = b->api_version < 0x00030001 ? 24 : sizeof(LINEFORWARD);

    return (LINEFORWARD *)((BYTE *)list->list.ForwardList + (size_t)n * size);
}

/* Adds an entry; caller NULL: of every caller that the mode means. */
static void add(struct list *list, DWORD mode, const char *caller, const char *to)
{
    int n = (int)list->list.dwNumEntries++;
    LINEFORWARD *e = entry(list, n);

    list->list.dwTotalSize = sizeof *list;
    memset(e, 0, 24);
    e->dwForwardMode = mode;
    if (caller) {
        e->dwCallerAddressOffset = put(list, 2 * n, caller);
        e->dwCallerAddressSize = (DWORD)strlen(caller) + 1;
    }
    e->dwDestAddressOffset = put(list, 2 * n + 1, to);
    e->dwDestAddressSize = (DWORD)strlen(to) + 1;
}

static LONG forward(struct agent *agent, struct list *list, DWORD rings)
{
    HCALL consult = 0;

    return agent_request(
        agent, lineForwardA(agent->line, TRUE, 0, list ? &list->list : NULL, rings, &consult, NULL),
        "forward");
}

static LONG forward_one(DWORD mode, const char *caller, const char *to)
{
    struct list list;

    memset(&list, 0, sizeof list);
    add(&list, mode, caller, to);
    return forward(b, &list, 2);
}

/* Somebody rings that did not, or the call that A makes has failed. */
struct ringing {
    unsigned b, c;
    HCALL call;
};

static bool rings_or_fails(void *context)
{
    struct ringing *before = context;
    struct agent_call *call;

    agents_read();
    call = before->call ? agent_find_call(a, before->call) : NULL;
    return b->call_count > before->b || c->call_count > before->c ||
           (call && call->state == LINECALLSTATE_BUSY);
}

/* A calls B: who rings, or NULL. Leaves nothing behind. */
static struct agent *who_rings(void)
{
    struct agent *rings = NULL;
    unsigned b_before = b->call_count, c_before = c->call_count;
    HCALL call = agent_call(a, "102");

    CHECK(wait_until(rings_or_fails, &(struct ringing){b_before, c_before, call}, NULL, WAIT_LONG));
    if (b->call_count > b_before)
        rings = b;
    if (c->call_count > c_before)
        rings = c;
    agent_do(a, lineDrop(call, NULL, 0), "drop");
    if (rings)
        agent_wait_state(rings, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_deallocate(a, call);
    if (rings)
        agent_deallocate(rings, rings->call);
    return rings;
}

/* Somebody outside calls B: the same. */
static struct agent *who_rings_from_outside(const char *number)
{
    struct agent *rings = NULL;
    unsigned b_before = b->call_count, c_before = c->call_count;
    WCHAR from[16];

    MultiByteToWideChar(CP_ACP, 0, number, -1, from, 16);
    LONG id = exchange_do(L"Inject", "sss", from, L"Somebody", L"102");
    CHECK(wait_until(rings_or_fails, &(struct ringing){b_before, c_before, 0}, NULL, WAIT_LONG));
    if (b->call_count > b_before)
        rings = b;
    if (c->call_count > c_before)
        rings = c;
    exchange_do(L"Hangup", "i", id);
    if (rings) {
        agent_wait_state(rings, LINECALLSTATE_IDLE, WAIT_LONG);
        agent_deallocate(rings, rings->call);
    }
    return rings;
}

TEST(everybody_the_inside_the_outside_one_caller)
{
    features_open();
    const LINEADDRESSCAPS *caps = features_address_caps(b);
    CHECK_EQ(caps->dwForwardModes, 0xFFFF);
    CHECK(caps->dwMaxForwardEntries >= 3 && caps->dwMaxSpecificEntries >= 1);
    CHECK(who_rings() == b && who_rings_from_outside("5559999") == b);

    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCOND, NULL, "103"), 0);
    CHECK(who_rings() == c && who_rings_from_outside("5559999") == c);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCONDINTERNAL, NULL, "103"), 0);
    CHECK(who_rings() == c && who_rings_from_outside("5559999") == b);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCONDEXTERNAL, NULL, "103"), 0);
    CHECK(who_rings() == b && who_rings_from_outside("5559999") == c);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCONDSPECIFIC, "5551234", "103"), 0);
    CHECK(who_rings() == b && who_rings_from_outside("5559999") == b);
    CHECK(who_rings_from_outside("5551234") == c);
    CHECK_EQ(forward(b, NULL, 0), 0);
    CHECK(who_rings() == b && who_rings_from_outside("5551234") == b);
    features_end();
}

TEST(a_busy_line)
{
    static const struct {
        DWORD mode;
        bool inside, outside;
    } rows[] = {
        {LINEFORWARDMODE_BUSY, true, true},
        {LINEFORWARDMODE_BUSYINTERNAL, true, false},
        {LINEFORWARDMODE_BUSYEXTERNAL, false, true},
        {LINEFORWARDMODE_BUSYSPECIFIC, true, false}, /* of 101 */
        {LINEFORWARDMODE_BUSYNA, true, true},
        {LINEFORWARDMODE_BUSYNAINTERNAL, true, false},
        {LINEFORWARDMODE_BUSYNAEXTERNAL, false, true},
        {LINEFORWARDMODE_BUSYNASPECIFIC, true, false},
        {LINEFORWARDMODE_NOANSW, false, false},
    };

    features_open();
    /* B is on the telephone with somebody outside */
    HCALL talk = agent_call(b, "5550100");
    exchange_step(300);
    agent_wait_call_state(b, talk, LINECALLSTATE_CONNECTED, WAIT_LONG);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_EQ(forward_one(rows[i].mode, "101", "103"), 0);
        CHECK((who_rings() == c) == rows[i].inside);
        if (rows[i].outside) /* else the caller hears the busy tone at once */
            CHECK(who_rings_from_outside("5559999") == c);
    }
    features_end();
}

TEST(a_call_that_nobody_answers)
{
    static const struct {
        DWORD mode;
        bool forwards;
    } rows[] = {
        {LINEFORWARDMODE_NOANSW, true},          {LINEFORWARDMODE_NOANSWINTERNAL, true},
        {LINEFORWARDMODE_NOANSWEXTERNAL, false}, {LINEFORWARDMODE_NOANSWSPECIFIC, true},
        {LINEFORWARDMODE_BUSYNA, true},          {LINEFORWARDMODE_BUSY, false},
    };

    features_open();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned before = c->call_count;
        CHECK_EQ(forward_one(rows[i].mode, "101", "103"), 0); /* after two rings */
        HCALL call = agent_call(a, "102");
        agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
        exchange_step(12000);
        if (rows[i].forwards)
            agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
        agents_read();
        CHECK_EQ(c->call_count > before, rows[i].forwards);
        if (rows[i].forwards) {
            agent_wait_state(b, LINECALLSTATE_IDLE, WAIT_LONG);
            CHECK_EQ(agent_find_call(b, b->call)->state, LINECALLSTATE_IDLE);
            CHECK_EQ(features_info(c->call)->dwReason, LINECALLREASON_FWDNOANSWER);
            const LINECALLINFO *info = features_info(c->call);
            CHECK_STR((const char *)info + info->dwRedirectingIDOffset, "102");
        }
        agent_do(a, lineDrop(call, NULL, 0), "drop");
        exchange_step(100);
        agent_wait_state(rows[i].forwards ? c : b, LINECALLSTATE_IDLE, WAIT_LONG);
        agent_deallocate(a, call);
        agent_deallocate(b, b->call);
        if (rows[i].forwards)
            agent_deallocate(c, c->call);
    }
    features_end();
}

TEST(the_list_can_be_asked_for_and_its_change_is_told)
{
    struct list list;

    features_open();
    memset(&list, 0, sizeof list);
    add(&list, LINEFORWARDMODE_UNCONDSPECIFIC, "5551234", "103");
    add(&list, LINEFORWARDMODE_BUSYEXTERNAL, NULL, "104");
    add(&list, LINEFORWARDMODE_NOANSW, NULL, "102");
    features_forget();
    CHECK_EQ(forward(a, &list, 3), 0);
    CHECK(features_address_state(w, LINEADDRESSSTATE_FORWARD) != NULL);
    const LINEADDRESSSTATUS *status = features_address(w);
    CHECK_EQ(status->dwNumRingsNoAnswer, 3);
    REQUIRE_EQ(status->dwForwardNumEntries, 3);
    const LINEFORWARD *got = (const void *)((const BYTE *)status + status->dwForwardOffset);
    DWORD size = status->dwForwardSize / 3;
    int found = 0;
    for (int i = 0; i < 3; i++) {
        const LINEFORWARD *f = (const void *)((const BYTE *)got + (size_t)i * size);
        if (f->dwForwardMode != LINEFORWARDMODE_UNCONDSPECIFIC)
            continue;
        found++;
        CHECK_STR((const char *)status + f->dwCallerAddressOffset, "5551234");
        CHECK_STR((const char *)status + f->dwDestAddressOffset, "103");
    }
    CHECK_EQ(found, 1);
    features_end();
}

TEST(forwarding_refused)
{
    struct list list;

    features_open();
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCOND, NULL, "999"), LINEERR_INVALADDRESS);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCOND, NULL, "102"), LINEERR_INVALADDRESS); /* itself */
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNCONDSPECIFIC, "abc!x", "103"), LINEERR_INVALADDRESS);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNKNOWN, NULL, "103"), LINEERR_INVALPARAM);
    CHECK_EQ(forward_one(LINEFORWARDMODE_UNAVAIL, NULL, "103"), LINEERR_INVALPARAM);
    memset(&list, 0, sizeof list);
    add(&list, LINEFORWARDMODE_UNCOND, NULL, "103");
    HCALL consult;
    CHECK_EQ(
        agent_request(b, lineForwardA(b->line, FALSE, 9, &list.list, 0, &consult, NULL), "forward"),
        LINEERR_INVALADDRESSID);
    CHECK_EQ(lineForwardA(0x1234, TRUE, 0, &list.list, 0, &consult, NULL), LINEERR_INVALLINEHANDLE);
    CHECK(who_rings() == b); /* nothing of all that was kept */
    features_end();
}
