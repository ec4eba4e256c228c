/* inside_test.c - what a program does inside its sink, in the MTA and in an STA: leave, make others
 * leave, shut everything down, let go of calls, start another TAPI object. */
#include "tests/com/delivery/listener.h"

struct scene {
    struct program program;
    struct listener actor, other;
    struct apartment apartment; /* of the actor, unless it lives in the MTA */
    bool sta;
    ITBasicCallControl *call;
    LONG number;
    HANDLE done; /* the actor has acted */
    struct program second;
    struct listener third;
};

static void scene_start(struct scene *scene, bool sta,
                        void (*act)(struct listener *, TAPI_EVENT, IDispatch *))
{
    struct advice advice = {&scene->actor, &scene->program, false};

    memset(scene, 0, sizeof(*scene));
    scene->sta = sta;
    scene->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    program_open(&scene->program);
    listener_start(&scene->actor);
    listener_start(&scene->other);
    listener_start(&scene->third);
    scene->actor.act = act;
    scene->actor.context = scene;
    if (sta) {
        apartment_start(&scene->apartment);
        apartment_run(&scene->apartment, advise_here, &advice);
    } else {
        listener_advise(&scene->actor, &scene->program);
    }
    listener_advise(&scene->other, &scene->program);
    scene->call = program_call(&scene->program, &scene->number);
}

/* An actor that has shut its own program down may still be on its way out of its Event. */
static bool is_left_alone(struct listener *listener)
{
    return listener->inside == 0 && listener->refs == 1;
}

static void scene_end(struct scene *scene)
{
    if (scene->call)
        ITBasicCallControl_Release(scene->call);
    program_close(&scene->program);
    if (scene->sta)
        apartment_stop(&scene->apartment);
    CHECK(listener_until(&scene->actor, is_left_alone));
    listener_stop(&scene->actor);
    listener_stop(&scene->other);
    listener_stop(&scene->third);
    CloseHandle(scene->done);
}

