/*
 * script_main.c - the script host with the scene in its process: runs a script as otscript does.
 * The script's object is WScript.CreateObject of the class below, which is known in this process
 * only:
 *
 *     Begin tapi           the filter, and the registration of the addresses
 *     Count                of steps; Name(i), Expected(i) of one
 *     Cause i              makes it happen
 *     Keep aCall           holds it until the step that ends it
 *     Failed               what a step could not do; "" otherwise
 *     Number(value)        of an HRESULT, which script cannot look into
 *     Finish               lets go of everything
 */
#include "tests/com/received/scene.h"
#include "tools/scripthost/host.h"

#include <shellapi.h>
#include <stdlib.h>

/* {6C2E8B50-3A6D-4E0B-8E0C-9D1B54B7A7F3} */
static const CLSID clsid_scene = {
    0x6c2e8b50, 0x3a6d, 0x4e0b, {0x8e, 0x0c, 0x9d, 0x1b, 0x54, 0xb7, 0xa7, 0xf3}};

/* ---- the object ---------------------------------------------------------------------------- */

static HRESULT fail(struct late_call *call, const WCHAR *what)
{
    return late_fail(call, E_FAIL, L"%ls", what);
}

static void give_ascii(struct late_call *call, const char *text)
{
    WCHAR wide[1024];

    MultiByteToWideChar(CP_ACP, 0, text, -1, wide, ARRAYSIZE(wide));
    late_give_text(call, wide);
}

static HRESULT scene_Begin(struct late_object *self, struct late_call *call)
{
    IDispatch *object = late_dispatch(call, 0);
    ITTAPI *tapi = NULL;
    BOOL begun;

    (void)self;
    if (!object || FAILED(IDispatch_QueryInterface(object, &IID_ITTAPI, (void **)&tapi)))
        return fail(call, L"That is not TAPI.");
    begun = scene_begin(tapi, SCENE_FILTER);
    ITTAPI_Release(tapi); /* the script holds it */
    return begun ? S_OK : fail(call, L"The scene could not begin.");
}

static HRESULT scene_Count(struct late_object *self, struct late_call *call)
{
    (void)self;
    late_give_number(call, (LONG)scene_step_count());
    return S_OK;
}

static HRESULT scene_Name(struct late_object *self, struct late_call *call)
{
    (void)self;
    give_ascii(call, scene_name((unsigned)late_number(call, 0, 0)));
    return S_OK;
}

static HRESULT scene_Expected(struct late_object *self, struct late_call *call)
{
    (void)self;
    give_ascii(call, scene_expected((unsigned)late_number(call, 0, 0)));
    return S_OK;
}

static HRESULT scene_Cause(struct late_object *self, struct late_call *call)
{
    (void)self;
    scene_cause((unsigned)late_number(call, 0, 0));
    return S_OK;
}

static HRESULT scene_Keep(struct late_object *self, struct late_call *call)
{
    IDispatch *object = late_dispatch(call, 0);
    ITCallInfo *info = NULL;

    (void)self;
    if (!object || FAILED(IDispatch_QueryInterface(object, &IID_ITCallInfo, (void **)&info)))
        return fail(call, L"That is not a call.");
    scene_keep(info);
    ITCallInfo_Release(info);
    return S_OK;
}

static HRESULT scene_Failed(struct late_object *self, struct late_call *call)
{
    (void)self;
    give_ascii(call, scene.failed ? scene.failed : "");
    scene.failed = NULL;
    return S_OK;
}

static HRESULT scene_Number(struct late_object *self, struct late_call *call)
{
    (void)self;
    late_give_number(call, V_VT(&call->arguments[0]) == VT_ERROR ? V_ERROR(&call->arguments[0])
                                                                 : late_number(call, 0, -1));
    return S_OK;
}

static HRESULT scene_Finish(struct late_object *self, struct late_call *call)
{
    (void)self, (void)call;
    scene_end();
    return S_OK;
}

static const struct late_member members[] = {
    {L"Begin", 1, 1, 1, false, scene_Begin},   {L"Count", 2, 0, 0, false, scene_Count},
    {L"Name", 3, 1, 1, false, scene_Name},     {L"Expected", 4, 1, 1, false, scene_Expected},
    {L"Cause", 5, 1, 1, false, scene_Cause},   {L"Keep", 6, 1, 1, false, scene_Keep},
    {L"Failed", 7, 0, 0, false, scene_Failed}, {L"Number", 8, 1, 1, false, scene_Number},
    {L"Finish", 9, 0, 0, false, scene_Finish},
};
static const struct late_class scene_class = {L"TestScene", members, ARRAYSIZE(members), NULL};

/* ---- its class, of this process only ----------------------------------------------------------
 */

static HRESULT WINAPI class_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI class_count(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static HRESULT WINAPI class_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                           void **out)
{
    struct late_object *made;
    HRESULT hr;

    (void)iface;
    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    made = late_create(sizeof(*made), &scene_class);
    hr = IDispatch_QueryInterface(&made->IDispatch_iface, iid, out);
    IDispatch_Release(&made->IDispatch_iface);
    return hr;
}

static HRESULT WINAPI class_LockServer(IClassFactory *iface, BOOL locked)
{
    (void)iface, (void)locked;
    return S_OK;
}

int main(void)
{
    static const IClassFactoryVtbl vtable = {class_QueryInterface, class_count, class_count,
                                             class_CreateInstance, class_LockServer};
    static IClassFactory factory = {(IClassFactoryVtbl *)&vtable};
    int count = 0, status;
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
    WCHAR **room = calloc((size_t)count + 1, sizeof(*room));
    DWORD cookie;

    if (!words || !room)
        return 1;
    options_parse(&host.options, words + 1, count > 0 ? (unsigned)count - 1 : 0, room);
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (!scene_prepare() ||
        FAILED(CoRegisterClassObject(&clsid_scene, (IUnknown *)&factory, CLSCTX_INPROC_SERVER,
                                     REGCLS_MULTIPLEUSE, &cookie)))
        return 2;
    status = host_run();
    CoRevokeClassObject(cookie);
    scene_forget();
    CoUninitialize();
    return status;
}
