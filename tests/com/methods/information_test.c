/* information_test.c - ITCallInfo and ITCallInfo2: every CALLINFO_LONG, CALLINFO_STRING and
 * CALLINFO_BUFFER, read and set, before the call connects and after. */
#include "tests/com/methods/methods.h"

static ITCallInfo2 *idle_info(struct client *client, ITBasicCallControl **call)
{
    *call = client_create_call(client, L"5550100");
    return interface_of(*call, &IID_ITCallInfo2);
}

/* Numbers. `early`: known before Connect; `put`: who may set it. */
enum put { NEVER, BEFORE, ALWAYS, LATER };
static const struct {
    CALLINFO_LONG which;
    bool early, late;
    enum put put;
    LONG value; /* one that the exchange takes */
} longs[] = {
    {CIL_MEDIATYPESAVAILABLE, true, true, NEVER, 0},
    {CIL_BEARERMODE, true, true, ALWAYS, LINEBEARERMODE_VOICE},
    {CIL_CALLERIDADDRESSTYPE, false, true, NEVER, 0},
    {CIL_CALLEDIDADDRESSTYPE, false, true, NEVER, 0},
    {CIL_CONNECTEDIDADDRESSTYPE, false, true, NEVER, 0},
    {CIL_REDIRECTIONIDADDRESSTYPE, false, true, NEVER, 0},
    {CIL_REDIRECTINGIDADDRESSTYPE, false, true, NEVER, 0},
    {CIL_ORIGIN, false, true, NEVER, 0},
    {CIL_REASON, false, true, NEVER, 0},
    {CIL_APPSPECIFIC, false, true, LATER, 4711},
    {CIL_CALLPARAMSFLAGS, true, true, BEFORE, LINECALLPARAMFLAGS_IDLE},
    {CIL_CALLTREATMENT, false, true, LATER, LINECALLTREATMENT_MUSIC},
    {CIL_MINRATE, true, false, ALWAYS, 9600},
    {CIL_MAXRATE, true, false, ALWAYS, 64000},
    {CIL_COUNTRYCODE, true, true, BEFORE, 49},
    {CIL_CALLID, false, true, NEVER, 0},
    {CIL_RELATEDCALLID, false, true, NEVER, 0},
    {CIL_COMPLETIONID, false, true, NEVER, 0},
    {CIL_NUMBEROFOWNERS, false, true, NEVER, 0},
    {CIL_NUMBEROFMONITORS, false, true, NEVER, 0},
    {CIL_TRUNK, false, true, NEVER, 0},
    {CIL_RATE, false, true, NEVER, 0},
    {CIL_GENERATEDIGITDURATION, true, true, ALWAYS, 120},
    {CIL_MONITORDIGITMODES, false, true, NEVER, 0},
    {CIL_MONITORMEDIAMODES, false, true, NEVER, 0},
};

TEST_BOTH(every_number_before_it_connects)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;
    ITCallInfo2 *info = idle_info(a, &call);
    VARIANT late;
    LONG value;
    unsigned i;

    CHECK_EQ(ARRAYSIZE(longs), CIL_MONITORMEDIAMODES + 1);
    for (i = 0; i < ARRAYSIZE(longs); i++) {
        CALLINFO_LONG which = longs[i].which;
        HRESULT put = longs[i].put == NEVER   ? TAPI_E_NOTSUPPORTED
                      : longs[i].put == LATER ? TAPI_E_INVALCALLSTATE
                                              : S_OK;
        HRESULT get = longs[i].early ? S_OK : TAPI_E_INVALCALLSTATE;

        if (!CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, which, longs[i].value), put))
            test_note("CALLINFO_LONG %d", which);
        CHECK_EQ(named_put(info, L"CallInfoLong", "ll", which, longs[i].value), put);
        POISON(value);
        if (!CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, which, &value), get))
            test_note("CALLINFO_LONG %d", which);
        if (get == S_OK && put == S_OK)
            CHECK_EQ(value, longs[i].value);
        CHECK_EQ(named_get(info, L"CallInfoLong", &late, "l", which), get);
        if (get == S_OK)
            CHECK_EQ(V_I4(&late), value);
    }
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_MONITORMEDIAMODES + 1, 1), E_INVALIDARG);
    CHECK_EQ(named_put(info, L"CallInfoLong", "ll", -1, 1), E_INVALIDARG);
    CHECK_EQ(named_get(info, L"CallInfoLong", &late, "l", 99), E_INVALIDARG);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(every_number_of_a_connected_call)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;
    ITCallInfo2 *info = idle_info(a, &call);
    LONG value, before;
    unsigned i;

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    for (i = 0; i < ARRAYSIZE(longs); i++) {
        CALLINFO_LONG which = longs[i].which;
        HRESULT put = longs[i].put == NEVER    ? TAPI_E_NOTSUPPORTED
                      : longs[i].put == BEFORE ? TAPI_E_INVALCALLSTATE
                                               : S_OK;

        POISON(before);
        if (!CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, which, &before), S_OK))
            test_note("CALLINFO_LONG %d", which);
        if (!CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, which, longs[i].value), put))
            test_note("CALLINFO_LONG %d", which);
        CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, which, &value), S_OK);
        if (put == S_OK && longs[i].late)
            CHECK_EQ(value, longs[i].value);
        else if (put != S_OK)
            CHECK_EQ(value, before);
    }
    CHECK_EQ(named_put(info, L"CallInfoLong", "ll", CIL_APPSPECIFIC, 12), S_OK);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_APPSPECIFIC, &value), S_OK);
    CHECK_EQ(value, 12);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* Texts. */
