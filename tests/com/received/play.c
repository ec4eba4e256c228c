/* play.c - see play.h. */
#include "tests/com/received/play.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned lines_in(const char *text)
{
    unsigned count = *text != 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* ---- what must come ------------------------------------------------------------------------ */

/* The property that holds an event's sub-event; others have none. */
static LONG sub_event_of(TAPI_EVENT type, const char *line)
{
    const char *name = type == TE_CALLSTATE || type == TE_FILETERMINAL ? " State="
                       : type == TE_CALLINFOCHANGE                     ? " Cause="
                       : type == TE_ADDRESS || type == TE_CALLNOTIFICATION ||
                               type == TE_CALLMEDIA || type == TE_CALLHUB || type == TE_QOSEVENT
                           ? " Event="
                           : NULL;
    const char *at = name ? strstr(line, name) : NULL;

    return at ? strtol(at + strlen(name), NULL, 10) : 0;
}

static bool is_kept_back(const struct play *play, const char *line, bool new_call)
{
    TAPI_EVENT type = receiver_type(line);

    if (!(play->filter & type))
        return true;
    if (play->level == NOWHERE || type != play->type)
        return false;
    if (play->sub_event != -1 && sub_event_of(type, line) != play->sub_event)
        return false;
    if (play->level == ADDRESS && strstr(line, "CallbackInstance=78")) /* the second address */
        return false;
    /* A hub that comes or goes is of no address. */
    if (type == TE_CALLHUB && strstr(line, "Call=nothing"))
        return false;
    return play->level == ADDRESS || (strstr(line, "Call=5550100") && !new_call);
}

/* The events of a step that are not kept back. */
static void expect(const struct play *play, unsigned step, char *expected)
{
    char text[1024], *line, *rest = text;
    bool new_call = scene_makes_call(step);

    strcpy(text, scene_expected(step));
    /* Hubs are made when somebody wants to hear of them. */
    line = play->filter & TE_CALLHUB ? NULL : strstr(text, "CallHub=hub EventCode=7");
    if (line)
        memcpy(line, "CallHub=nothing EventCode=7 EventInterface=private",
               sizeof("CallHub=nothing EventCode=7 EventInterface=private"));
    expected[0] = 0;
    while ((line = rest) != NULL) {
        rest = strchr(line, '\n');
        if (rest)
            *rest++ = 0;
        if (*line && !is_kept_back(play, line, new_call))
            sprintf(expected + strlen(expected), "%s%s", *expected ? "\n" : "", line);
    }
}

/* ---- the scene ----------------------------------------------------------------------------- */

static bool calls_closed(void *context)
{
    (void)context;
    return scene.stage->calls_open == 0;
}

static void filter_address(const struct play *play)
{
    ITAddress2 *address = NULL;

    REQUIRE_EQ(ITAddress_QueryInterface(scene.first, &IID_ITAddress2, (void **)&address), S_OK);
    CHECK_EQ(ITAddress2_put_EventFilter(address, play->type, play->sub_event, VARIANT_FALSE), S_OK);
    ITAddress2_Release(address);
}

static void filter_call(const struct play *play)
{
    ITCallInfo2 *call = NULL;

    if (!scene.call ||
        FAILED(ITCallInfo_QueryInterface(scene.call, &IID_ITCallInfo2, (void **)&call)))
        return;
    CHECK_EQ(ITCallInfo2_put_EventFilter(call, play->type, play->sub_event, VARIANT_FALSE), S_OK);
    ITCallInfo2_Release(call);
}

void play_scene(const struct play *play)
{
    struct receiver receiver;
    ITTAPI2 *tapi;
    unsigned i, wrong = 0;
    char *got, expected[1024];

    REQUIRE(scene_prepare());
    tapi = client_create_tapi();
    REQUIRE_EQ(ITTAPI2_Initialize(tapi), S_OK);
    REQUIRE_EQ(receiver_start(&receiver, (ITTAPI *)tapi), S_OK);
    receiver.on_call = scene_keep;
    REQUIRE(scene_begin((ITTAPI *)tapi, play->filter));
    if (play->level == ADDRESS)
        filter_address(play);
    for (i = 0; i < scene_step_count() && wrong < 10; i++) {
        expect(play, i, expected);
        scene_cause(i);
        got = receiver_take(&receiver, lines_in(expected), WAIT_LONG);
        if (!CHECK_STR(got, expected)) {
            test_note("step %u: %s; filter 0x%lx, not 0x%x %ld", i, scene_name(i), play->filter,
                      (unsigned)play->type, play->sub_event);
            wrong++;
        }
        free(got);
        if (*expected)
            CHECK_EQ(play->in_sta, receiver.thread == GetCurrentThreadId());
        if (!CHECK(scene.failed == NULL)) {
            test_note("step %u: %s: %s", i, scene_name(i), scene.failed);
            scene.failed = NULL;
        }
        if (play->level == CALL && scene_makes_call(i))
            filter_call(play);
    }
    scene_end();
    CHECK(wait_until(calls_closed, NULL, NULL, WAIT_LONG));
    receiver_stop(&receiver);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    CHECK_EQ(receiver.refs, 1);
    scene_forget();
}