/* A test in both kinds of apartment. */
#define SCENE(name_, act_)                                                                         \
    static void scene_##name_(struct scene *scene);                                                \
    static void play_##name_(bool sta)                                                             \
    {                                                                                              \
        struct scene scene;                                                                        \
                                                                                                   \
        com_enter(COM_MTA);                                                                        \
        scene_start(&scene, sta, act_);                                                            \
        scene_##name_(&scene);                                                                     \
        scene_end(&scene);                                                                         \
        com_leave();                                                                               \
    }                                                                                              \
    TEST(name_##_inside_an_mta_sink)                                                               \
    {                                                                                              \
        play_##name_(false);                                                                       \
    }                                                                                              \
    TEST(name_##_inside_an_sta_sink)                                                               \
    {                                                                                              \
        play_##name_(true);                                                                        \
    }                                                                                              \
    static void scene_##name_(struct scene *scene)

static void act_unadvise_itself(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    listener_unadvise(self);
    SetEvent(scene->done);
}

SCENE(unadvise_of_itself, act_unadvise_itself)
{
    program_say_all(scene->number, 1, 10);
    CHECK(wait_handle(scene->done, WAIT_LONG));
    CHECK(listener_hears(&scene->other, 10));
    program_say_all(scene->number, 11, 20);
    CHECK(listener_hears(&scene->other, 20));
    CHECK_EQ(scene->actor.words, 1);
}

static void act_unadvise_other(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    if (self->words > 1)
        return;
    listener_unadvise(&scene->other); /* waits until it is out of its Event; sets `over` */
    SetEvent(scene->done);
}

SCENE(unadvise_of_another, act_unadvise_other)
{
    program_say_all(scene->number, 1, 200);
    CHECK(wait_handle(scene->done, WAIT_LONG));
    CHECK(listener_hears(&scene->actor, 200));
    CHECK_EQ(scene->other.refs, 1);
}

static void act_shutdown(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    CHECK_EQ(ITTAPI2_Shutdown(scene->program.tapi), S_OK);
    self->over = scene->other.over = TRUE;
    SetEvent(scene->done);
}

SCENE(shutdown, act_shutdown)
{
    LONG i;

    for (i = 1; i <= 50 && program_say(scene->number, i); i++)
        ; /* until the call is gone */
    CHECK(wait_handle(scene->done, WAIT_LONG));
    CHECK_EQ(scene->actor.words, 1);
    CHECK(FAILED(ITBasicCallControl_Disconnect(scene->call, DC_NORMAL)));
    CHECK_EQ(scene->other.refs, 1);
}

/* Shutdown with the last reference: everything of the TAPI object ends inside its sink. */
static void act_shutdown_and_release(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    ITBasicCallControl_Release(scene->call);
    scene->call = NULL;
    program_close(&scene->program);
    self->over = scene->other.over = TRUE;
    SetEvent(scene->done);
}

static void open_again(struct scene *scene)
{
    CHECK(wait_handle(scene->done, WAIT_LONG));
    CHECK_EQ(scene->actor.words, 1);
    program_open(&scene->program); /* for scene_end */
}

static void act_release_only(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    ITBasicCallControl_Release(scene->call);
    scene->call = NULL;
    ITAddress_Release(scene->program.address);
    ITTAPI2_Release(scene->program.tapi); /* the last one: it shuts down */
    memset(&scene->program, 0, sizeof(scene->program));
    SetEvent(scene->done);
}

SCENE(shutdown_and_last_release, act_shutdown_and_release)
{
    program_say(scene->number, 1);
    open_again(scene);
}

SCENE(last_release_without_shutdown, act_release_only)
{
    program_say(scene->number, 1);
    open_again(scene);
}

/* The last references to the call whose event it is, while more of its events wait. */
static void act_release_call(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    if (!scene->call)
        return;
    ITBasicCallControl_Release(scene->call);
    scene->call = NULL;
    SetEvent(scene->done);
}

SCENE(release_of_the_call, act_release_call)
{
    LONG said = 0;

    while (said < 50 && program_say(scene->number, said + 1))
        said++;
    CHECK(wait_handle(scene->done, WAIT_LONG));
    /* A word that TAPI had taken before the release is heard; none is twice or out of order. */
    scene->call = program_call(&scene->program, &scene->number);
    program_say(scene->number, 1);
    CHECK(listener_hears(&scene->other, 2));
    CHECK_EQ(scene->actor.skipped, 0);
}

static void act_initialize_another(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;

    (void)type, (void)event;
    if (self->words > 1)
        return;
    program_open(&scene->second);
    scene->third.home = self->home; /* advised here: an STA's too */
    listener_advise(&scene->third, &scene->second);
    SetEvent(scene->done);
}

SCENE(initialize_of_another_tapi_object, act_initialize_another)
{
    ITBasicCallControl *call;
    LONG number;

    program_say_all(scene->number, 1, 20);
    CHECK(wait_handle(scene->done, WAIT_LONG));
    call = program_call(&scene->second, &number);
    program_say_all(number, 1, 20);
    CHECK(listener_hears(&scene->third, 20));
    CHECK(listener_hears(&scene->actor, 20));
    ITBasicCallControl_Release(call);
    program_close(&scene->second);
}

/* A call made inside a sink has its own events while the sink is still in there (they queue up
 * for it, and the others hear them at once). */
static void act_call(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct scene *scene = self->context;
    ITBasicCallControl *call;
    LONG number;

    (void)type, (void)event;
    if (self->words > 1)
        return;
    call = program_call(&scene->program, &number);
    program_say_all(number, 1, 5);
    CHECK(listener_hears(&scene->other, 6));
    CHECK_EQ(self->words, 1);
    ITBasicCallControl_Release(call);
    SetEvent(scene->done);
}

SCENE(a_call, act_call)
{
    program_say(scene->number, 1);
    CHECK(wait_handle(scene->done, WAIT_LONG));
    CHECK(listener_hears(&scene->actor, 6));
    CHECK_EQ(scene->actor.skipped, 0);
}
