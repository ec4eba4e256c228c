/*
 * class_info.c - IProvideClassInfo2 of the TAPI object: how script hosts, containers and Visual
 * Basic find out, without a reference to the type library, which events an object has.
 */
#include "objects/private.h"

COM_UNKNOWN_METHODS(class_info, tapi, IProvideClassInfo2, IProvideClassInfo2_iface)

static HRESULT WINAPI class_info_GetClassInfo(IProvideClassInfo2 *iface, ITypeInfo **info)
{
    HRESULT hr;

    (void)iface;
    if (!info)
        return E_POINTER;
    *info = NULL;
    hr = com_type_info(&CLSID_TAPI, info);
    if (SUCCEEDED(hr))
        ITypeInfo_AddRef(*info);
    return hr;
}

static HRESULT WINAPI class_info_GetGUID(IProvideClassInfo2 *iface, DWORD kind, GUID *guid)
{
    (void)iface;
    if (!guid)
        return E_POINTER;
    *guid = GUID_NULL;
    if (kind != GUIDKIND_DEFAULT_SOURCE_DISP_IID)
        return E_INVALIDARG;
    *guid = DIID_ITTAPIDispatchEventNotification;
    return S_OK;
}

const IProvideClassInfo2Vtbl class_info_vtable = {
    COM_UNKNOWN_VTABLE(class_info),
    class_info_GetClassInfo,
    class_info_GetGUID,
};
