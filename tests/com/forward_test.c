/* forward_test.c - forwarding: the object that says where calls go, ITAddress::Forward, what is in
 * force, the event of it, and a call that goes there. */
#include "tests/com/client.h"
#include "tests/com/late.h"

#include <tapi.h>
#include <wchar.h>

static ITForwardInformation2 *create_info(struct client *client)
{
    ITForwardInformation2 *info2 = NULL;
    ITForwardInformation *info = NULL;

    REQUIRE_EQ(ITAddress_CreateForwardInfoObject(client->address, &info), S_OK);
    REQUIRE_EQ(
        ITForwardInformation_QueryInterface(info, &IID_ITForwardInformation2, (void **)&info2),
        S_OK);
    ITForwardInformation_Release(info);
    return info2;
}

static HRESULT set(ITForwardInformation2 *info, LONG mode, const WCHAR *to, const WCHAR *from)
{
    BSTR destination = SysAllocString(to), caller = SysAllocString(from);
    HRESULT hr = ITForwardInformation2_SetForwardType(info, mode, destination, caller);

    SysFreeString(destination);
    SysFreeString(caller);
    return hr;
}

static void check_entry(void *object, LONG mode, const WCHAR *to, const WCHAR *from)
{
    ITForwardInformation2 *info = object;
    BSTR destination = NULL, caller = NULL, text = NULL;
    LONG to_type, from_type;

    CHECK_EQ(ITForwardInformation2_GetForwardType(info, mode, &destination, &caller), S_OK);
    CHECK_WSTR(destination, to);
    CHECK_WSTR(caller, from);
    SysFreeString(destination);
    SysFreeString(caller);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestination(info, mode, &text), S_OK);
    CHECK_WSTR(text, to);
    SysFreeString(text);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCaller(info, mode, &text), S_OK);
    CHECK_WSTR(text, from);
    SysFreeString(text);
    CHECK_EQ(ITForwardInformation2_GetForwardType2(info, mode, &destination, &to_type, &caller,
                                                   &from_type),
             S_OK);
    CHECK_WSTR(destination, to);
    CHECK_WSTR(caller, from);
    CHECK_EQ(to_type != 0, to[0] != 0);
    SysFreeString(destination);
    SysFreeString(caller);
}

TEST_BOTH(what_is_set_can_be_read)
{
    static const LONG modes[] = {
        LINEFORWARDMODE_UNCOND,         LINEFORWARDMODE_UNCONDINTERNAL,
        LINEFORWARDMODE_UNCONDEXTERNAL, LINEFORWARDMODE_UNCONDSPECIFIC,
        LINEFORWARDMODE_BUSY,           LINEFORWARDMODE_BUSYINTERNAL,
        LINEFORWARDMODE_BUSYEXTERNAL,   LINEFORWARDMODE_BUSYSPECIFIC,
        LINEFORWARDMODE_NOANSW,         LINEFORWARDMODE_NOANSWINTERNAL,
        LINEFORWARDMODE_NOANSWEXTERNAL, LINEFORWARDMODE_NOANSWSPECIFIC,
        LINEFORWARDMODE_BUSYNA,         LINEFORWARDMODE_BUSYNAINTERNAL,
        LINEFORWARDMODE_BUSYNAEXTERNAL, LINEFORWARDMODE_BUSYNASPECIFIC,
    };
    struct client *a = client_open(L"101");
    ITForwardInformation2 *info = create_info(a);
    WCHAR number[8];
    unsigned i;
    LONG value;

    CHECK_EQ(ITAddress_CreateForwardInfoObject(a->address, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_get_NumRingsNoAnswer(info, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITForwardInformation2_put_NumRingsNoAnswer(info, 4), S_OK);
    CHECK_EQ(ITForwardInformation2_get_NumRingsNoAnswer(info, &value), S_OK);
    CHECK_EQ(value, 4);
    for (i = 0; i < ARRAYSIZE(modes); i++) {
        swprintf(number, ARRAYSIZE(number), L"5%u", i);
        CHECK_EQ(set(info, modes[i], number, i % 4 == 3 ? L"104" : NULL), S_OK);
    }
    for (i = 0; i < ARRAYSIZE(modes); i++) {
        swprintf(number, ARRAYSIZE(number), L"5%u", i);
        check_entry(info, modes[i], number, i % 4 == 3 ? L"104" : L"");
    }
    /* The same condition again replaces; another caller is another entry, and the latest. */
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSY, L"103", NULL), S_OK);
    check_entry(info, LINEFORWARDMODE_BUSY, L"103", L"");
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSYSPECIFIC, L"102", L"103"), S_OK);
    check_entry(info, LINEFORWARDMODE_BUSYSPECIFIC, L"102", L"103");
    CHECK_EQ(ITForwardInformation2_Clear(info), S_OK);
    check_entry(info, LINEFORWARDMODE_BUSY, L"", L"");
    check_entry(info, LINEFORWARDMODE_UNKNOWN, L"", L"");
    check_entry(info, LINEFORWARDMODE_UNAVAIL, L"", L"");
    CHECK_EQ(ITForwardInformation2_get_NumRingsNoAnswer(info, &value), S_OK);
    CHECK_EQ(value, 0);
    ITForwardInformation2_Release(info);
    client_close(a);
}

