/* identity_test.c - COM's rules for every object there is (gallery.h), in both kinds of apartment,
 * and that nothing is left of them afterwards. */
#include "tests/com/identity/gallery.h"
#include "tests/com/identity/rules.h"

#include <stdio.h>

TEST_BOTH(every_interface_of_every_object)
{
    struct gallery *gallery = gallery_open();

    for (unsigned i = 0; i < gallery->count; i++)
        rules_check(gallery->exhibits[i].name, gallery->exhibits[i].object,
                    gallery->exhibits[i].iids);
    gallery_close(gallery);
}

/* ---- for good ---------------------------------------------------------------------------------
 */

static void check_queries(struct gallery *gallery, const char *when)
{
    for (unsigned i = 0; i < gallery->count; i++) {
        const struct exhibit *exhibit = &gallery->exhibits[i];
        unsigned count = 0;

        while (exhibit->iids[count])
            count++;
        if (!rules_query(exhibit->object, exhibit->iids, count))
            test_note("%s %s", exhibit->name, when);
    }
}

/* The interfaces of an object never change, those of its media provider included, whatever becomes
 * of the line and the provider behind them. */
TEST_BOTH(every_interface_stays_when_tapi_is_shut_down)
{
    struct gallery *gallery = gallery_open();
    struct client *clients[] = {gallery->a, gallery->b};

    check_queries(gallery, "before Shutdown"); /* what is never asked for is never made */
    for (unsigned i = 0; i < ARRAYSIZE(clients); i++)
        CHECK_EQ(ITTAPI2_Shutdown(clients[i]->tapi), S_OK);
    check_queries(gallery, "after Shutdown");
    for (unsigned i = 0; i < ARRAYSIZE(clients); i++) {
        CHECK_EQ(ITTAPI2_Initialize(clients[i]->tapi), S_OK);
        clients[i]->was_shut = true;
    }
    check_queries(gallery, "of an earlier life");
    gallery_close(gallery);
}

/* What the provider's interfaces do then is the provider's to say, but they do it safely. */
TEST_BOTH(media_interfaces_first_asked_for_after_shutdown)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"102");
    ITTerminalSupport2 *support = NULL;
    ITStreamControl *streams = NULL;
    IEnumTerminalClass *classes = NULL;
    IEnumTerminal *terminals = NULL;
    IUnknown *asked = NULL;
    IEnumStream *all = NULL;
    ITStream *stream;
    HRESULT hr;

    /* Asked for once, so that the provider's objects are made, and let go. */
    REQUIRE_EQ(ITAddress_QueryInterface(a->address, &IID_ITTerminalSupport, (void **)&asked), S_OK);
    IUnknown_Release(asked);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&asked),
               S_OK);
    IUnknown_Release(asked);
    CHECK_EQ(ITTAPI2_Shutdown(a->tapi), S_OK);
    a->was_shut = true;
    REQUIRE_EQ(ITAddress_QueryInterface(a->address, &IID_ITTerminalSupport2, (void **)&support),
               S_OK);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&streams),
               S_OK);
    hr = ITTerminalSupport2_EnumerateStaticTerminals(support, &terminals);
    CHECK_EQ(SUCCEEDED(hr), terminals != NULL);
    hr = ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes);
    CHECK_EQ(SUCCEEDED(hr), classes != NULL);
    hr = ITStreamControl_EnumerateStreams(streams, &all);
    CHECK_EQ(SUCCEEDED(hr), all != NULL);
    hr = ITStreamControl_CreateStream(streams, TAPIMEDIATYPE_AUDIO, TD_RENDER, &stream);
    CHECK(FAILED(hr));
    if (terminals)
        IEnumTerminal_Release(terminals);
    if (classes)
        IEnumTerminalClass_Release(classes);
    if (all)
        IEnumStream_Release(all);
    ITBasicCallControl_Release(call); /* the interfaces outlive the object's first pointers */
    ITStreamControl_Release(streams);
    ITTerminalSupport2_Release(support);
    CHECK_EQ(ITTAPI2_Initialize(a->tapi), S_OK);
    client_close(a);
}

/* ---- is anything left out? ------------------------------------------------------------------- */

/* Interfaces of TAPI's library that no object of the gallery has, and why. */
static const struct {
    const IID *iid;
    const char *why;
} elsewhere[] = {
    {&IID_ITTAPIEventNotification, "a sink's, not ours"},
    {&DIID_ITTAPIDispatchEventNotification, "a sink's, not ours"},
    {&IID_IEnumUnknown, "of private TAPI objects: no provider of ours has any"},
    {&IID_ITLegacyWaveSupport, "of the wave media provider"},
    {&IID_ITBasicAudioTerminal, "of terminals on sound devices"},
    {&IID_ITStaticAudioTerminal, "of terminals on sound devices"},
    {&IID_ITSubStream, "the exchange's media provider has no substreams"},
    {&IID_ITSubStreamControl, "the exchange's media provider has no substreams"},
    {&IID_IEnumSubStream, "the exchange's media provider has no substreams"},
};

static bool is_elsewhere(REFIID iid)
{
    for (unsigned i = 0; i < ARRAYSIZE(elsewhere); i++)
        if (IsEqualIID(iid, elsewhere[i].iid))
            return true;
    return false;
}

/* Event objects have their own test. */
static bool is_of_an_event(const WCHAR *name)
{
    return wcsstr(name, L"Event") != NULL;
}

TEST(every_interface_of_the_type_library_is_on_some_object)
{
    struct gallery *gallery;
    ITypeLib *library = NULL;

    com_enter(COM_MTA);
    gallery = gallery_open();
    for (unsigned i = 0; i < gallery->count; i++)
        rules_see(gallery->exhibits[i].iids);
    gallery_close(gallery);
    REQUIRE_EQ(LoadTypeLibEx(L"tapi3.dll", REGKIND_NONE, &library), S_OK);
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        TYPEATTR *attributes;
        ITypeInfo *info = NULL;
        BSTR name = NULL;

        REQUIRE_EQ(ITypeLib_GetTypeInfo(library, i, &info), S_OK);
        REQUIRE_EQ(ITypeInfo_GetTypeAttr(info, &attributes), S_OK);
        ITypeLib_GetDocumentation(library, (INT)i, &name, NULL, NULL, NULL);
        if ((attributes->typekind == TKIND_DISPATCH || attributes->typekind == TKIND_INTERFACE) &&
            (name[0] == 'I') && !is_of_an_event(name) && !rules_have_seen(&attributes->guid) &&
            !is_elsewhere(&attributes->guid))
            FAIL("no object has %ls", name);
        SysFreeString(name);
        ITypeInfo_ReleaseTypeAttr(info, attributes);
        ITypeInfo_Release(info);
    }
    ITypeLib_Release(library);
    com_leave();
}
