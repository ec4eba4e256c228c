/* manager.c - the TerminalManager class: which dynamic terminals there are, and making them. */
#include "msp/termmgr/private.h"
#include "msp/dshow/server.h"

struct terminal_manager {
    struct com_object com;
    ITTerminalManager2 ITTerminalManager2_iface;
};

/* Every dynamic terminal class of our own. */
static const struct {
    const CLSID *class;
    const CLSID *superclass;
    DWORD media;
} classes[] = {
    {&CLSID_FilePlaybackTerminal, &CLSID_FileSuperclass,
     TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_MULTITRACK},
    {&CLSID_FileRecordingTerminal, &CLSID_FileSuperclass,
     TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_MULTITRACK},
};

COM_UNKNOWN_METHODS(manager, terminal_manager, ITTerminalManager2, ITTerminalManager2_iface)

/* The documented way of lists here: *count is room and result; no list given asks for the count. */
static HRESULT list_classes(const CLSID *superclass, DWORD media, DWORD *count, IID *list)
{
    DWORD found = 0, i;

    for (i = 0; i < ARRAYSIZE(classes); i++) {
        if (!(classes[i].media & media) ||
            (superclass && !IsEqualCLSID(superclass, classes[i].superclass)))
            continue;
        if (list && found < *count)
            list[found] = *classes[i].class;
        found++;
    }
    if (list && found > *count) {
        *count = found;
        return TAPI_E_NOTENOUGHMEMORY;
    }
    *count = found;
    return S_OK;
}

static HRESULT WINAPI manager_GetDynamicTerminalClasses(ITTerminalManager2 *iface, DWORD media,
                                                        DWORD *count, IID *list)
{
    HRESULT hr;

    (void)iface;
    if (!count)
        return com_fail(E_POINTER, &IID_ITTerminalManager2, NULL);
    hr = list_classes(NULL, media, count, list);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalManager2, NULL) : S_OK;
}

static HRESULT WINAPI manager_CreateDynamicTerminal(ITTerminalManager2 *iface, IUnknown *outer,
                                                    IID class, DWORD media,
                                                    TERMINAL_DIRECTION direction,
                                                    MSP_HANDLE address, ITTerminal **terminal)
{
    HRESULT hr = TAPI_E_INVALIDTERMINALCLASS;
    DWORD i;

    (void)iface;
    if (!terminal)
        return com_fail(E_POINTER, &IID_ITTerminalManager2, NULL);
    *terminal = NULL;
    if (outer)
        return com_fail(CLASS_E_NOAGGREGATION, &IID_ITTerminalManager2, NULL);
    for (i = 0; i < ARRAYSIZE(classes); i++)
        if (IsEqualCLSID(&class, classes[i].class))
            hr = file_terminal_create(&class, media, direction, address, terminal);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalManager2, NULL) : S_OK;
}

static HRESULT WINAPI manager_GetPluggableSuperclasses(ITTerminalManager2 *iface, DWORD *count,
                                                       IID *list)
{
    DWORD room;

    (void)iface;
    if (!count)
        return com_fail(E_POINTER, &IID_ITTerminalManager2, NULL);
    room = *count;
    *count = 1;
    if (list && room < 1)
        return com_fail(TAPI_E_NOTENOUGHMEMORY, &IID_ITTerminalManager2, NULL);
    if (list)
        list[0] = CLSID_FileSuperclass;
    return S_OK;
}

static HRESULT WINAPI manager_GetPluggableTerminalClasses(ITTerminalManager2 *iface, IID superclass,
                                                          DWORD media, DWORD *count, IID *list)
{
    HRESULT hr;

    (void)iface;
    if (!count)
        return com_fail(E_POINTER, &IID_ITTerminalManager2, NULL);
    hr = list_classes(&superclass, media, count, list);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalManager2, NULL) : S_OK;
}

static const ITTerminalManager2Vtbl manager_vtbl = {
    COM_UNKNOWN_VTABLE(manager),         manager_GetDynamicTerminalClasses,
    manager_CreateDynamicTerminal,       manager_GetPluggableSuperclasses,
    manager_GetPluggableTerminalClasses,
};

static const struct com_interface manager_interfaces[] = {
    COM_INTERFACE(terminal_manager, ITTerminalManager2_iface, ITTerminalManager2),
    COM_INTERFACE(terminal_manager, ITTerminalManager2_iface, ITTerminalManager),
};
static const struct com_class manager_class = {
    .name = "TerminalManager",
    .interfaces = manager_interfaces,
    .interface_count = ARRAYSIZE(manager_interfaces),
};

HRESULT terminal_manager_create(IUnknown *outer, REFIID iid, void **out)
{
    struct terminal_manager *manager = com_object_create(sizeof(*manager), &manager_class, outer);
    HRESULT hr;

    if (!manager)
        return E_OUTOFMEMORY;
    manager->ITTerminalManager2_iface.lpVtbl = (ITTerminalManager2Vtbl *)&manager_vtbl;
    hr = com_inner_query(&manager->com, iid, out);
    IUnknown_Release(&manager->com.IUnknown_iface);
    return hr;
}

const BOOL server_has_library = TRUE;
const struct com_server_class server_classes[] = {
    {&CLSID_TerminalManager, L"TAPI Terminal Manager", NULL, NULL, terminal_manager_create},
    {NULL, NULL, NULL, NULL, NULL},
};
