/* rules.c - see rules.h. */
#include "tests/com/identity/rules.h"

#include "tests/support/wait.h"

#define MOST 16 /* interfaces of one object */

/* ---- the type library ------------------------------------------------------------------------ */

static IID seen[160];
static unsigned seen_count;

bool rules_have_seen(REFIID iid)
{
    for (unsigned i = 0; i < seen_count; i++)
        if (IsEqualIID(&seen[i], iid))
            return true;
    return false;
}

static void see(REFIID iid)
{
    if (!rules_have_seen(iid) && CHECK(seen_count < ARRAYSIZE(seen)))
        seen[seen_count++] = *iid;
}

void rules_see(const IID *const *iids)
{
    for (; *iids; iids++)
        see(*iids);
}

ITypeInfo *rules_type_info(REFIID iid)
{
    static const WCHAR *const files[] = {L"tapi3.dll", L"termmgr.dll"};
    ITypeInfo *info = NULL;

    for (unsigned i = 0; i < ARRAYSIZE(files) && !info; i++) {
        ITypeLib *library = NULL;
        TYPEATTR *attributes;
        bool dispatch = false;

        if (!CHECK_EQ(LoadTypeLibEx(files[i], REGKIND_NONE, &library), S_OK))
            return NULL;
        if (ITypeLib_GetTypeInfoOfGuid(library, iid, &info) != S_OK)
            info = NULL;
        ITypeLib_Release(library);
        if (info && ITypeInfo_GetTypeAttr(info, &attributes) == S_OK) {
            /* The library says FDISPATCHABLE of whatever derives from IDispatch. */
            dispatch = attributes->wTypeFlags & (TYPEFLAG_FDUAL | TYPEFLAG_FDISPATCHABLE) ||
                       attributes->typekind == TKIND_DISPATCH;
            ITypeInfo_ReleaseTypeAttr(info, attributes);
        }
        if (info && !dispatch) {
            ITypeInfo_Release(info);
            info = NULL;
        }
    }
    return info;
}

/* ---- QueryInterface -------------------------------------------------------------------------- */

/* Nobody has this one. */
static const IID IID_Nobody = {
    0x2d1f8a30, 0x77b1, 0x4c0e, {0x93, 0x5e, 0x11, 0xc2, 0x6f, 0x08, 0xd4, 0x5b}};

static bool is_identity(IUnknown *from, IUnknown *identity)
{
    IUnknown *again;
    bool good;

    POISON(again);
    if (!CHECK_EQ(IUnknown_QueryInterface(from, &IID_IUnknown, (void **)&again), S_OK))
        return false;
    good = CHECK(again == identity);
    IUnknown_Release(again);
    return good;
}

/* What is not there stays away, the output is NULLed, and a missing output is an error. */
static bool refuses(IUnknown *from)
{
    IUnknown *nothing;
    bool good = true;

    for (unsigned i = 0; i < 2; i++) {
        POISON(nothing);
        good = CHECK_EQ(IUnknown_QueryInterface(from, &IID_Nobody, (void **)&nothing),
                        E_NOINTERFACE) &&
               good;
        good = CHECK(nothing == NULL) && good;
    }
    return CHECK_EQ(IUnknown_QueryInterface(from, &IID_IUnknown, NULL), E_POINTER) && good;
}

/* From each of its interfaces every other one is reached, the first one again, and from there every
 * third one: reflexive, symmetric, transitive. */
bool rules_query(IUnknown *object, const IID *const *iids, unsigned count)
{
    IUnknown *identity = NULL, *from, *to, *third;
    bool good = true;
    ULONG before;

    if (!CHECK_EQ(IUnknown_QueryInterface(object, &IID_IUnknown, (void **)&identity), S_OK))
        return false;
    before = IUnknown_AddRef(identity);
    for (unsigned i = 0; i < count; i++) {
        POISON(from);
        if (!CHECK_EQ(IUnknown_QueryInterface(object, iids[i], (void **)&from), S_OK)) {
            test_note("interface %u is missing", i);
            good = false;
            continue;
        }
        good = is_identity(from, identity) && refuses(from) && good;
        for (unsigned j = 0; j < count; j++) {
            POISON(to);
            if (!CHECK_EQ(IUnknown_QueryInterface(from, iids[j], (void **)&to), S_OK)) {
                test_note("interface %u is not reached from %u", j, i);
                good = false;
                continue;
            }
            good = is_identity(to, identity) && good;
            for (unsigned k = 0; k < count; k++) {
                POISON(third);
                if (CHECK_EQ(IUnknown_QueryInterface(to, iids[k], (void **)&third), S_OK)) {
                    IUnknown_Release(third);
                } else {
                    test_note("interface %u is not reached from %u by way of %u", k, i, j);
                    good = false;
                }
            }
            IUnknown_Release(to);
        }
        IUnknown_Release(from);
    }
    /* Each pointer counted once, each Release too. */
    good = CHECK_EQ(IUnknown_Release(identity), before - 1) && good;
    IUnknown_Release(identity);
    return good;
}

