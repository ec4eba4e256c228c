/*
 * sink_shapes.h - both shapes of a sink, ITTAPIEventNotification and the dispinterface of
 * late-bound programs, made of one struct and three functions of the file that includes this:
 *
 *     #define SINK struct listener    with ITTAPIEventNotification_iface, IDispatch_iface, refs
 *     #define SINK_QUERY listener_query    HRESULT (SINK *, REFIID, void **)
 *     #define SINK_DROP listener_drop      ULONG (SINK *): what Release does
 *     #define SINK_TAKE listener_take      HRESULT (SINK *, TAPI_EVENT, IDispatch *): an event
 *     #include "tests/com/events/sink_shapes.h"
 *
 * It gives sink_custom_vtable and sink_late_vtable. A call that is not what the documentation says
 * of the dispinterface (DISPID 1, the type and the event) is refused, so its event never comes.
 */
static SINK *sink_of_custom(ITTAPIEventNotification *iface)
{
    return CONTAINING_RECORD(iface, SINK, ITTAPIEventNotification_iface);
}

static HRESULT WINAPI custom_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    return SINK_QUERY(sink_of_custom(iface), iid, out);
}

static ULONG WINAPI custom_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&sink_of_custom(iface)->refs);
}

static ULONG WINAPI custom_Release(ITTAPIEventNotification *iface)
{
    return SINK_DROP(sink_of_custom(iface));
}

static HRESULT WINAPI custom_Event(ITTAPIEventNotification *iface, TAPI_EVENT type,
                                   IDispatch *event)
{
    return SINK_TAKE(sink_of_custom(iface), type, event);
}

/* Not const: what lpVtbl points to is not either. */
static ITTAPIEventNotificationVtbl sink_custom_vtable = {custom_QueryInterface, custom_AddRef,
                                                         custom_Release, custom_Event};

static SINK *sink_of_late(IDispatch *iface)
{
    return CONTAINING_RECORD(iface, SINK, IDispatch_iface);
}

static HRESULT WINAPI late_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    return SINK_QUERY(sink_of_late(iface), iid, out);
}

static ULONG WINAPI late_AddRef(IDispatch *iface)
{
    return InterlockedIncrement(&sink_of_late(iface)->refs);
}

static ULONG WINAPI late_Release(IDispatch *iface)
{
    return SINK_DROP(sink_of_late(iface));
}

static HRESULT WINAPI late_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static HRESULT WINAPI late_GetTypeInfo(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **info)
{
    (void)iface, (void)index, (void)lcid;
    *info = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI late_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                         LCID lcid, DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)count, (void)lcid, (void)ids;
    return DISP_E_UNKNOWNNAME;
}

static HRESULT WINAPI late_Invoke(IDispatch *iface, DISPID member, REFIID iid, LCID lcid,
                                  WORD flags, DISPPARAMS *params, VARIANT *result,
                                  EXCEPINFO *exception, UINT *bad_argument)
{
    (void)lcid, (void)result, (void)exception, (void)bad_argument;
    if (member != 1 || !IsEqualIID(iid, &IID_NULL) || flags != DISPATCH_METHOD)
        return DISP_E_MEMBERNOTFOUND;
    if (params->cArgs != 2 || V_VT(&params->rgvarg[1]) != VT_I4 ||
        V_VT(&params->rgvarg[0]) != VT_DISPATCH)
        return DISP_E_TYPEMISMATCH;
    return SINK_TAKE(sink_of_late(iface), (TAPI_EVENT)V_I4(&params->rgvarg[1]),
                     V_DISPATCH(&params->rgvarg[0]));
}

static IDispatchVtbl sink_late_vtable = {
    late_QueryInterface, late_AddRef,        late_Release, late_GetTypeInfoCount,
    late_GetTypeInfo,    late_GetIDsOfNames, late_Invoke};