TEST_BOTH(types_of_addresses)
{
    struct client *a = client_open(L"101");
    ITForwardInformation2 *info = create_info(a);
    BSTR mail = SysAllocString(L"bob@example.com"), number = SysAllocString(L"104");
    LONG type, other;
    BSTR to, from;

    CHECK_EQ(ITForwardInformation2_SetForwardType2(info, LINEFORWARDMODE_BUSYSPECIFIC, mail,
                                                   LINEADDRESSTYPE_EMAILNAME, number,
                                                   LINEADDRESSTYPE_PHONENUMBER),
             S_OK);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestinationAddressType(
                 info, LINEFORWARDMODE_BUSYSPECIFIC, &type),
             S_OK);
    CHECK_EQ(type, LINEADDRESSTYPE_EMAILNAME);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCallerAddressType(
                 info, LINEFORWARDMODE_BUSYSPECIFIC, &type),
             S_OK);
    CHECK_EQ(type, LINEADDRESSTYPE_PHONENUMBER);
    CHECK_EQ(ITForwardInformation2_GetForwardType2(info, LINEFORWARDMODE_BUSYSPECIFIC, &to, &type,
                                                   &from, &other),
             S_OK);
    CHECK_WSTR(to, L"bob@example.com");
    CHECK_WSTR(from, L"104");
    CHECK_EQ(type, LINEADDRESSTYPE_EMAILNAME);
    CHECK_EQ(other, LINEADDRESSTYPE_PHONENUMBER);
    SysFreeString(to);
    SysFreeString(from);
    CHECK_EQ(ITForwardInformation2_SetForwardType2(info, LINEFORWARDMODE_BUSY, number, 3, NULL, 0),
             E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_SetForwardType2(info, LINEFORWARDMODE_BUSY, number,
                                                   LINEADDRESSTYPE_PHONENUMBER, number, 0x40),
             E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_SetForwardType2(info, 0, number, LINEADDRESSTYPE_PHONENUMBER,
                                                   NULL, 0),
             E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_SetForwardType2(info, LINEFORWARDMODE_BUSY, NULL,
                                                   LINEADDRESSTYPE_PHONENUMBER, NULL, 0),
             E_POINTER);
    SysFreeString(mail);
    SysFreeString(number);
    ITForwardInformation2_Release(info);
    client_close(a);
}

