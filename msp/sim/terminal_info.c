/*
 * terminal_info.c - what ITTerminalSupport2 tells about classes of terminals: small objects with
 * what is known of a class. See private.h.
 */
#include "msp/sim/private.h"

#include <stdlib.h>

/* Names of the classes that come with the terminal manager; others are known by their GUID alone.
 */
struct known {
    const CLSID *clsid;
    const WCHAR *name;
    TERMINAL_DIRECTION direction;
    LONG media;
};
static const struct known known[] = {
    {&CLSID_FileSuperclass, L"File Terminals", TD_BIDIRECTIONAL, 0},
    {&CLSID_FilePlaybackTerminal, L"File Playback Terminal", TD_CAPTURE,
     TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_MULTITRACK},
    {&CLSID_FileRecordingTerminal, L"File Recording Terminal", TD_RENDER,
     TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_MULTITRACK},
};

struct info {
    struct com_object com;
    ITPluggableTerminalSuperclassInfo ITPluggableTerminalSuperclassInfo_iface;
    ITPluggableTerminalClassInfo ITPluggableTerminalClassInfo_iface;
    CLSID clsid;
    struct known known;
};

COM_DISPATCH_METHODS(superclass, info, ITPluggableTerminalSuperclassInfo,
                     ITPluggableTerminalSuperclassInfo_iface)
COM_DISPATCH_METHODS(class, info, ITPluggableTerminalClassInfo, ITPluggableTerminalClassInfo_iface)

/* function: the method, for its sentence. */
static HRESULT bstr_out(const char *function, REFIID iid, const WCHAR *text, BSTR *out)
{
    if (!out)
        return com_fail_in(function, E_POINTER, iid, NULL);
    *out = SysAllocString(text);
    return *out ? S_OK : com_fail_in(function, E_OUTOFMEMORY, iid, NULL);
}

static HRESULT clsid_out(const char *function, REFIID iid, const CLSID *clsid, BSTR *out)
{
    WCHAR text[40];

    StringFromGUID2(clsid, text, ARRAYSIZE(text));
    return bstr_out(function, iid, text, out);
}

static HRESULT WINAPI superclass_get_Name(ITPluggableTerminalSuperclassInfo *iface, BSTR *name)
{
    return bstr_out(__func__, &IID_ITPluggableTerminalSuperclassInfo,
                    impl_from_ITPluggableTerminalSuperclassInfo_iface(iface)->known.name, name);
}

static HRESULT WINAPI superclass_get_CLSID(ITPluggableTerminalSuperclassInfo *iface, BSTR *clsid)
{
    return clsid_out(__func__, &IID_ITPluggableTerminalSuperclassInfo,
                     &impl_from_ITPluggableTerminalSuperclassInfo_iface(iface)->clsid, clsid);
}

static const ITPluggableTerminalSuperclassInfoVtbl superclass_vtbl = {
    COM_DISPATCH_VTABLE(superclass),
    superclass_get_Name,
    superclass_get_CLSID,
};

static HRESULT WINAPI class_get_Name(ITPluggableTerminalClassInfo *iface, BSTR *name)
{
    return bstr_out(__func__, &IID_ITPluggableTerminalClassInfo,
                    impl_from_ITPluggableTerminalClassInfo_iface(iface)->known.name, name);
}

static HRESULT WINAPI class_get_Company(ITPluggableTerminalClassInfo *iface, BSTR *company)
{
    (void)iface;
    return bstr_out(__func__, &IID_ITPluggableTerminalClassInfo, L"OpenTAPI", company);
}

static HRESULT WINAPI class_get_Version(ITPluggableTerminalClassInfo *iface, BSTR *version)
{
    (void)iface;
    return bstr_out(__func__, &IID_ITPluggableTerminalClassInfo, L"1.0", version);
}

static HRESULT WINAPI class_get_CLSID(ITPluggableTerminalClassInfo *iface, BSTR *clsid)
{
    return clsid_out(__func__, &IID_ITPluggableTerminalClassInfo,
                     &impl_from_ITPluggableTerminalClassInfo_iface(iface)->clsid, clsid);
}

static HRESULT WINAPI class_get_Direction(ITPluggableTerminalClassInfo *iface,
                                          TERMINAL_DIRECTION *direction)
{
    if (!direction)
        return com_fail(E_POINTER, &IID_ITPluggableTerminalClassInfo, NULL);
    *direction = impl_from_ITPluggableTerminalClassInfo_iface(iface)->known.direction;
    return S_OK;
}

