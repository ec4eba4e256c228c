/* storm_operations.c - what the storm's threads do: each operation draws its objects and its
 * arguments, legal or not. */
#include "tests/com/identity/storm.h"

ITTAPI2 *some_tapi(struct actor *self)
{
    return stage.clients[pool_draw(&self->random, ARRAYSIZE(stage.clients))]->tapi;
}

static ITAddress *some_address(struct actor *self)
{
    return stage.clients[pool_draw(&self->random, ARRAYSIZE(stage.clients))]->address;
}

static BSTR some_number(struct actor *self)
{
    static const WCHAR *const numbers[] = {L"101",     L"102",     L"103",  L"104", L"5550100",
                                           L"5550101", L"5550102", L"9999", L""};

    return SysAllocString(numbers[pool_draw(&self->random, ARRAYSIZE(numbers))]);
}

static bool chance(struct actor *self, unsigned percent)
{
    return pool_draw(&self->random, 100) < percent;
}

static HRESULT op_member(struct actor *self)
{
    IDispatch *object = pool_find(&self->random, &IID_IDispatch);
    HRESULT hr;

    if (!object)
        return S_FALSE;
    hr = members_call(&self->random, object);
    IDispatch_Release(object);
    return hr;
}

static HRESULT op_query(struct actor *self)
{
    IUnknown *object = pool_find(&self->random, &IID_IUnknown), *found = NULL;

    if (!object)
        return S_FALSE;
    if (IUnknown_QueryInterface(object, members_interface(&self->random), (void **)&found) == S_OK)
        IUnknown_Release(found);
    else
        CHECK(found == NULL);
    IUnknown_Release(object);
    return S_OK;
}

static HRESULT op_enumerate(struct actor *self)
{
    ITAddress *address = some_address(self);
    ITTAPI2 *tapi = some_tapi(self);
    IUnknown *all = NULL;
    HRESULT hr;

    switch (pool_draw(&self->random, 7)) {
    case 0:
        hr = ITTAPI2_EnumerateAddresses(tapi, (IEnumAddress **)&all);
        break;
    case 1:
        hr = ITTAPI2_EnumerateCallHubs(tapi, (IEnumCallHub **)&all);
        break;
    case 2:
        hr = ITTAPI2_EnumeratePhones(tapi, (IEnumPhone **)&all);
        break;
    case 3:
        hr = ITAddress_EnumerateCalls(address, (IEnumCall **)&all);
        break;
    case 4:
        hr = ITAgentHandler_EnumerateACDGroups(stage.office->handler, (IEnumACDGroup **)&all);
        break;
    case 5:
        hr = ITTAPICallCenter_EnumerateAgentHandlers(stage.office->center,
                                                     (IEnumAgentHandler **)&all);
        break;
    default:
        hr = ITPhone_EnumerateAddresses(stage.phone, (IEnumAddress **)&all);
        break;
    }
    CHECK_EQ(hr, S_OK);
    pool_put(&self->random, all);
    return hr;
}

static const IID *const enum_iids[] = {&IID_IEnumAddress,      &IID_IEnumCall,  &IID_IEnumCallHub,
                                       &IID_IEnumPhone,        &IID_IEnumQueue, &IID_IEnumACDGroup,
                                       &IID_IEnumAgentHandler, &IID_IEnumAgent};

/* Several threads share an enumerator: each gets items of its own. All of TAPI's have one shape. */
static HRESULT op_step(struct actor *self)
{
    IEnumAddress *all =
        pool_find(&self->random, enum_iids[pool_draw(&self->random, ARRAYSIZE(enum_iids))]);
    IUnknown *items[3] = {NULL};
    IEnumAddress *clone = NULL;
    ULONG fetched = 0;
    HRESULT hr;

    if (!all)
        return S_FALSE;
    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = IEnumAddress_Reset(all);
        break;
    case 1:
        hr = IEnumAddress_Skip(all, pool_draw(&self->random, 3));
        break;
    case 2:
        hr = IEnumAddress_Clone(all, &clone);
        pool_put(&self->random, (IUnknown *)clone);
        break;
    default:
        hr = IEnumAddress_Next(all, 3, (ITAddress **)items, &fetched);
        for (ULONG i = 0; i < fetched; i++)
            pool_put(&self->random, items[i]);
        break;
    }
    CHECK(SUCCEEDED(hr));
    IEnumAddress_Release(all);
    return hr;
}