/* ---- IDispatch ------------------------------------------------------------------------------- */

static bool every_name(IDispatch *dispatch, ITypeInfo *info)
{
    TYPEATTR *attributes;
    bool good = true;

    if (!CHECK_EQ(ITypeInfo_GetTypeAttr(info, &attributes), S_OK))
        return false;
    for (unsigned i = 0; i < attributes->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name = NULL;
        DISPID id;
        UINT count;

        if (!CHECK_EQ(ITypeInfo_GetFuncDesc(info, i, &function), S_OK))
            continue;
        /* The library of a dual interface lists IDispatch's methods, too: those are no members. */
        if (!(function->wFuncFlags & FUNCFLAG_FRESTRICTED) &&
            CHECK_EQ(ITypeInfo_GetNames(info, function->memid, &name, 1, &count), S_OK)) {
            POISON(id);
            if (!CHECK_EQ(
                    IDispatch_GetIDsOfNames(dispatch, &IID_NULL, &name, 1, LOCALE_NEUTRAL, &id),
                    S_OK) ||
                !CHECK_EQ(id, function->memid)) {
                test_note("the member is %ls", name);
                good = false;
            }
            SysFreeString(name);
        }
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    return good;
}

static bool late_rules(IDispatch *dispatch, ITypeInfo *expected)
{
    WCHAR *unknown[] = {(WCHAR *)L"ThereIsNoSuchMember"};
    DISPPARAMS none = {0};
    ITypeInfo *info;
    VARIANT result;
    bool good = true;
    DISPID id;
    UINT count;

    POISON(count);
    good = CHECK_EQ(IDispatch_GetTypeInfoCount(dispatch, &count), S_OK) && good;
    good = CHECK_EQ(count, 1) && good;
    good = CHECK_EQ(IDispatch_GetTypeInfoCount(dispatch, NULL), E_POINTER) && good;
    POISON(info);
    good = CHECK_EQ(IDispatch_GetTypeInfo(dispatch, 1, 0, &info), DISP_E_BADINDEX) && good;
    good = CHECK(info == NULL) && good;
    good = CHECK_EQ(IDispatch_GetTypeInfo(dispatch, 0, 0, NULL), E_POINTER) && good;
    POISON(info);
    if (CHECK_EQ(IDispatch_GetTypeInfo(dispatch, 0, 0, &info), S_OK))
        ITypeInfo_Release(info);
    POISON(id);
    good = CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, unknown, 1, LOCALE_NEUTRAL, &id),
                    DISP_E_UNKNOWNNAME) &&
           good;
    good = CHECK_EQ(id, DISPID_UNKNOWN) && good;
    good = CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, NULL, 1, LOCALE_NEUTRAL, &id),
                    E_INVALIDARG) &&
           good;
    good = CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, unknown, 1, LOCALE_NEUTRAL, NULL),
                    E_INVALIDARG) &&
           good;
    VariantInit(&result);
    good = CHECK_EQ(IDispatch_Invoke(dispatch, 0x7ffffff0, &IID_NULL, LOCALE_NEUTRAL,
                                     DISPATCH_METHOD, &none, &result, NULL, NULL),
                    DISP_E_MEMBERNOTFOUND) &&
           good;
    good = CHECK_EQ(IDispatch_Invoke(dispatch, 1, &IID_ITTAPI, LOCALE_NEUTRAL, DISPATCH_METHOD,
                                     &none, &result, NULL, NULL),
                    DISP_E_UNKNOWNINTERFACE) &&
           good;
    good = CHECK_EQ(IDispatch_Invoke(dispatch, 1, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_METHOD, NULL,
                                     &result, NULL, NULL),
                    E_INVALIDARG) &&
           good;
    return (!expected || every_name(dispatch, expected)) && good;
}

/* ---- the helpers ----------------------------------------------------------------------------- */

static bool error_rules(IUnknown *object, const IID *const *iids, unsigned count)
{
    ISupportErrorInfo *errors = NULL;
    bool good = true;

    if (!CHECK_EQ(IUnknown_QueryInterface(object, &IID_ISupportErrorInfo, (void **)&errors), S_OK))
        return false;
    for (unsigned i = 0; i < count; i++) {
        ITypeInfo *info = rules_type_info(iids[i]);

        /* A late-bound caller asks for exactly these. */
        if (info &&
            !CHECK_EQ(ISupportErrorInfo_InterfaceSupportsErrorInfo(errors, iids[i]), S_OK)) {
            test_note("interface %u", i);
            good = false;
        }
        if (info)
            ITypeInfo_Release(info);
    }
    good = CHECK_EQ(ISupportErrorInfo_InterfaceSupportsErrorInfo(errors, &IID_Nobody), S_FALSE) &&
           good;
    good =
        CHECK_EQ(ISupportErrorInfo_InterfaceSupportsErrorInfo(errors, NULL), E_INVALIDARG) && good;
    ISupportErrorInfo_Release(errors);
    return good;
}

