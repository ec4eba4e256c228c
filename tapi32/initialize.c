/* initialize.c - lineInitialize, lineInitializeEx, lineShutdown, version negotiation, and the same
 * for phones: one set of functions does the work for both, with LINEERR_ that the phones' exports
 * turn into PHONEERR_. The two kinds' structures and callbacks differ in nothing but their names.
 */
#include "tapi32/internal.h"

#include <assert.h>
#include <string.h>

#include "base/phone_error.h"

static_assert(sizeof(PHONEINITIALIZEEXPARAMS) == sizeof(LINEINITIALIZEEXPARAMS),
              "the same members");
static_assert(sizeof(PHONEEXTENSIONID) == sizeof(LINEEXTENSIONID), "the same members");
static_assert((int)PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW ==
                      (int)LINEINITIALIZEEXOPTION_USEHIDDENWINDOW &&
                  (int)PHONEINITIALIZEEXOPTION_USEEVENT == (int)LINEINITIALIZEEXOPTION_USEEVENT &&
                  (int)PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT ==
                      (int)LINEINITIALIZEEXOPTION_USECOMPLETIONPORT,
              "the same options");

/* ---- names ---- */

/* An ANSI application's name, mem_free'd by the caller; NULL where it gave none. */
static LONG widen_name(LPCSTR name, WCHAR **wide)
{
    uint32_t size;
    *wide = NULL;
    if (name == NULL)
        return 0;
    if (!pointer_readable(name, 1))
        return ERR(INVALAPPNAME);
    *wide = text_widen(name, UINT32_MAX / 4, &size);
    return *wide == NULL ? ERR(NOMEM) : 0;
}

/* ---- TAPI 1.x ---- */

static LONG initialize_1(bool phone, HLINEAPP *handle, HINSTANCE instance, LINECALLBACK callback,
                         LPCSTR name, DWORD *devices)
{
    struct initialization init = {.phone = phone,
                                  .option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
                                  .version_1 = true,
                                  .version = API_VERSION_1_4,
                                  .callback = callback,
                                  .instance = instance};
    WCHAR *wide;
    if (!pointer_writable(handle, sizeof *handle) || !pointer_writable(devices, sizeof *devices) ||
        callback == NULL)
        return ERR(INVALPOINTER);
    LONG result = widen_name(name, &wide);
    if (result != 0)
        return result;
    init.name = wide;
    *handle = 0;
    *devices = 0;
    result = app_initialize(&init, handle, devices);
    mem_free(wide);
    return result;
}

LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                           LPCSTR lpszAppName, LPDWORD lpdwNumDevs)
{
    return initialize_1(false, lphLineApp, hInstance, lpfnCallback, lpszAppName, lpdwNumDevs);
}

LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
                            PHONECALLBACK lpfnCallback, LPCSTR lpszAppName, LPDWORD lpdwNumDevs)
{
    return phone_error(initialize_1(true, (HLINEAPP *)(void *)lphPhoneApp, hInstance,
                                    (LINECALLBACK)lpfnCallback, lpszAppName, lpdwNumDevs));
}

/* ---- TAPI 2.0 ---- */

/* Reads LINEINITIALIZEEXPARAMS; NULL means the hidden window. */
static LONG read_params(LPLINEINITIALIZEEXPARAMS params, LINECALLBACK callback,
                        struct initialization *init)
{
    init->option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
    if (params != NULL) {
        if (!pointer_writable(params, sizeof params->dwTotalSize))
            return ERR(INVALPOINTER);
        if (params->dwTotalSize < FIELD_OFFSET(LINEINITIALIZEEXPARAMS, dwCompletionKey))
            return ERR(STRUCTURETOOSMALL);
        if (!pointer_writable(params, params->dwTotalSize))
            return ERR(INVALPOINTER);
        init->option = params->dwOptions & ~(DWORD)(LINEINITIALIZEEXOPTION_CALLHUBTRACKING |
                                                    OPEN_TAPI_INITIALIZE_NO_EVENT);
        init->no_event = (params->dwOptions & OPEN_TAPI_INITIALIZE_NO_EVENT) != 0;
        init->hubs = (params->dwOptions & LINEINITIALIZEEXOPTION_CALLHUBTRACKING) != 0;
    }
    switch (init->option) {
    case LINEINITIALIZEEXOPTION_USEHIDDENWINDOW:
        init->callback = callback;
        return callback == NULL ? ERR(INVALPOINTER) : 0;
    case LINEINITIALIZEEXOPTION_USEEVENT:
        return 0;
    case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT:
        if (params->dwTotalSize < sizeof *params)
            return ERR(STRUCTURETOOSMALL);
        init->port = params->Handles.hCompletionPort;
        init->key = params->dwCompletionKey;
        return init->port == NULL || init->port == INVALID_HANDLE_VALUE ? ERR(INVALPARAM) : 0;
    default:
        return ERR(INVALPARAM);
    }
}

static LONG initialize_ex(bool phone, HLINEAPP *handle, HINSTANCE instance, LINECALLBACK callback,
                          const WCHAR *name, DWORD *devices, DWORD *version,
                          LPLINEINITIALIZEEXPARAMS params)
{
    struct initialization init = {.phone = phone, .instance = instance, .name = name};
    if (!pointer_writable(handle, sizeof *handle) || !pointer_writable(devices, sizeof *devices) ||
        !pointer_writable(version, sizeof *version))
        return ERR(INVALPOINTER);
    if (*version < API_VERSION_LOW)
        return ERR(INCOMPATIBLEAPIVERSION);
    init.version = *version < API_VERSION_HIGH ? *version : API_VERSION_HIGH;
    LONG result = read_params(params, callback, &init);
    if (result != 0)
        return result;
    *handle = 0;
    *devices = 0;
    result = app_initialize(&init, handle, devices);
    if (result != 0)
        return result;
    *version = API_VERSION_HIGH; /* the highest that TAPI supports, not what is granted */
    if (params != NULL) {
        params->dwNeededSize = sizeof *params;
        params->dwUsedSize =
            params->dwTotalSize < sizeof *params ? params->dwTotalSize : (DWORD)sizeof *params;
        if (init.option == LINEINITIALIZEEXOPTION_USEEVENT)
            params->Handles.hEvent = init.event;
    }
    return 0;
}