TEST_BOTH(what_forwarding_information_refuses)
{
    struct client *a = client_open(L"101");
    ITForwardInformation2 *info = create_info(a);
    BSTR text, other;
    LONG value;

    CHECK_EQ(ITForwardInformation2_put_NumRingsNoAnswer(info, -1), E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_get_NumRingsNoAnswer(info, NULL), E_POINTER);
    CHECK_EQ(set(info, 0, L"102", NULL), E_INVALIDARG);
    CHECK(strlen(client_error_text()) > 10);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSY | LINEFORWARDMODE_NOANSW, L"102", NULL), E_INVALIDARG);
    CHECK_EQ(set(info, LINEFORWARDMODE_UNKNOWN, L"102", NULL), E_INVALIDARG);
    CHECK_EQ(set(info, LINEFORWARDMODE_UNAVAIL, L"102", NULL), E_INVALIDARG);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSY, NULL, NULL), E_POINTER);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSYSPECIFIC, L"102", NULL), E_POINTER);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSYSPECIFIC, L"102", L""), E_INVALIDARG);
    POISON(text);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestination(info, 0, &text), E_INVALIDARG);
    CHECK(text == NULL);
    POISON(text);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCaller(info, 3, &text), E_INVALIDARG);
    CHECK(text == NULL);
    POISON(text);
    CHECK_EQ(ITForwardInformation2_GetForwardType(info, 0x40000, &text, &other), E_INVALIDARG);
    CHECK(text == NULL && other == NULL);
    CHECK_EQ(ITForwardInformation2_GetForwardType(info, 1, NULL, &other), E_POINTER);
    CHECK_EQ(ITForwardInformation2_GetForwardType(info, 1, &text, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestination(info, 1, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCaller(info, 1, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_GetForwardType2(info, 1, &text, NULL, &other, &value),
             E_POINTER);
    CHECK_EQ(ITForwardInformation2_GetForwardType2(info, 0, &text, &value, &other, &value),
             E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestinationAddressType(info, 1, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCallerAddressType(info, 1, NULL), E_POINTER);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeDestinationAddressType(info, 0, &value),
             E_INVALIDARG);
    CHECK_EQ(ITForwardInformation2_get_ForwardTypeCallerAddressType(info, 0, &value), E_INVALIDARG);
    ITForwardInformation2_Release(info);
    client_close(a);
}

TEST_BOTH(calls_go_where_they_are_forwarded)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102"), *c = client_open(L"103");
    ITForwardInformation2 *info = create_info(b);
    ITForwardInformation *current = NULL;
    ITBasicCallControl *call, *offered;
    LONG value;

    CHECK_EQ(ITForwardInformation2_put_NumRingsNoAnswer(info, 3), S_OK);
    CHECK_EQ(set(info, LINEFORWARDMODE_UNCOND, L"103", NULL), S_OK);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSYSPECIFIC, L"104", L"101"), S_OK);
    CHECK_EQ(set(info, LINEFORWARDMODE_BUSYSPECIFIC, L"101", L"103"), S_OK);
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, NULL), S_OK);
    client_wait(b, "address 4"); /* AE_FORWARD */
    ITForwardInformation2_Release(info);

    call = client_call(a, L"102");
    client_expect(c, "notify owner", "state offering", NULL);
    CHECK(!client_has(b, "state offering"));
    offered = client_offered(c);
    CHECK_EQ(ITBasicCallControl_Disconnect(offered, DC_NORMAL), S_OK);
    client_wait(c, "state disconnected normal");
    ITBasicCallControl_Release(offered);
    ITBasicCallControl_Release(call);

    REQUIRE_EQ(ITAddress_get_CurrentForwardInfo(b->address, &current), S_OK);
    CHECK_EQ(ITForwardInformation_get_NumRingsNoAnswer(current, &value), S_OK);
    CHECK(value > 0); /* the exchange's own number of rings */
    REQUIRE_EQ(
        ITForwardInformation_QueryInterface(current, &IID_ITForwardInformation2, (void **)&info),
        S_OK);
    check_entry(info, LINEFORWARDMODE_UNCOND, L"103", L"");
    check_entry(info, LINEFORWARDMODE_BUSYSPECIFIC, L"101", L"103");
    check_entry(info, LINEFORWARDMODE_NOANSW, L"", L"");
    /* Both entries for single callers come back, and go out again. */
    CHECK_EQ(ITAddress_Forward(b->address, current, NULL), S_OK);
    ITForwardInformation_Release(current);
    CHECK_EQ(ITForwardInformation2_Clear(info), S_OK);
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, NULL), S_OK);
    ITForwardInformation2_Release(info);
    REQUIRE_EQ(ITAddress_get_CurrentForwardInfo(b->address, &current), S_OK);
    REQUIRE_EQ(
        ITForwardInformation_QueryInterface(current, &IID_ITForwardInformation2, (void **)&info),
        S_OK);
    check_entry(info, LINEFORWARDMODE_UNCOND, L"", L"");
    ITForwardInformation2_Release(info);
    ITForwardInformation_Release(current);
    client_close(a);
    client_close(b);
    client_close(c);
}