static const struct {
    CALLINFO_STRING which;
    bool put;
} strings[] = {
    {CIS_CALLERIDNAME, false},           {CIS_CALLERIDNUMBER, false},
    {CIS_CALLEDIDNAME, false},           {CIS_CALLEDIDNUMBER, false},
    {CIS_CONNECTEDIDNAME, false},        {CIS_CONNECTEDIDNUMBER, false},
    {CIS_REDIRECTIONIDNAME, false},      {CIS_REDIRECTIONIDNUMBER, false},
    {CIS_REDIRECTINGIDNAME, false},      {CIS_REDIRECTINGIDNUMBER, false},
    {CIS_CALLEDPARTYFRIENDLYNAME, true}, {CIS_COMMENT, true},
    {CIS_DISPLAYABLEADDRESS, true},      {CIS_CALLINGPARTYID, true},
};

TEST_BOTH(every_text)
{
    struct client *a = client_open(L"101");
    BSTR text = SysAllocString(L"Gr\u00fc\u00dfe"), got;
    ITBasicCallControl *call;
    ITCallInfo2 *info = idle_info(a, &call);
    VARIANT late;
    unsigned i;

    CHECK_EQ(ARRAYSIZE(strings), CIS_CALLINGPARTYID + 1);
    for (i = 0; i < ARRAYSIZE(strings); i++) {
        CALLINFO_STRING which = strings[i].which;
        HRESULT put = strings[i].put ? S_OK : TAPI_E_NOTSUPPORTED;
        HRESULT get = strings[i].put ? S_OK : TAPI_E_INVALCALLSTATE;

        CHECK_EQ(ITCallInfo2_put_CallInfoString(info, which, text), put);
        CHECK_EQ(named_put(info, L"CallInfoString", "ls", which, text), put);
        POISON(got);
        CHECK_EQ(ITCallInfo2_get_CallInfoString(info, which, &got), get);
        if (get == S_OK)
            CHECK_WSTR(got, text);
        else
            CHECK(got == NULL);
        SysFreeString(got);
    }
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    for (i = 0; i < ARRAYSIZE(strings); i++) {
        CALLINFO_STRING which = strings[i].which;

        CHECK_EQ(ITCallInfo2_put_CallInfoString(info, which, text),
                 strings[i].put ? TAPI_E_INVALCALLSTATE : TAPI_E_NOTSUPPORTED);
        POISON(got);
        CHECK_EQ(ITCallInfo2_get_CallInfoString(info, which, &got), S_OK);
        CHECK_EQ(named_get(info, L"CallInfoString", &late, "l", which), S_OK);
        CHECK_WSTR(V_BSTR(&late) ? V_BSTR(&late) : L"", got);
        if (which == CIS_COMMENT || which == CIS_CALLEDPARTYFRIENDLYNAME)
            CHECK_WSTR(got, text);
        if (which == CIS_CALLEDIDNUMBER)
            CHECK_WSTR(got, L"5550100");
        VariantClear(&late);
        SysFreeString(got);
    }
    POISON(got);
    CHECK_EQ(ITCallInfo2_get_CallInfoString(info, 99, &got), E_INVALIDARG);
    CHECK(got == NULL);
    CHECK_EQ(ITCallInfo2_put_CallInfoString(info, -1, text), E_INVALIDARG);
    CHECK_EQ(named_put(info, L"CallInfoString", "ls", 99, L"x"), E_INVALIDARG);
    CHECK_EQ(named_get(info, L"CallInfoString", &late, "l", 99), E_INVALIDARG);
    SysFreeString(text);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* Bytes: CIB_CHARGINGINFOBUFFER is the provider's alone. */
TEST_BOTH(every_buffer)
{
    static const BYTE bytes[] = {1, 0, 2, 0, 3};
    struct client *a = client_open(L"101");
    VARIANT value = bytes_variant(bytes, sizeof(bytes)), late;
    ITBasicCallControl *call;
    ITCallInfo2 *info = idle_info(a, &call);
    CALLINFO_BUFFER which;
    BYTE *got;
    DWORD size;

    for (which = CIB_USERUSERINFO; which <= CIB_LOWLEVELCOMPATIBILITYBUFFER; which++) {
        bool ours = which != CIB_CHARGINGINFOBUFFER;
        HRESULT put = ours ? S_OK : TAPI_E_NOTSUPPORTED, get = ours ? S_OK : TAPI_E_INVALCALLSTATE;

        CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, which, sizeof(bytes), (BYTE *)bytes), put);
        CHECK_EQ(named_call(info, L"SetCallInfoBuffer", NULL, "llp", which, (LONG)sizeof(bytes),
                            (BYTE *)bytes),
                 put);
        CHECK_EQ(ITCallInfo2_put_CallInfoBuffer(info, which, value), put);
        CHECK_EQ(named_put(info, L"CallInfoBuffer", "lv", which, &value), put);
        POISON(got);
        POISON(size);
        CHECK_EQ(ITCallInfo2_GetCallInfoBuffer(info, which, &size, &got), get);
        CHECK_EQ(size, ours ? sizeof(bytes) : 0);
        if (ours)
            CHECK_BYTES(got, bytes, sizeof(bytes));
        else
            CHECK(got == NULL);
        CoTaskMemFree(got);
        CHECK_EQ(ITCallInfo2_get_CallInfoBuffer(info, which, &late), get);
        CHECK(ours ? bytes_equal(&late, bytes, sizeof(bytes)) : V_VT(&late) == VT_EMPTY);
        CHECK_EQ(named_get(info, L"CallInfoBuffer", &late, "l", which), get);
        if (ours)
            CHECK(bytes_equal(&late, bytes, sizeof(bytes)));
    }
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    for (which = CIB_USERUSERINFO; which <= CIB_LOWLEVELCOMPATIBILITYBUFFER; which++) {
        HRESULT put = which == CIB_CHARGINGINFOBUFFER ? TAPI_E_NOTSUPPORTED : TAPI_E_INVALCALLSTATE;

        CHECK_EQ(ITCallInfo2_GetCallInfoBuffer(info, which, &size, &got), S_OK);
        CHECK(got != NULL);
        CoTaskMemFree(got);
        if (which == CIB_USERUSERINFO || which == CIB_CALLDATABUFFER)
            put = S_OK; /* it can be sent, and the call's data be set, while it lasts */
        CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, which, sizeof(bytes), (BYTE *)bytes), put);
    }
    CHECK_EQ(ITCallInfo2_get_CallInfoBuffer(info, CIB_CALLDATABUFFER, &late), S_OK);
    CHECK(bytes_equal(&late, bytes, sizeof(bytes)));
    VariantClear(&value);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(what_buffers_refuse)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;
    ITCallInfo2 *info = idle_info(a, &call);
    VARIANT text = late_bstr(L"no bytes"), late;
    BYTE byte = 1, *got;
    DWORD size;

    CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, CIB_USERUSERINFO, 1, NULL), E_POINTER);
    CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, 99, 1, &byte), E_INVALIDARG);
    POISON(got);
    CHECK_EQ(ITCallInfo2_GetCallInfoBuffer(info, 99, &size, &got), E_INVALIDARG);
    CHECK(got == NULL && size == 0);
    CHECK_EQ(ITCallInfo2_get_CallInfoBuffer(info, -1, &late), E_INVALIDARG);
    CHECK_EQ(ITCallInfo2_put_CallInfoBuffer(info, CIB_USERUSERINFO, text), E_INVALIDARG);
    CHECK_EQ(named_put(info, L"CallInfoBuffer", "lv", CIB_USERUSERINFO, &text), E_INVALIDARG);
    CHECK_EQ(named_get(info, L"CallInfoBuffer", &late, "l", 99), E_INVALIDARG);
    VariantClear(&text);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(the_call_itself_by_name)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ITBasicCallControl *out, *in;
    ITCallInfo2 *info;
    ITAddress *address = NULL;
    VARIANT late, enabled;
    CALL_STATE state;
    BYTE bytes[] = "from somebody";

    info = idle_info(a, &out);
    CHECK_EQ(ITCallInfo2_get_CallState(info, &state), S_OK);
    CHECK_EQ(state, CS_IDLE);
    CHECK_EQ(ITCallInfo2_ReleaseUserUserInfo(info), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITCallInfo2_get_Address(info, &address), S_OK);
    CHECK(address == a->address);
    ITAddress_Release(address);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(out);
    out = client_create_call(a, L"102");
    info = interface_of(out, &IID_ITCallInfo2);
    CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, CIB_USERUSERINFO, sizeof(bytes), bytes), S_OK);
    ITCallInfo2_Release(info);
    CHECK_EQ(ITBasicCallControl_Connect(out, VARIANT_FALSE), S_OK);
    client_wait(b, "state offering");
    in = client_offered(b);
    info = interface_of(in, &IID_ITCallInfo2);
    CHECK_EQ(named_get(info, L"CallInfoBuffer", &late, "l", CIB_USERUSERINFO), S_OK);
    CHECK(bytes_equal(&late, bytes, sizeof(bytes)));
    CHECK_EQ(ITCallInfo2_ReleaseUserUserInfo(info), S_OK);
    CHECK_EQ(named_call(info, L"ReleaseUserUserInfo", NULL, ""), S_OK);
    CHECK_EQ(named_get(info, L"Address", &late, ""), S_OK);
    CHECK((void *)V_DISPATCH(&late) == (void *)b->address);
    VariantClear(&late);
    CHECK_EQ(late_number(info, L"CallState"), CS_OFFERING);
    CHECK_EQ(late_number(info, L"Privilege"), CP_OWNER);
    CHECK_EQ(named_get(info, L"CallHub", &late, ""), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&late), L"NumCalls"), 1);
    CHECK(named_list(V_DISPATCH(&late), L"EnumerateCalls", 1, ""));
    VariantClear(&late);
    CHECK_EQ(named_put(info, L"EventFilter", "llb", TE_CALLSTATE, -1, FALSE), S_OK);
    CHECK_EQ(named_get(info, L"EventFilter", &enabled, "ll", TE_CALLSTATE, CS_HOLD), S_OK);
    CHECK_EQ(V_BOOL(&enabled), VARIANT_FALSE);
    CHECK_EQ(ITCallInfo2_get_EventFilter(info, TE_CALLSTATE, 99, &V_BOOL(&enabled)), E_INVALIDARG);
    CHECK_EQ(named_put(info, L"EventFilter", "llb", 3, 0, FALSE), E_INVALIDARG);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

