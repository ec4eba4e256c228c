/* fixture.c - see fixture.h. */
#include "fixture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct pbx *pbx;
static char events[16384], taken[16384];
static uint32_t last_incoming[16];
static int incoming_count;

static void note(const char *format, ...)
{
    size_t used = strlen(events);
    va_list list;

    if (used && used + 2 < sizeof(events))
        used += (size_t)snprintf(events + used, sizeof(events) - used, "; ");
    va_start(list, format);
    vsnprintf(events + used, sizeof(events) - used, format, list);
    va_end(list);
}

static void on_new_call(void *context, struct pbx_leg *leg)
{
    (void)context;
    leg->held_by_front = true;
    last_incoming[incoming_count++ % 16] = leg->id;
    note("%s new", leg->self.number);
}

static void on_state(void *context, struct pbx_leg *leg)
{
    (void)context;
    note("%s %s", leg->self.number, pbx_state_name(leg->state));
    if (leg->state == PBX_DISCONNECTED && leg->mode != PBX_DISC_NORMAL)
        note("mode %x", leg->mode);
    if (leg->state == PBX_CONNECTED && leg->mode != PBX_CONN_ACTIVE)
        note("held by the other");
}

static void on_info(void *context, struct pbx_leg *leg, uint32_t changed)
{
    (void)context;
    if (changed & (PBX_INFO_QOS | PBX_INFO_USERUSERINFO | PBX_INFO_CALLDATA))
        note("%s info %x", leg->self.number, changed);
}

static void on_digit(void *context, struct pbx_leg *leg, char digit, uint32_t mode)
{
    (void)context;
    note("%s hears %c%s", leg->self.number, digit, mode == PBX_DIGIT_DTMFEND ? " end" : "");
}

static void on_gathered(void *context, struct pbx_leg *leg, enum pbx_gather_end why)
{
    (void)context;
    note("%s gathered '%s' %x", leg->self.number, leg->gather.digits, (unsigned int)why);
}

static void on_generated(void *context, struct pbx_leg *leg, uint32_t end_to_end, uint32_t why)
{
    (void)context;
    note("%s generated %u %u", leg->self.number, end_to_end, why);
}

static void on_tone(void *context, struct pbx_leg *leg, uint32_t app_specific, uint32_t list)
{
    (void)context;
    note("%s tone %u of %u", leg->self.number, app_specific, list);
}

static void on_qos(void *context, struct pbx_leg *leg, uint32_t event)
{
    (void)context;
    note("%s qos %u", leg->self.number, event);
}

static void on_extension(void *context, struct pbx_extension *extension)
{
    (void)context;
    (void)extension;
}

static void on_ring(void *context, struct pbx_extension *extension, uint32_t count)
{
    (void)context;
    if (count > 1)
        note("%s rings %u", extension->party.number, count);
}

static void on_leg(void *context, struct pbx_leg *leg)
{
    (void)context;
    (void)leg;
}

static void on_phone_state(void *context, struct pbx_phone *phone, uint32_t state, uint32_t param)
{
    (void)context;
    note("phone %s %x %x", phone->extension->party.number, state, param);
}

static void on_phone_button(void *context, struct pbx_phone *phone, uint32_t id, uint32_t mode,
                            uint32_t state)
{
    (void)context;
    (void)mode;
    note("phone %s button %u %s", phone->extension->party.number, id,
         state == PBX_BUTTON_DOWN ? "down" : "up");
}

static void on_log(void *context, uint64_t ms, const char *from, const char *to, const char *what)
{
    (void)context;
    (void)ms;
    CHECK(from && to && what && *what);
}

static const struct pbx_events table = {
    .new_call = on_new_call,
    .state = on_state,
    .info = on_info,
    .digit = on_digit,
    .gathered = on_gathered,
    .generated = on_generated,
    .tone = on_tone,
    .qos = on_qos,
    .calls = on_extension,
    .forwarded = on_extension,
    .ring = on_ring,
    .talk = on_leg,
    .gone = on_leg,
    .phone_state = on_phone_state,
    .phone_button = on_phone_button,
    .log = on_log,
};

void fixture_start(const char *text)
{
    struct pbx_config config;
    char error[200];

    events[0] = 0;
    incoming_count = 0;
    REQUIRE(pbx_config_parse(&config, text, strlen(text), error, sizeof(error)));
    pbx = pbx_create(&table, NULL);
    REQUIRE(pbx != NULL);
    REQUIRE_EQ(pbx_configure(pbx, &config, false), 0);
    pbx->settings.stepped = true;
    pbx_config_free(&config);
}

void fixture_stop(void)
{
    size_t place = 0;

    if (!pbx)
        return;
    pbx_clear_calls(pbx);
    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &place));)
        pbx_leg_release(leg);
    CHECK_EQ(pbx->leg_count, 0);
    CHECK_EQ(pbx->clock.count, 0);
    CHECK_EQ(pbx->clock.reserved, 0);
    CHECK_EQ(pbx->bandwidth_used, 0);
    pbx_destroy(pbx);
    pbx = NULL;
}

struct pbx_extension *ext(const char *number)
{
    struct pbx_extension *e = pbx_find_extension(pbx, number);

    REQUIRE(e != NULL);
    return e;
}

struct pbx_leg *incoming(const char *number)
{
    for (int i = incoming_count; i-- > 0 && i >= incoming_count - 16;) {
        struct pbx_leg *leg = pbx_leg_find(pbx, last_incoming[i % 16]);
        if (leg && !strcmp(leg->self.number, number))
            return leg;
    }
    REQUIRE(!"a call has come in");
    return NULL;
}

struct pbx_leg *make(const char *from, const char *to)
{
    struct pbx_leg *leg;

    REQUIRE_EQ(pbx_make(ext(from), NULL, &leg), 0);
    pbx_dial_out(leg, to);
    return leg;
}

struct pbx_leg *connected(const char *from, const char *to)
{
    struct pbx_leg *leg = make(from, to);

    REQUIRE_EQ(pbx_answer(incoming(to), NULL), 0);
    REQUIRE_EQ(leg->state, PBX_CONNECTED);
    heard();
    return leg;
}

void step(uint64_t ms)
{
    pbx_clock_run(&pbx->clock, pbx->clock.now + ms);
}

const char *heard(void)
{
    if (pbx)
        pbx_phones_settle(pbx);
    memcpy(taken, events, sizeof(taken));
    events[0] = 0;
    return taken;
}
