/*
 * event_objects_test.c - every event object, each property through its vtable and through the type
 * library. The table of event_classes.h says what there is; the type library, made from the IDL,
 * says whether the table is right.
 */
#include "tests/com/events/fixture.h"

#include <stddef.h>

/* ---- an object for the properties that are objects ---- */

struct thing {
    IDispatch IDispatch_iface;
    LONG refs;
};

static HRESULT WINAPI thing_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    (void)iid;
    InterlockedIncrement(&CONTAINING_RECORD(iface, struct thing, IDispatch_iface)->refs);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI thing_AddRef(IDispatch *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct thing, IDispatch_iface)->refs);
}

static ULONG WINAPI thing_Release(IDispatch *iface)
{
    return InterlockedDecrement(&CONTAINING_RECORD(iface, struct thing, IDispatch_iface)->refs);
}

static const IDispatchVtbl thing_vtable = {
    thing_QueryInterface, thing_AddRef, thing_Release, NULL, NULL, NULL, NULL};
static struct thing thing = {{(IDispatchVtbl *)&thing_vtable}, 1};

/* ---- through IDispatch ---- */

static HRESULT get_property(IDispatch *event, const WCHAR *name, VARIANT *value)
{
    DISPPARAMS none = {0};
    LPOLESTR names[] = {(LPOLESTR)name};
    DISPID id;
    HRESULT hr;

    VariantInit(value);
    hr = IDispatch_GetIDsOfNames(event, &IID_NULL, names, 1, LOCALE_NEUTRAL, &id);
    if (FAILED(hr))
        return hr;
    return IDispatch_Invoke(event, id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &none,
                            value, NULL, NULL);
}

static void check_number(const char *what, IDispatch *event, const WCHAR *name, LONG expected)
{
    VARIANT value;

    if (!CHECK_EQ(get_property(event, name, &value), S_OK))
        test_note("in %s.%ls", what, name);
    /* What VBScript knows. */
    if (!CHECK(V_VT(&value) == VT_I4 || V_VT(&value) == VT_UI1 || V_VT(&value) == VT_ERROR))
        test_note("in %s.%ls: type %u", what, name, V_VT(&value));
    if (V_VT(&value) == VT_ERROR) /* an HRESULT property, on Windows too */
        V_VT(&value) = VT_I4;
    if (!CHECK_EQ(VariantChangeType(&value, &value, 0, VT_I4), S_OK) ||
        !CHECK_EQ(V_I4(&value), expected))
        test_note("in %s.%ls", what, name);
}

static void check_text(const char *what, IDispatch *event, const WCHAR *name, const WCHAR *expected)
{
    VARIANT value;

    if (!CHECK_EQ(get_property(event, name, &value), S_OK) || !CHECK_EQ(V_VT(&value), VT_BSTR) ||
        !CHECK_WSTR(V_BSTR(&value), expected))
        test_note("in %s.%ls", what, name);
    VariantClear(&value);
}

static void check_object(const char *what, IDispatch *event, const WCHAR *name)
{
    VARIANT value;

    if (!CHECK_EQ(get_property(event, name, &value), S_OK) || !CHECK(V_VT(&value) == VT_DISPATCH) ||
        !CHECK(V_DISPATCH(&value) == &thing.IDispatch_iface))
        test_note("in %s.%ls", what, name);
    VariantClear(&value);
}

/* ---- all classes ---- */

#define FILL_OBJECT(i, name, type) values.name = (type *)&thing;
#define FILL_NUMBER(i, name, type) values.name = (type)(number += 3);
#define FILL_TEXT(i, name)         values.name = L"text of " L## #name;

#define READ_OBJECT(i, name, type) check_object(#i, event, L## #name);
#define READ_NUMBER(i, name, type) check_number(#i, event, L## #name, number += 3);
#define READ_TEXT(i, name)         check_text(#i, event, L## #name, L"text of " L## #name);

static void check_identity(IDispatch *event, REFIID iid);

#define TEST_CLASS(i)                                                                              \
    TEST(i##_by_type_library)                                                                      \
    {                                                                                              \
        struct i##_values values = {0};                                                            \
        LONG number = 40;                                                                          \
        IDispatch *event;                                                                          \
                                                                                                   \
        i##_PROPERTIES(i, FILL_OBJECT, FILL_OBJECT, FILL_NUMBER, FILL_TEXT) event =                \
            i##_create(&values);                                                                   \
        REQUIRE(event != NULL);                                                                    \
        number = 40;                                                                               \
        i##_PROPERTIES(i, READ_OBJECT, READ_OBJECT, READ_NUMBER, READ_TEXT)                        \
            check_identity(event, &IID_##i);                                                       \
        CHECK_EQ(IDispatch_Release(event), 0);                                                     \
        CHECK_EQ(thing.refs, 1);                                                                   \
    }

/* Every interface an event object must have, and its own type information. */
static void check_identity(IDispatch *event, REFIID iid)
{
    const IID *iids[] = {&IID_IUnknown, &IID_IDispatch, &IID_IMarshal, &IID_ISupportErrorInfo, iid};
    ITypeInfo *info;
    TYPEATTR *attributes;
    VARIANT value;
    IUnknown *other;
    unsigned i;

    for (i = 0; i < ARRAYSIZE(iids); i++) {
        if (CHECK_EQ(IDispatch_QueryInterface(event, iids[i], (void **)&other), S_OK))
            IUnknown_Release(other);
    }
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITTAPI, (void **)&other), E_NOINTERFACE);
    CHECK_EQ(get_property(event, L"NoSuchProperty", &value), DISP_E_UNKNOWNNAME);
    if (CHECK_EQ(IDispatch_GetTypeInfo(event, 0, LOCALE_NEUTRAL, &info), S_OK)) {
        if (CHECK_EQ(ITypeInfo_GetTypeAttr(info, &attributes), S_OK)) {
            CHECK(IsEqualIID(&attributes->guid, iid));
            ITypeInfo_ReleaseTypeAttr(info, attributes);
        }
        ITypeInfo_Release(info);
    }
}