/* A monitor reads all, and sets nothing. */
TEST_BOTH(a_monitor_sets_nothing)
{
    struct client *a = client_open(L"101"), *m = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100"), *seen;
    CALL_PRIVILEGE privilege;
    ITCallInfo2 *info;
    BYTE byte = 1;
    LONG cookie;

    CHECK_EQ(ITTAPI2_UnregisterNotifications(m->tapi, m->registration), S_OK);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(m->tapi, m->address, VARIANT_TRUE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 9, &cookie),
             S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    client_wait(m, "state connected");
    seen = client_offered(m);
    info = interface_of(seen, &IID_ITCallInfo2);
    CHECK_EQ(ITCallInfo2_get_Privilege(info, &privilege), S_OK);
    CHECK_EQ(privilege, CP_MONITOR);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_APPSPECIFIC, 1), TAPI_E_NOTOWNER);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_CALLTREATMENT, 1), TAPI_E_NOTOWNER);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_MAXRATE, 64000), TAPI_E_NOTOWNER);
    CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, CIB_USERUSERINFO, 1, &byte), TAPI_E_NOTOWNER);
    CHECK_EQ(ITCallInfo2_SetCallInfoBuffer(info, CIB_CALLDATABUFFER, 1, &byte), TAPI_E_NOTOWNER);
    CHECK_EQ(ITCallInfo2_ReleaseUserUserInfo(info), TAPI_E_NOTOWNER);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(seen);
    ITBasicCallControl_Release(call);
    client_close(m);
    client_close(a);
}