static HRESULT op_collect(struct actor *self)
{
    ITCollection2 *collection = pool_find(&self->random, &IID_ITCollection2);
    VARIANT value;
    HRESULT hr;

    if (!collection || chance(self, 20)) {
        if (collection)
            ITCollection2_Release(collection);
        collection = NULL;
        hr = ITTAPI2_CreateEmptyCollectionObject(some_tapi(self), &collection);
        pool_put(&self->random, (IUnknown *)collection);
        return hr;
    }
    VariantInit(&value);
    switch (pool_draw(&self->random, 3)) {
    case 0:
        V_VT(&value) = VT_DISPATCH;
        V_DISPATCH(&value) =
            (IDispatch *)some_address(self); /* not a circle: it has no collections */
        hr = ITCollection2_Add(collection, 1, &value);
        break;
    case 1:
        hr = ITCollection2_Remove(collection, 1);
        break;
    default:
        hr = ITCollection2_get_Item(collection, 1 + pool_draw(&self->random, 4), &value);
        if (SUCCEEDED(hr) && V_VT(&value) == VT_DISPATCH)
            pool_put(&self->random, V_UNKNOWN(&value));
        else
            VariantClear(&value);
        break;
    }
    ITCollection2_Release(collection);
    return hr;
}

static HRESULT op_call(struct actor *self)
{
    ITBasicCallControl *call = NULL;
    BSTR number = some_number(self);
    HRESULT hr = ITAddress_CreateCall(some_address(self), number, 1, TAPIMEDIATYPE_AUDIO, &call);

    SysFreeString(number);
    CHECK_EQ(hr, S_OK);
    if (FAILED(hr))
        return hr;
    if (chance(self, 80))
        hr = ITBasicCallControl_Connect(call, VARIANT_FALSE);
    if (chance(self, 70))
        pool_put(&self->random, (IUnknown *)call);
    else
        ITBasicCallControl_Release(call); /* drops it */
    return hr;
}

/* Two calls and what one may do with them. */
static HRESULT with_another(struct actor *self, ITBasicCallControl *call)
{
    ITBasicCallControl *other = pool_find(&self->random, &IID_ITBasicCallControl);
    HRESULT hr;

    if (!other)
        return S_FALSE;
    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = ITBasicCallControl_SwapHold(call, other);
        break;
    case 1:
        hr = ITBasicCallControl_Conference(call, other, VARIANT_FALSE);
        break;
    case 2:
        hr = ITBasicCallControl_Transfer(call, other, VARIANT_FALSE);
        break;
    default:
        hr = ITBasicCallControl_Finish(call, FM_ASTRANSFER);
        break;
    }
    ITBasicCallControl_Release(other);
    return hr;
}

static HRESULT with_a_connected_call(struct actor *self, ITBasicCallControl *call)
{
    BSTR number = some_number(self), parked = NULL;
    HRESULT hr;

    switch (pool_draw(&self->random, 5)) {
    case 0:
        hr = ITBasicCallControl_Hold(call, VARIANT_TRUE);
        break;
    case 1:
        hr = ITBasicCallControl_BlindTransfer(call, number);
        break;
    case 2:
        hr = ITBasicCallControl_ParkIndirect(call, &parked);
        break;
    case 3:
        hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
        break;
    default:
        hr = with_another(self, call);
        break;
    }
    SysFreeString(parked);
    SysFreeString(number);
    return hr;
}

/* Mostly what the call's state asks for; by the time it is done it may be in another one. */
static HRESULT op_control(struct actor *self)
{
    ITBasicCallControl *call = pool_find(&self->random, &IID_ITBasicCallControl);
    CALL_STATE state;
    HRESULT hr;

    if (!call)
        return S_FALSE;
    state = chance(self, 20) ? (CALL_STATE)pool_draw(&self->random, 7) : client_state(call);
    switch (state) {
    case CS_OFFERING:
        hr = ITBasicCallControl_Answer(call);
        break;
    case CS_CONNECTED:
        hr = with_a_connected_call(self, call);
        break;
    case CS_HOLD:
        hr = chance(self, 50) ? ITBasicCallControl_Hold(call, VARIANT_FALSE)
                              : with_another(self, call);
        break;
    case CS_IDLE:
        hr = ITBasicCallControl_Connect(call, VARIANT_FALSE);
        break;
    default:
        hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
        break;
    }
    ITBasicCallControl_Release(call);
    return hr;
}