TEST_BOTH(forwarding_by_names)
{
    struct client *b = client_open(L"102");
    VARIANT arguments[5], info, current, value;

    REQUIRE_EQ(late_call(b->address, L"CreateForwardInfoObject", NULL, 0, &info), S_OK);
    REQUIRE_EQ(V_VT(&info), VT_DISPATCH);
    arguments[0] = late_i4(5);
    CHECK_EQ(late_put(V_DISPATCH(&info), L"NumRingsNoAnswer", arguments, 1), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&info), L"NumRingsNoAnswer"), 5);
    arguments[2] = late_i4(LINEFORWARDMODE_NOANSW);
    arguments[1] = late_bstr(L"104");
    arguments[0] = late_bstr(L"");
    CHECK_EQ(late_call(V_DISPATCH(&info), L"SetForwardType", arguments, 3, NULL), S_OK);
    CHECK_EQ(late_get(V_DISPATCH(&info), L"ForwardTypeDestination", &arguments[2], 1, &value),
             S_OK);
    CHECK_WSTR(V_BSTR(&value), L"104");
    VariantClear(&value);
    CHECK_EQ(late_get(V_DISPATCH(&info), L"ForwardTypeCaller", &arguments[2], 1, &value), S_OK);
    CHECK_WSTR(V_BSTR(&value) ? V_BSTR(&value) : L"", L"");
    VariantClear(&value);
    CHECK_EQ(
        late_get(V_DISPATCH(&info), L"ForwardTypeDestinationAddressType", &arguments[2], 1, &value),
        S_OK);
    CHECK_EQ(V_I4(&value), LINEADDRESSTYPE_PHONENUMBER);
    CHECK_EQ(late_get(V_DISPATCH(&info), L"ForwardTypeCallerAddressType", &arguments[2], 1, &value),
             S_OK);
    VariantClear(&arguments[0]);
    VariantClear(&arguments[1]);
    arguments[4] = late_i4(LINEFORWARDMODE_BUSY);
    arguments[3] = late_bstr(L"103");
    arguments[2] = late_i4(LINEADDRESSTYPE_PHONENUMBER);
    arguments[1] = late_bstr(L"");
    arguments[0] = late_i4(0);
    CHECK_EQ(late_call(V_DISPATCH(&info), L"SetForwardType2", arguments, 5, NULL), S_OK);
    arguments[4] = late_i4(-1);
    CHECK_EQ(late_call(V_DISPATCH(&info), L"SetForwardType2", arguments, 5, NULL), E_INVALIDARG);
    VariantClear(&arguments[3]);
    VariantClear(&arguments[1]);
    arguments[1] = late_object(V_DISPATCH(&info));
    arguments[0] = late_object(NULL);
    CHECK_EQ(late_call(b->address, L"Forward", arguments, 2, NULL), S_OK);
    REQUIRE_EQ(late_get(b->address, L"CurrentForwardInfo", NULL, 0, &current), S_OK);
    arguments[0] = late_i4(LINEFORWARDMODE_NOANSW);
    CHECK_EQ(late_get(V_DISPATCH(&current), L"ForwardTypeDestination", arguments, 1, &value), S_OK);
    CHECK_WSTR(V_BSTR(&value), L"104");
    VariantClear(&value);
    VariantClear(&current);
    CHECK_EQ(late_call(V_DISPATCH(&info), L"Clear", NULL, 0, NULL), S_OK);
    arguments[1] = late_object(V_DISPATCH(&info));
    arguments[0] = late_object(NULL);
    CHECK_EQ(late_call(b->address, L"Forward", arguments, 2, NULL), S_OK);
    VariantClear(&info);
    client_close(b);
}

TEST_BOTH(what_forward_refuses)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ITForwardInformation2 *info = create_info(b);
    ITForwardInformation *current;
    ITBasicCallControl *call = client_create_call(a, L"103"), *own = client_create_call(b, L"103");

    CHECK_EQ(ITAddress_Forward(b->address, NULL, NULL), E_POINTER);
    /* An object that is none of ours, and a call of another address. */
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)a->address, NULL), E_INVALIDARG);
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, call), E_INVALIDARG);
    CHECK(strlen(client_error_text()) > 10);
    /* The exchange consults nobody: the call stays idle, to be used for something else. */
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, own), S_OK);
    CHECK_EQ(client_state(own), CS_IDLE);
    CHECK_EQ(ITBasicCallControl_Connect(own, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, own),
             TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITAddress_get_CurrentForwardInfo(b->address, NULL), E_POINTER);
    ITBasicCallControl_Release(own);
    ITBasicCallControl_Release(call);
    ITTAPI2_Shutdown(b->tapi);
    b->was_shut = true;
    POISON(current);
    CHECK_EQ(ITAddress_get_CurrentForwardInfo(b->address, &current), TAPI_E_NOT_INITIALIZED);
    CHECK(current == NULL);
    CHECK_EQ(ITAddress_CreateForwardInfoObject(b->address, &current), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAddress_Forward(b->address, (ITForwardInformation *)info, NULL),
             TAPI_E_NOT_INITIALIZED);
    ITForwardInformation2_Release(info);
    ITTAPI2_Initialize(b->tapi);
    client_close(a);
    client_close(b);
}
