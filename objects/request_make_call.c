/* request_make_call.c - the RequestMakeCall object: ITRequest, with which a program asks another
 * one to make a call (request-object.md). It needs no TAPI object. */
#include "objects/private.h"

struct request_make_call {
    struct com_object com;
    ITRequest ITRequest_iface;
};

COM_DISPATCH_METHODS(request_object, request_make_call, ITRequest, ITRequest_iface)

static HRESULT WINAPI request_object_MakeCall(ITRequest *iface, BSTR address, BSTR application,
                                              BSTR called_party, BSTR comment)
{
    (void)iface;
    if (!address)
        return com_fail(E_POINTER, &IID_ITRequest, "MakeCall needs the address to call.");
    return objects_result(tapiRequestMakeCallW(address, application, called_party, comment),
                          &IID_ITRequest, "The call was not requested");
}

static const ITRequestVtbl request_object_vtable = {
    COM_DISPATCH_VTABLE(request_object),
    request_object_MakeCall,
};

static const struct com_interface request_object_interfaces[] = {
    COM_INTERFACE(request_make_call, ITRequest_iface, ITRequest),
};

static const struct com_class request_object_class = {
    .name = "RequestMakeCall",
    .interfaces = request_object_interfaces,
    .interface_count = ARRAYSIZE(request_object_interfaces),
};

HRESULT request_make_call_create(IUnknown *outer, REFIID iid, void **out)
{
    struct request_make_call *self;
    HRESULT hr;

    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    self = com_object_create(sizeof(*self), &request_object_class, NULL);
    if (!self)
        return E_OUTOFMEMORY;
    self->ITRequest_iface.lpVtbl = (ITRequestVtbl *)&request_object_vtable;
    hr = com_query(&self->com, iid, out);
    com_release(&self->com);
    return hr;
}
