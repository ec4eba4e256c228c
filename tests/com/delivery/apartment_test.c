/* apartment_test.c - sinks and their apartments: event objects that cross without a proxy, advising
 * before Initialize and after Shutdown, threads that end, events kept for later. */
#include "tests/com/delivery/listener.h"

#include <objidl.h>

/* {00000008-0000-0000-C000-000000000046}: only proxies have it. */
static const IID IID_proxy_manager = {0x8, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
/* {0000033A-0000-0000-C000-000000000046}: what the free-threaded marshaler names */
static const CLSID CLSID_free_threaded = {0x33a, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

#define KEPT 20

struct keeper {
    IDispatch *events[KEPT];
    IUnknown *calls[KEPT];
    LONG count;
};

static void act_keep(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    struct keeper *keeper = self->context;
    ITAddressDeviceSpecificEvent *word = NULL;
    ITCallInfo *call = NULL;
    IUnknown *identity = NULL;

    (void)type;
    if (keeper->count == KEPT)
        return;
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITAddressDeviceSpecificEvent, (void **)&word),
             S_OK);
    CHECK_EQ(ITAddressDeviceSpecificEvent_get_Call(word, &call), S_OK);
    CHECK_EQ(ITCallInfo_QueryInterface(call, &IID_IUnknown, (void **)&identity), S_OK);
    ITCallInfo_Release(call);
    ITAddressDeviceSpecificEvent_Release(word);
    IDispatch_AddRef(event);
    keeper->calls[keeper->count] = identity;
    keeper->events[keeper->count++] = event;
}

static bool has_kept_all(struct listener *listener)
{
    return ((struct keeper *)listener->context)->count == KEPT && listener->inside == 0;
}

static void keeper_drop(void *context)
{
    struct keeper *keeper = context;

    for (; keeper->count; keeper->count--) {
        IUnknown_Release(keeper->calls[keeper->count - 1]);
        IDispatch_Release(keeper->events[keeper->count - 1]);
    }
}

static void check_no_proxy(void *object)
{
    IUnknown *manager = NULL;
    IMarshal *marshal = NULL;
    CLSID clsid;

    CHECK_EQ(IUnknown_QueryInterface((IUnknown *)object, &IID_proxy_manager, (void **)&manager),
             E_NOINTERFACE);
    CHECK_EQ(IUnknown_QueryInterface((IUnknown *)object, &IID_IMarshal, (void **)&marshal), S_OK);
    if (!marshal)
        return;
    POISON(clsid);
    CHECK_EQ(IMarshal_GetUnmarshalClass(marshal, &IID_IDispatch, object, MSHCTX_INPROC, NULL,
                                        MSHLFLAGS_NORMAL, &clsid),
             S_OK);
    CHECK(IsEqualCLSID(&clsid, &CLSID_free_threaded));
    IMarshal_Release(marshal);
}

static void keep_proxies_away(void *context)
{
    struct keeper *keeper = context;

    for (LONG i = 0; i < keeper->count; i++) {
        check_no_proxy(keeper->events[i]);
        check_no_proxy(keeper->calls[i]);
    }
}

TEST(an_event_is_the_same_object_in_every_apartment)
{
    static struct keeper keepers[4];
    struct listener listeners[4];
    struct apartment apartments[2];
    struct program program;
    ITBasicCallControl *call;
    IUnknown *identity = NULL;
    LONG number, i, j;

    com_enter(COM_MTA);
    program_open(&program);
    for (i = 0; i < 2; i++)
        apartment_start(&apartments[i]);
    for (i = 0; i < 4; i++) {
        struct advice advice = {&listeners[i], &program, i == 2};

        listener_start(&listeners[i]);
        listeners[i].act = act_keep;
        listeners[i].context = &keepers[i];
        if (i < 2)
            listener_advise(&listeners[i], &program);
        else
            apartment_run(&apartments[i - 2], advise_here, &advice);
    }
    call = program_call(&program, &number);
    CHECK_EQ(ITBasicCallControl_QueryInterface(call, &IID_IUnknown, (void **)&identity), S_OK);
    program_say_all(number, 1, KEPT);
    for (i = 0; i < 4; i++)
        CHECK(listener_until(&listeners[i], has_kept_all));
    for (i = 1; i < 4; i++)
        for (j = 0; j < KEPT; j++) {
            CHECK(keepers[i].events[j] == keepers[0].events[j]);
            CHECK(keepers[i].calls[j] == identity);
        }
    apartment_run(&apartments[0], keep_proxies_away, &keepers[2]);
    apartment_run(&apartments[1], keep_proxies_away, &keepers[3]);
    for (i = 0; i < 2; i++)
        apartment_run(&apartments[i], keeper_drop, &keepers[i + 2]);
    for (i = 0; i < 2; i++)
        keeper_drop(&keepers[i]);
    IUnknown_Release(identity);
    ITBasicCallControl_Release(call);
    program_close(&program);
    for (i = 0; i < 2; i++)
        apartment_stop(&apartments[i]);
    for (i = 0; i < 4; i++)
        listener_stop(&listeners[i]);
    com_leave();
}

