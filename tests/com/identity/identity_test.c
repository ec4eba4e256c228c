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