static bool safety_rules(IUnknown *object, REFIID iid)
{
    const DWORD both = INTERFACESAFE_FOR_UNTRUSTED_CALLER | INTERFACESAFE_FOR_UNTRUSTED_DATA;
    IObjectSafety *safety = NULL;
    DWORD supported, enabled;
    bool good = true;

    if (!CHECK_EQ(IUnknown_QueryInterface(object, &IID_IObjectSafety, (void **)&safety), S_OK))
        return false;
    POISON(supported);
    POISON(enabled);
    good = CHECK_EQ(IObjectSafety_GetInterfaceSafetyOptions(safety, iid, &supported, &enabled),
                    S_OK) &&
           good;
    good = CHECK_EQ(supported, both) && CHECK_EQ(enabled, both) && good;
    good =
        CHECK_EQ(IObjectSafety_GetInterfaceSafetyOptions(safety, &IID_Nobody, &supported, &enabled),
                 E_NOINTERFACE) &&
        good;
    good =
        CHECK_EQ(IObjectSafety_GetInterfaceSafetyOptions(safety, iid, NULL, &enabled), E_POINTER) &&
        good;
    good = CHECK_EQ(IObjectSafety_SetInterfaceSafetyOptions(safety, iid, both, both), S_OK) && good;
    good =
        CHECK_EQ(IObjectSafety_SetInterfaceSafetyOptions(safety, iid, 0x80, 0x80), E_FAIL) && good;
    IObjectSafety_Release(safety);
    return good;
}

struct journey {
    IStream *streams[MOST];
    void *pointers[MOST];
    const IID *const *iids;
    unsigned count;
    DWORD apartment;
    bool good;
};

static DWORD WINAPI arrive(void *context)
{
    struct journey *journey = context;

    CoInitializeEx(NULL, journey->apartment);
    for (unsigned i = 0; i < journey->count; i++) {
        IUnknown *found = NULL;

        if (!journey->streams[i] ||
            !CHECK_EQ(CoGetInterfaceAndReleaseStream(journey->streams[i], journey->iids[i],
                                                     (void **)&found),
                      S_OK)) {
            journey->good = false;
            continue;
        }
        if (!CHECK((void *)found == journey->pointers[i])) {
            test_note("interface %u arrives as a proxy", i);
            journey->good = false;
        }
        IUnknown_Release(found);
    }
    CoUninitialize();
    return 0;
}

bool rules_marshal(IUnknown *object, const IID *const *iids, unsigned count)
{
    struct journey journey = {.iids = iids, .count = count, .good = true};
    APTTYPEQUALIFIER qualifier;
    APTTYPE type = APTTYPE_MTA;
    HANDLE thread;

    CoGetApartmentType(&type, &qualifier);
    journey.apartment = type == APTTYPE_MTA ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED;
    for (unsigned i = 0; i < count; i++) {
        if (!CHECK_EQ(IUnknown_QueryInterface(object, iids[i], &journey.pointers[i]), S_OK))
            return false;
        journey.good = CHECK_EQ(CoMarshalInterThreadInterfaceInStream(iids[i], journey.pointers[i],
                                                                      &journey.streams[i]),
                                S_OK) &&
                       journey.good;
    }
    thread = CreateThread(NULL, 0, arrive, &journey, 0, NULL);
    CHECK(wait_pumping(thread, WAIT_LONG)); /* a proxy would call back here */
    CloseHandle(thread);
    for (unsigned i = 0; i < count; i++)
        IUnknown_Release((IUnknown *)journey.pointers[i]);
    return journey.good;
}

bool rules_check(const char *name, IUnknown *object, const IID *const *iids)
{
    const IID *all[MOST] = {&IID_IMarshal};
    unsigned helpers = 1, count, own = 0;
    const IID *dual = NULL;
    bool good = true;
    /* A connection point is an object by itself, but part of another one: it is COM's, and says
     * COM's errors. */
    bool whole = !IsEqualIID(iids[0], &IID_IConnectionPoint);

    for (; iids[own]; own++) {
        ITypeInfo *info = rules_type_info(iids[own]);
        IDispatch *dispatch;

        if (!info)
            continue;
        dual = dual ? dual : iids[own];
        if (CHECK_EQ(IUnknown_QueryInterface(object, iids[own], (void **)&dispatch), S_OK)) {
            if (!late_rules(dispatch, info)) {
                test_note("interface %u of %s", own, name);
                good = false;
            }
            IDispatch_Release(dispatch);
        }
        ITypeInfo_Release(info);
    }
    if (whole)
        all[helpers++] = &IID_ISupportErrorInfo;
    if (dual) {
        all[helpers++] = &IID_IDispatch;
        all[helpers++] = &IID_IObjectSafety;
        good = safety_rules(object, dual) && good;
    }
    if (!CHECK(own + helpers <= MOST))
        return false;
    memcpy(all + helpers, iids, own * sizeof(*iids));
    count = helpers + own;
    good = rules_query(object, all, count) && good;
    good = (!whole || error_rules(object, iids, own)) && good;
    good = rules_marshal(object, iids, own) && good;
    if (!good)
        test_note("this was about: %s", name);
    return good;
}