static LONG initialize_ex_a(bool phone, HLINEAPP *handle, HINSTANCE instance, LINECALLBACK callback,
                            LPCSTR name, DWORD *devices, DWORD *version,
                            LPLINEINITIALIZEEXPARAMS params)
{
    WCHAR *wide;
    LONG result = widen_name(name, &wide);
    if (result != 0)
        return result;
    result = initialize_ex(phone, handle, instance, callback, wide, devices, version, params);
    mem_free(wide);
    return result;
}

static LONG initialize_ex_w(bool phone, HLINEAPP *handle, HINSTANCE instance, LINECALLBACK callback,
                            LPCWSTR name, DWORD *devices, DWORD *version,
                            LPLINEINITIALIZEEXPARAMS params)
{
    if (name != NULL && !pointer_readable(name, sizeof *name))
        return ERR(INVALAPPNAME);
    return initialize_ex(phone, handle, instance, callback, name, devices, version, params);
}

LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                              LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                              LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
    return initialize_ex_a(false, lphLineApp, hInstance, lpfnCallback, lpszFriendlyAppName,
                           lpdwNumDevs, lpdwAPIVersion, lpLineInitializeExParams);
}

LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                              LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                              LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
    return initialize_ex_w(false, lphLineApp, hInstance, lpfnCallback, lpszFriendlyAppName,
                           lpdwNumDevs, lpdwAPIVersion, lpLineInitializeExParams);
}

LONG WINAPI phoneInitializeExA(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
                               PHONECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName,
                               LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                               LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams)
{
    return phone_error(initialize_ex_a(
        true, (HLINEAPP *)(void *)lphPhoneApp, hInstance, (LINECALLBACK)lpfnCallback,
        lpszFriendlyAppName, lpdwNumDevs, lpdwAPIVersion,
        (LPLINEINITIALIZEEXPARAMS)(void *)lpPhoneInitializeExParams));
}

LONG WINAPI phoneInitializeExW(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
                               PHONECALLBACK lpfnCallback, LPCWSTR lpszFriendlyAppName,
                               LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                               LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams)
{
    return phone_error(initialize_ex_w(
        true, (HLINEAPP *)(void *)lphPhoneApp, hInstance, (LINECALLBACK)lpfnCallback,
        lpszFriendlyAppName, lpdwNumDevs, lpdwAPIVersion,
        (LPLINEINITIALIZEEXPARAMS)(void *)lpPhoneInitializeExParams));
}

/* ---- the end ---- */

LONG WINAPI lineShutdown(HLINEAPP hLineApp)
{
    return app_shutdown(app_find_handle(hLineApp));
}

LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp)
{
    return phone_error(app_shutdown(app_find_phone(hPhoneApp)));
}

/* ---- versions ---- */

/* app: a reference, ended here; NULL: the engine says what is wrong with the handle. */
static LONG negotiate(enum engine_op op, ULONG_PTR handle, struct app *app, DWORD device, DWORD low,
                      DWORD high, DWORD *version, LINEEXTENSIONID *extension)
{
    LONG result = ERR(INVALPOINTER);
    if (pointer_writable(version, sizeof *version) &&
        pointer_writable(extension, sizeof *extension)) {
        struct engine_request request = {.op = op, .arg = {handle, device, low, high}};
        struct engine_reply reply;
        *version = 0;
        memset(extension, 0, sizeof *extension);
        session_call(&request, &reply);
        result = reply.result;
        if (result == 0) {
            *version = (DWORD)reply.out[0];
            if (reply.data != NULL && reply.size >= sizeof *extension)
                memcpy(extension, reply.data, sizeof *extension);
            if (app != NULL && app->negotiated < (LONG)*version)
                InterlockedExchange(&app->negotiated, (LONG)*version);
        }
        engine_reply_free(&reply);
        TRACE("tapi32", "%sNegotiateAPIVersion device %lu 0x%lx..0x%lx: 0x%lx, 0x%lx",
              op == ENGINE_LINE_NEGOTIATE_API_VERSION ? "line" : "phone", (unsigned long)device,
              (unsigned long)low, (unsigned long)high, (unsigned long)*version,
              (unsigned long)result);
    }
    if (app != NULL)
        app_release(app);
    return result;
}

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                    DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                    LPLINEEXTENSIONID lpExtensionID)
{
    return negotiate(ENGINE_LINE_NEGOTIATE_API_VERSION, (ULONG_PTR)hLineApp,
                     app_find_handle(hLineApp), dwDeviceID, dwAPILowVersion, dwAPIHighVersion,
                     lpdwAPIVersion, lpExtensionID);
}

LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                     DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                     LPPHONEEXTENSIONID lpExtensionID)
{
    return phone_error(negotiate(ENGINE_PHONE_NEGOTIATE_API_VERSION, (ULONG_PTR)hPhoneApp,
                                 app_find_phone(hPhoneApp), dwDeviceID, dwAPILowVersion,
                                 dwAPIHighVersion, lpdwAPIVersion,
                                 (LPLINEEXTENSIONID)(void *)lpExtensionID));
}
