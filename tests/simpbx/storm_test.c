/*
 * storm_test.c - the exchange for an hour of its time, with everything that can be asked of it
 * asked at random and whether it fits or not. It must end with no leg, no timer and no bandwidth
 * left, and under the sanitizers without a finding. tests/storm does the same through tapi32.
 */
#include "fixture.h"

#define HOUR_MS 3600000u

static uint64_t dice;

static uint32_t draw(uint32_t below)
{
    uint64_t x = dice += 0x9E3779B97F4A7C15u;

    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((x ^ (x >> 31)) >> 33) % below;
}

static const char *number(void)
{
    static const char *const numbers[] = {"101",     "102", "103", "104",     "800",
                                          "5550100", "700", "701", "5550101", "5550102",
                                          "5550103", "999", ""};

    return numbers[draw(sizeof(numbers) / sizeof(*numbers))];
}

static struct pbx_extension *extension(void)
{
    static const char *const numbers[] = {"101", "102", "103", "104"};

    return ext(numbers[draw(4)]);
}

/* Any leg of an extension; NULL: there is none. */
static struct pbx_leg *leg(void)
{
    size_t place = 0;
    struct pbx_leg *found = NULL, *each;
    uint32_t count = 0;

    while ((each = pbx_next_leg(pbx, &place)))
        if (each->extension && draw(++count) == 0)
            found = each;
    return found;
}

static void make_call(void)
{
    struct pbx_leg *made;

    if (pbx_make(extension(), NULL, &made) == 0)
        pbx_dial_out(made, number());
}

static void transfer(struct pbx_leg *a, struct pbx_leg *b)
{
    struct pbx_leg *made;

    switch (draw(5)) {
    case 0:
        if (pbx_setup_transfer(a, NULL, &made) == 0) {
            pbx_consult_start(made);
            pbx_dial(made, number());
        }
        break;
    case 1:
        pbx_complete_transfer(a, b);
        break;
    case 2:
        pbx_blind_transfer(a, number());
        break;
    case 3:
        pbx_redirect(a, number());
        break;
    default:
        if (pbx_transfer_conference(a, b, &made) == 0)
            pbx_transfer_conference_start(made, a, b);
    }
}

static void conference(struct pbx_leg *a, struct pbx_leg *b)
{
    struct pbx_leg *made, *consult;

    switch (draw(4)) {
    case 0:
        if (pbx_setup_conference(a, a->extension, NULL, &made, &consult) == 0)
            pbx_setup_conference_start(a, made, consult);
        break;
    case 1:
        if (pbx_prepare_add(a, NULL, &consult) == 0)
            pbx_prepare_add_start(a, consult);
        break;
    case 2:
        pbx_add_to_conference(a, b);
        break;
    default:
        pbx_remove_from_conference(a);
    }
}

static void park_and_fetch(struct pbx_leg *a)
{
    char place[PBX_NUMBER] = "";
    struct pbx_leg *made, *target;
    uint32_t id;

    switch (draw(5)) {
    case 0:
        pbx_park(a, place);
        break;
    case 1:
        if (pbx_unpark(extension(), "700", &made) == 0)
            pbx_unpark_start(made, "700");
        break;
    case 2:
        if (pbx_pickup(extension(), number(), "", &made, &target) == 0)
            pbx_pickup_start(made, target);
        break;
    case 3:
        pbx_complete_call(a, 1u << draw(4), draw(3), &id);
        break;
    default:
        pbx_uncomplete_call(extension(), draw(6));
    }
}

static void digits(struct pbx_leg *a)
{
    static const uint32_t frequencies[3] = {440, 480, 0};

    switch (draw(5)) {
    case 0:
        pbx_generate_digits(a, draw(100), 1u << draw(2), "12#", 50 + draw(100));
        break;
    case 1:
        pbx_generate_tone(a, draw(100), 1u << draw(5), draw(3000), frequencies, 2);
        break;
    case 2:
        pbx_monitor_digits(a, draw(8));
        break;
    case 3:
        pbx_gather_digits(a, draw(100), 1 + draw(3), 1 + draw(8), "#", draw(5000), draw(5000));
        break;
    default:
        pbx_gather_cancel(a);
    }
}

static void outside(void)
{
    switch (draw(6)) {
    case 0:
    case 1:
        pbx_inject(pbx, "5559876", "Visitor", number(), &(uint32_t){0});
        break;
    case 2:
        pbx_steer_answer(pbx, number(), 0);
        break;
    case 3:
        pbx_steer_hangup(pbx, number(), 0);
        break;
    case 4:
        pbx_steer_digits(pbx, number(), 0, "5*");
        break;
    default:
        pbx_set_bandwidth(pbx, draw(512));
    }
}

static void operate(void)
{
    struct pbx_leg *a = leg(), *b = leg();
    uint32_t kind = draw(16);

    if (!a || kind < 3) {
        if (draw(3))
            make_call();
        else
            outside();
        return;
    }
    switch (kind) {
    case 3:
        pbx_hold(a);
        break;
    case 4:
        pbx_unhold(a);
        break;
    case 5:
        pbx_swap_hold(a, b);
        break;
    case 6:
        pbx_drop(a, NULL);
        break;
    case 7:
        if (a->state == PBX_IDLE)
            pbx_leg_release(a);
        else
            pbx_forward_set(extension(), draw(3), number());
        break;
    case 8:
    case 9:
        transfer(a, b);
        break;
    case 10:
    case 11:
        conference(a, b);
        break;
    case 12:
        park_and_fetch(a);
        break;
    case 13:
        digits(a);
        break;
    default:
        pbx_answer(a, NULL);
    }
}

static void live(uint64_t seed)
{
    dice = seed;
    fixture_start(
        "extension 101 group 1\nextension 102 group 1\nextension 103 forward noanswer 104\n"
        "extension 104\nphone 101\nqueue 800 \"Sales\" agents 103 104\nno-answer 30000\n"
        "park 700 10\npark-timeout 60000\nbandwidth 256\ncalls 4\n"
        "outside 5550100 answer 300\noutside 5550101 busy\noutside 5550102 ring 20000\n"
        "outside 5550103 answer 500 hangup 3000 digits 1000 \"12#\"\n");
    while (pbx->clock.now < HOUR_MS) {
        for (uint32_t burst = 1 + draw(4); burst > 0; burst--)
            operate();
        step(draw(500));
        heard();
    }
    fixture_stop();
}

TEST(an_hour_at_random)
{
    for (uint64_t seed = 1; seed <= 5; seed++)
        live(seed);
}