static HRESULT WINAPI class_get_MediaTypes(ITPluggableTerminalClassInfo *iface, LONG *types)
{
    if (!types)
        return com_fail(E_POINTER, &IID_ITPluggableTerminalClassInfo, NULL);
    *types = impl_from_ITPluggableTerminalClassInfo_iface(iface)->known.media;
    return S_OK;
}

static const ITPluggableTerminalClassInfoVtbl class_vtbl = {
    COM_DISPATCH_VTABLE(class),
    class_get_Name,
    class_get_Company,
    class_get_Version,
    class_get_CLSID, /* TerminalClass: the class is its own identity here */
    class_get_CLSID,
    class_get_Direction,
    class_get_MediaTypes,
};

static const struct com_interface superclass_interfaces[] = {COM_INTERFACE(
    info, ITPluggableTerminalSuperclassInfo_iface, ITPluggableTerminalSuperclassInfo)};
static const struct com_interface class_interfaces[] = {
    COM_INTERFACE(info, ITPluggableTerminalClassInfo_iface, ITPluggableTerminalClassInfo)};
static const struct com_class superclass_class = {
    .name = "PluggableTerminalSuperclassInfo",
    .interfaces = superclass_interfaces,
    .interface_count = 1,
};
static const struct com_class class_class = {
    .name = "PluggableTerminalClassInfo",
    .interfaces = class_interfaces,
    .interface_count = 1,
};

/* One object for each GUID. */
static HRESULT list_infos(const CLSID *clsids, DWORD count, const struct com_class *class,
                          struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    DWORD i, k;
    BOOL ok = list != NULL;

    for (i = 0; i < count && ok; i++) {
        struct info *info = com_object_create(sizeof(*info), class, NULL);

        if (!info) {
            ok = FALSE;
            break;
        }
        info->ITPluggableTerminalSuperclassInfo_iface.lpVtbl =
            (ITPluggableTerminalSuperclassInfoVtbl *)&superclass_vtbl;
        info->ITPluggableTerminalClassInfo_iface.lpVtbl =
            (ITPluggableTerminalClassInfoVtbl *)&class_vtbl;
        info->clsid = clsids[i];
        info->known.name = L"";
        info->known.direction = TD_BIDIRECTIONAL;
        for (k = 0; k < ARRAYSIZE(known); k++)
            if (IsEqualCLSID(known[k].clsid, &clsids[i]))
                info->known = known[k];
        ok = com_list_add_object(list,
                                 class == &class_class
                                     ? (IUnknown *)&info->ITPluggableTerminalClassInfo_iface
                                     : (IUnknown *)&info->ITPluggableTerminalSuperclassInfo_iface);
        com_release(&info->com);
    }
    if (!ok) {
        com_list_release(list);
        list = NULL;
    }
    *out = list;
    return ok ? S_OK : E_OUTOFMEMORY;
}

HRESULT terminal_info_superclasses(ITTerminalManager2 *manager, struct com_list **out)
{
    DWORD count = 0;
    CLSID *clsids;
    HRESULT hr = ITTerminalManager2_GetPluggableSuperclasses(manager, &count, NULL);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    clsids = calloc(count + 1, sizeof(*clsids));
    hr = clsids ? ITTerminalManager2_GetPluggableSuperclasses(manager, &count, clsids)
                : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = list_infos(clsids, count, &superclass_class, out);
    free(clsids);
    return hr;
}

HRESULT terminal_info_classes(ITTerminalManager2 *manager, const CLSID *superclass, DWORD media,
                              struct com_list **out)
{
    DWORD count = 0;
    CLSID *clsids;
    HRESULT hr;

    *out = NULL;
    hr = ITTerminalManager2_GetPluggableTerminalClasses(manager, *superclass, media, &count, NULL);
    if (FAILED(hr))
        return hr;
    clsids = calloc(count + 1, sizeof(*clsids));
    hr = clsids ? ITTerminalManager2_GetPluggableTerminalClasses(manager, *superclass, media,
                                                                 &count, clsids)
                : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = list_infos(clsids, count, &class_class, out);
    free(clsids);
    return hr;
}