TEST_BOTH(an_event_kept_after_shutdown_still_answers)
{
    static struct keeper keeper;
    struct apartment apartment;
    struct listener listener;
    struct program program;
    struct advice advice = {&listener, &program, false};
    ITAddressDeviceSpecificEvent *word = NULL;
    ITBasicCallControl *call, *late_call = NULL;
    ITCallInfo *info = NULL;
    ITAddress *address = NULL;
    CALL_STATE state;
    BSTR name;
    LONG number, value;

    apartment_start(&apartment);
    program_open(&program);
    listener_start(&listener);
    listener.act = act_keep;
    listener.context = &keeper;
    apartment_run(&apartment, advise_here, &advice);
    call = program_call(&program, &number);
    program_say_all(number, 1, 2);
    CHECK(listener_hears(&listener, 2));
    ITBasicCallControl_Release(call);
    program_close(&program); /* waits until the sink is out */
    apartment_stop(&apartment);
    listener_stop(&listener);

    REQUIRE_EQ(keeper.count, 2);
    CHECK(client_live_objects() > 0);
    CHECK_EQ(client_can_unload(), S_FALSE);
    CHECK_EQ(IDispatch_QueryInterface(keeper.events[1], &IID_ITAddressDeviceSpecificEvent,
                                      (void **)&word),
             S_OK);
    CHECK_EQ(ITAddressDeviceSpecificEvent_get_lParam2(word, &value), S_OK);
    CHECK_EQ(value, 2);
    CHECK_EQ(ITAddressDeviceSpecificEvent_get_Call(word, &info), S_OK);
    CHECK_EQ(ITCallInfo_get_CallState(info, &state), S_OK);
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&late_call), S_OK);
    CHECK(FAILED(ITBasicCallControl_Disconnect(late_call, DC_NORMAL)));
    CHECK(FAILED(ITBasicCallControl_Hold(late_call, VARIANT_TRUE)));
    CHECK_EQ(ITAddressDeviceSpecificEvent_get_Address(word, &address), S_OK);
    POISON(name);
    if (SUCCEEDED(ITAddress_get_AddressName(address, &name)))
        SysFreeString(name);
    else
        CHECK(name == NULL);
    ITAddress_Release(address);
    ITBasicCallControl_Release(late_call);
    ITCallInfo_Release(info);
    ITAddressDeviceSpecificEvent_Release(word);
    keeper_drop(&keeper);
}

TEST_BOTH(a_sink_advised_before_initialize_hears_from_then_on)
{
    struct listener early;
    struct apartment apartment;
    struct program program = {0};
    struct advice advice = {&early, &program, true};
    ITBasicCallControl *call;
    LONG number;

    apartment_start(&apartment);
    program.tapi = client_create_tapi();
    listener_start(&early);
    apartment_run(&apartment, advise_here, &advice);
    CHECK_EQ(ITTAPI2_put_EventFilter(program.tapi, TE_ADDRESSDEVSPECIFIC),
             (HRESULT)TAPI_E_NOT_INITIALIZED);
    program_open_again(&program);
    call = program_call(&program, &number);
    program_say_all(number, 1, 10);
    CHECK(listener_hears(&early, 10));
    ITBasicCallControl_Release(call);
    apartment_run(&apartment, unadvise_here, &early);
    program_close(&program);
    apartment_stop(&apartment);
    listener_stop(&early);
}

TEST_BOTH(after_shutdown_and_initialize_a_program_advises_again)
{
    struct listener fresh;
    struct program program;
    ITBasicCallControl *call;
    LONG number, filter;

    program_open(&program);
    listener_start(&fresh);
    for (unsigned round = 0; round < 3; round++) {
        struct apartment apartment;
        struct advice advice = {&fresh, &program, round % 2 != 0};

        apartment_start(&apartment);
        apartment_run(&apartment, advise_here, &advice);
        call = program_call(&program, &number);
        fresh.heard[number] = 0;
        program_say_all(number, 1, 10);
        CHECK(listener_hears(&fresh, 10 * (LONG)round + 10));
        ITBasicCallControl_Release(call);
        ITAddress_Release(program.address);
        CHECK_EQ(ITTAPI2_Shutdown(program.tapi), S_OK);
        CHECK_EQ(ITTAPI2_Shutdown(program.tapi), S_FALSE);
        CHECK_EQ(ITTAPI2_get_EventFilter(program.tapi, &filter), S_OK);
        CHECK_EQ(filter, 0);
        CHECK_EQ(IConnectionPoint_Unadvise(fresh.point, fresh.cookie), CONNECT_E_NOCONNECTION);
        program_open_again(&program);
        /* Nobody is advised now. */
        call = program_call(&program, &number);
        program_say(number, 1);
        /* Its reply comes behind the word: the next round's sink would hear that otherwise. */
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
        ITBasicCallControl_Release(call);
        CHECK_EQ(fresh.words, 10 * (LONG)round + 10);
        apartment_stop(&apartment);
        CHECK_EQ(fresh.refs, 1);
    }
    program_close(&program);
    listener_stop(&fresh);
}

TEST_BOTH(a_thread_that_ends_without_unadvise_harms_nobody)
{
    struct listener lost[2], other;
    struct apartment apartment;
    struct program program;
    ITBasicCallControl *call;
    LONG number, i;

    program_open(&program);
    listener_start(&other);
    apartment_start(&apartment);
    for (i = 0; i < 2; i++) {
        struct advice advice = {&lost[i], &program, i == 1};

        listener_start(&lost[i]);
        apartment_run(&apartment, advise_here, &advice);
    }
    call = program_call(&program, &number);
    apartment_stop(&apartment);
    apartment_start(&apartment);
    {
        struct advice advice = {&other, &program, false};

        apartment_run(&apartment, advise_here, &advice);
    }
    program_say_all(number, 1, 100);
    CHECK(listener_hears(&other, 100));
    CHECK_EQ(IConnectionPoint_Unadvise(lost[0].point, lost[0].cookie), S_OK);
    ITBasicCallControl_Release(call);
    program_close(&program);
    apartment_stop(&apartment);
    for (i = 0; i < 2; i++) {
        CHECK_EQ(lost[i].words, 0);
        CHECK_EQ(lost[i].refs, 2); /* an apartment that is gone is not called into */
        lost[i].refs = 1;
        listener_stop(&lost[i]);
    }
    listener_stop(&other);
}
