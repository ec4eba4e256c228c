/* scene_test.c - every event of lines and calls, each of its properties and values, received by a C
 * sink in the MTA and by one in an STA. The same scene for a script: script_main.c. */
#include <stdlib.h>
#include <string.h>

#include "tests/com/client.h"
#include "tests/com/received/receiver.h"
#include "tests/com/received/scene.h"

static unsigned lines_in(const char *text)
{
    unsigned count = *text != 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static bool calls_closed(void *context)
{
    (void)context;
    return scene.stage->calls_open == 0;
}

static void play(bool in_sta)
{
    struct receiver receiver;
    ITTAPI2 *tapi;
    unsigned i, wrong = 0;
    char *got;

    REQUIRE(scene_prepare());
    tapi = client_create_tapi();
    REQUIRE_EQ(ITTAPI2_Initialize(tapi), S_OK);
    REQUIRE_EQ(receiver_start(&receiver, (ITTAPI *)tapi), S_OK);
    receiver.on_call = scene_keep;
    REQUIRE(scene_begin((ITTAPI *)tapi));
    for (i = 0; i < scene_step_count() && wrong < 10; i++) {
        const char *expected = scene_expected(i);

        scene_cause(i);
        got = receiver_take(&receiver, lines_in(expected), WAIT_LONG);
        if (!CHECK_STR(got, expected)) {
            test_note("step %u: %s", i, scene_name(i));
            wrong++;
        }
        free(got);
        CHECK_EQ(in_sta, receiver.thread == GetCurrentThreadId());
        if (!CHECK(scene.failed == NULL)) {
            test_note("step %u: %s: %s", i, scene_name(i), scene.failed);
            scene.failed = NULL;
        }
    }
    scene_end();
    CHECK(wait_until(calls_closed, NULL, NULL, WAIT_LONG));
    receiver_stop(&receiver);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    CHECK_EQ(receiver.refs, 1);
    scene_forget();
}

TEST(every_event_is_received_in_the_mta)
{
    com_enter(COM_MTA);
    play(false);
    com_leave();
}

TEST(every_event_is_received_in_an_sta)
{
    com_enter(COM_STA);
    play(true);
    com_leave();
}