/* ---- ITCallHub ------------------------------------------------------------------------------- */

TEST_BOTH(a_hub_of_calls_of_others)
{
    struct client *a = client_open(L"101"), *m = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100"), *seen;
    ITCallInfo2 *info;
    ITCallHub *hub = NULL;
    LONG cookie;

    CHECK_EQ(ITTAPI2_UnregisterNotifications(m->tapi, m->registration), S_OK);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(m->tapi, m->address, VARIANT_TRUE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 9, &cookie),
             S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    client_wait(m, "state connected");
    seen = client_offered(m);
    info = interface_of(seen, &IID_ITCallInfo2);
    REQUIRE_EQ(ITCallInfo2_get_CallHub(info, &hub), S_OK);
    CHECK_EQ(ITCallHub_Clear(hub), TAPI_E_NOTOWNER);
    CHECK_EQ(named_call(hub, L"Clear", NULL, ""), TAPI_E_NOTOWNER);
    CHECK_EQ(client_state(call), CS_CONNECTED);
    CHECK(named_list(hub, L"Calls", 1, ""));
    CHECK_EQ(late_number(hub, L"State"), CHS_ACTIVE);
    ITCallHub_Release(hub);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(seen);
    ITBasicCallControl_Release(call);
    client_close(m);
    client_close(a);
}