EVENT_CLASSES(TEST_CLASS)

/* ---- what a class does beyond the table ---- */

TEST(missing_objects_give_null_and_say_so)
{
    IDispatch *event = ITCallMediaEvent_create(&(const struct ITCallMediaEvent_values){0});
    ITTerminal *terminal;
    ITCallInfo *call;

    REQUIRE(event != NULL);
    POISON(terminal);
    CHECK_EQ(ITCallMediaEvent_get_Terminal((ITCallMediaEvent *)event, &terminal), S_FALSE);
    CHECK(terminal == NULL);
    POISON(call);
    CHECK_EQ(ITCallMediaEvent_get_Call((ITCallMediaEvent *)event, &call), S_FALSE);
    CHECK(call == NULL);
    CHECK_EQ(ITCallMediaEvent_get_Call((ITCallMediaEvent *)event, NULL), E_POINTER);
    CHECK_EQ(ITCallMediaEvent_get_Cause((ITCallMediaEvent *)event, NULL), E_POINTER);
    IDispatch_Release(event);

    event = ITAddressEvent_create(&(const struct ITAddressEvent_values){.Event = AE_STATE});
    REQUIRE(event != NULL);
    POISON(terminal);
    CHECK_EQ(ITAddressEvent_get_Terminal((ITAddressEvent *)event, &terminal), TAPI_E_WRONGEVENT);
    CHECK(terminal == NULL);
    IDispatch_Release(event);
}

TEST(missing_text_is_an_empty_string)
{
    IDispatch *event =
        ITDigitsGatheredEvent_create(&(const struct ITDigitsGatheredEvent_values){0});
    BSTR text;

    REQUIRE(event != NULL);
    POISON(text);
    CHECK_EQ(ITDigitsGatheredEvent_get_Digits((ITDigitsGatheredEvent *)event, &text), S_OK);
    CHECK(text != NULL);
    CHECK_EQ(SysStringLen(text), 0);
    SysFreeString(text);
    CHECK_EQ(ITDigitsGatheredEvent_get_Digits((ITDigitsGatheredEvent *)event, NULL), E_POINTER);
    IDispatch_Release(event);
}

TEST(the_newer_tapi_object_event_is_the_older_one_too)
{
    const struct ITTAPIObjectEvent2_values values = {.Event = TE_PHONECREATE,
                                                     .CallbackInstance = 5};
    IDispatch *event = ITTAPIObjectEvent2_create(&values);
    ITTAPIObjectEvent *older;
    TAPIOBJECT_EVENT what;

    REQUIRE(event != NULL);
    REQUIRE_EQ(IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent, (void **)&older), S_OK);
    CHECK_EQ(ITTAPIObjectEvent_get_Event(older, &what), S_OK);
    CHECK_EQ(what, TE_PHONECREATE);
    ITTAPIObjectEvent_Release(older);
    IDispatch_Release(event);
}

TEST(the_dispatch_mapper_finds_a_secondary_interface_by_its_text)
{
    IDispatch *event = ITCallStateEvent_create(&(const struct ITCallStateEvent_values){0});
    BSTR right = SysAllocString(L"{62F47097-95C9-11D0-835D-00AA003CCABD}");
    BSTR bare = SysAllocString(L"62F47097-95C9-11D0-835D-00AA003CCABD");
    BSTR other = SysAllocString(L"{B1EFC382-9355-11D0-835C-00AA003CCABD}");
    BSTR wrong = SysAllocString(L"ITCallStateEvent");
    ITDispatchMapper *mapper;
    IDispatch *found;

    REQUIRE(event != NULL);
    REQUIRE_EQ(dispatch_mapper_create(NULL, &IID_ITDispatchMapper, (void **)&mapper), S_OK);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, right, event, &found), S_OK);
    CHECK(found == event);
    IDispatch_Release(found);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, bare, event, &found), S_OK);
    IDispatch_Release(found);
    POISON(found);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, other, event, &found), E_NOINTERFACE);
    CHECK(found == NULL);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, wrong, event, &found), E_INVALIDARG);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, NULL, event, &found), E_INVALIDARG);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, right, NULL, &found), E_INVALIDARG);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, right, event, NULL), E_POINTER);
    ITDispatchMapper_Release(mapper);
    CHECK_EQ(dispatch_mapper_create((IUnknown *)event, &IID_IUnknown, (void **)&mapper),
             CLASS_E_NOAGGREGATION);
    SysFreeString(right);
    SysFreeString(bare);
    SysFreeString(other);
    SysFreeString(wrong);
    IDispatch_Release(event);
    SetErrorInfo(0, NULL);
}