static HRESULT op_phone(struct actor *self)
{
    ITAutomatedPhoneControl *control = NULL;
    ITCallInfo *call;
    HRESULT hr = S_FALSE;

    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = ITPhone_Open(stage.phone, PP_OWNER);
        break;
    case 1:
        hr = ITPhone_put_LampMode(stage.phone, 12, LM_STEADY);
        break;
    default:
        call = pool_find(&self->random, &IID_ITCallInfo);
        ITPhone_QueryInterface(stage.phone, &IID_ITAutomatedPhoneControl, (void **)&control);
        if (call) {
            hr = ITAutomatedPhoneControl_SelectCall(
                control, call, chance(self, 50) ? VARIANT_TRUE : VARIANT_FALSE);
            ITCallInfo_Release(call);
        } else {
            hr = ITAutomatedPhoneControl_UnselectCall(control, NULL);
        }
        ITAutomatedPhoneControl_Release(control);
        break;
    }
    return hr;
}

static HRESULT op_agent(struct actor *self)
{
    ITAgent *agent = pool_find(&self->random, &IID_ITAgent);
    ITACDGroup *group;
    ITAgentSession *session = NULL;
    HRESULT hr = S_FALSE;

    if (!agent) {
        hr = ITAgentHandler_CreateAgent(stage.office->handler, &agent);
        pool_put(&self->random, (IUnknown *)agent);
        return hr;
    }
    group = pool_find(&self->random, &IID_ITACDGroup);
    if (group && chance(self, 30)) {
        hr = ITAgent_CreateSession(agent, group, some_address(self), &session);
        pool_put(&self->random, (IUnknown *)session);
    } else {
        hr = ITAgent_put_State(agent, chance(self, 50) ? AS_READY : AS_NOT_READY);
    }
    if (group)
        ITACDGroup_Release(group);
    ITAgent_Release(agent);
    return hr;
}

static HRESULT op_register(struct actor *self)
{
    HRESULT hr;

    if (self->registration) {
        hr = ITTAPI2_UnregisterNotifications(self->registered_at, self->registration);
        CHECK_EQ(hr, S_OK);
        self->registration = 0;
        return hr;
    }
    for (unsigned i = 0; i < ARRAYSIZE(stage.clients); i++)
        if (stage.clients[i]->address && (chance(self, 40) || i == 2)) {
            self->registered_at = stage.clients[i]->tapi;
            hr = ITTAPI2_RegisterCallNotifications(self->registered_at, stage.clients[i]->address,
                                                   VARIANT_TRUE, VARIANT_FALSE, TAPIMEDIATYPE_AUDIO,
                                                   (LONG)self->number, &self->registration);
            CHECK_EQ(hr, S_OK);
            return hr;
        }
    return S_FALSE;
}

/* A TAPI object of the thread's own: begun, used, ended; its call and Address outlive it. */
static HRESULT op_life(struct actor *self)
{
    ITTAPI2 *tapi = client_create_tapi();
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    ITBasicCallControl *call = NULL;
    BSTR number = some_number(self);
    HRESULT hr = ITTAPI2_Initialize(tapi);

    CHECK_EQ(hr, S_OK);
    if (SUCCEEDED(hr)) {
        ITTAPI2_put_EventFilter(tapi, TE_CALLSTATE | TE_CALLNOTIFICATION);
        CHECK_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
        CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
        pool_put(&self->random, (IUnknown *)addresses);
        ITAddress_CreateCall(address, number, 1, TAPIMEDIATYPE_AUDIO, &call);
        if (call)
            ITBasicCallControl_Connect(call, VARIANT_FALSE);
        if (chance(self, 80))
            CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
        if (call)
            pool_put(&self->random, (IUnknown *)call);
        pool_put(&self->random, (IUnknown *)address);
    }
    ITTAPI2_Release(tapi); /* its members may have been drawn meanwhile */
    SysFreeString(number);
    return hr;
}

static HRESULT op_filter(struct actor *self)
{
    return ITTAPI2_put_EventFilter(some_tapi(self),
                                   (TE_PHONEDEVSPECIFIC * 2 - 1) >> pool_draw(&self->random, 2));
}

struct operation operations[OPERATIONS] = {
    {"member", 480, op_member, 0, 0},
    {"query", 160, op_query, 0, 0},
    {"enumerate", 60, op_enumerate, 0, 0},
    {"step", 120, op_step, 0, 0},
    {"collect", 60, op_collect, 0, 0},
    {"call", 30, op_call, 0, 0},
    {"control", 50, op_control, 0, 0},
    {"phone", 15, op_phone, 0, 0},
    {"agent", 10, op_agent, 0, 0},
    {"register", 8, op_register, 0, 0},
    {"advise", 4, storm_advise, 0, 0},
    {"filter", 2, op_filter, 0, 0},
    {"life", 1, op_life, 0, 0},
};
