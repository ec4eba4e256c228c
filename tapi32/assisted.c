/* assisted.c - the functions of assisted telephony that are no rows: their buffers are of fixed
 * size, their errors TAPIERR_, and some may come before any lineInitialize.
 */
#include "tapi32/internal.h"

#include <string.h>

/* ---- requests of programs ---- */

/* Takes a text in; a wide one is read where it is. False: out of memory. */
static bool take_text(const void *text, bool wide, void **owned, struct engine_blob *blob)
{
    *owned = NULL;
    if (text == NULL)
        return true;
    if (wide) {
        blob->data = text;
        blob->size = (text_units(text, UINT32_MAX / 4) + 1) * (uint32_t)sizeof(WCHAR);
        return true;
    }
    blob->data = *owned = text_widen(text, UINT32_MAX / 4, &blob->size);
    return *owned != NULL;
}

static LONG request_make_call(bool wide, const void *address, const void *app_name,
                              const void *party, const void *comment)
{
    const void *text[4] = {address, app_name, party, comment};
    size_t unit = wide ? sizeof(WCHAR) : 1;
    struct engine_request request = {.op = ENGINE_TAPI_REQUEST_MAKE_CALL};
    struct engine_reply reply = {0};
    void *owned[4] = {NULL};
    if (!pointer_readable(address, unit))
        return TAPIERR_INVALDESTADDRESS;
    for (int i = 1; i < 4; i++)
        if (text[i] != NULL && !pointer_readable(text[i], unit))
            return TAPIERR_INVALPOINTER;
    LONG result = 0;
    for (int i = 0; i < 4 && result == 0; i++)
        if (!take_text(text[i], wide, &owned[i], &request.in[i]))
            result = TAPIERR_REQUESTQUEUEFULL; /* as documented for exhausted memory */
    /* The engine says it of a longer one; without an engine it is as wrong. */
    if (result == 0 && request.in[0].size > TAPIMAXDESTADDRESSSIZE * sizeof(WCHAR))
        result = TAPIERR_INVALDESTADDRESS;
    if (result == 0) {
        session_call(&request, &reply);
        /* No application is initialized here: none can be a recipient. */
        result = reply.result == ERR(UNINITIALIZED) ? TAPIERR_NOREQUESTRECIPIENT : reply.result;
        engine_reply_free(&reply);
    }
    if (result == TAPIERR_NOREQUESTRECIPIENT && launch_recipient(request.in))
        result = 0;
    for (int i = 0; i < 4; i++)
        mem_free(owned[i]);
    TRACE("tapi32", "tapiRequestMakeCall: %d", (int)result);
    return result;
}

LONG WINAPI tapiRequestMakeCallA(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                 LPCSTR lpszComment)
{
    return request_make_call(false, lpszDestAddress, lpszAppName, lpszCalledParty, lpszComment);
}

LONG WINAPI tapiRequestMakeCallW(LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
                                 LPCWSTR lpszCalledParty, LPCWSTR lpszComment)
{
    return request_make_call(true, lpszDestAddress, lpszAppName, lpszCalledParty, lpszComment);
}

LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID)
{
    if (!IsWindow(hwnd))
        return TAPIERR_INVALWINDOWHANDLE;
    struct engine_request request = {.op = ENGINE_TAPI_REQUEST_DROP,
                                     .arg = {(ULONG_PTR)hwnd, wRequestID}};
    struct engine_reply reply;
    session_call(&request, &reply);
    LONG result = reply.result == ERR(UNINITIALIZED) ? TAPIERR_NOREQUESTRECIPIENT : reply.result;
    engine_reply_free(&reply);
    TRACE("tapi32", "tapiRequestDrop: %d", (int)result);
    return result;
}

/* Never implemented in any version of TAPI (tapirequestmediacall.md): every request fails. */
#define REQUEST_MEDIA_CALL(name, string)                                                           \
    LONG WINAPI name(HWND hwnd, WPARAM wRequestID, string lpszDeviceClass, string lpDeviceID,      \
                     DWORD dwSize, DWORD dwSecure, string lpszDestAddress, string lpszAppName,     \
                     string lpszCalledParty, string lpszComment)                                   \
    {                                                                                              \
        (void)hwnd, (void)wRequestID, (void)lpszDeviceClass, (void)lpDeviceID, (void)dwSize,       \
            (void)dwSecure, (void)lpszDestAddress, (void)lpszAppName, (void)lpszCalledParty,       \
            (void)lpszComment;                                                                     \
        return TAPIERR_REQUESTFAILED;                                                              \
    }
REQUEST_MEDIA_CALL(tapiRequestMediaCallA, LPCSTR)
REQUEST_MEDIA_CALL(tapiRequestMediaCallW, LPCWSTR)

/* ---- recipients ---- */

/* As much of the text as fits, in whole characters. */
static void give_ansi(const WCHAR *text, uint32_t most, char *to, int room)
{
    int units = (int)text_units(text, most), bytes = 0;
    for (; units > 0; units--) {
        bytes = WideCharToMultiByte(CP_ACP, 0, text, units, to, room - 1, NULL, NULL);
        if (bytes > 0)
            break;
    }
    memset(to + bytes, 0, (size_t)(room - bytes));
}

#define GIVE_ANSI(from, to, member)                                                                \
    give_ansi((from)->member, ARRAYSIZE((from)->member), (to)->member, sizeof((to)->member))

static LONG get_request(HLINEAPP app, DWORD mode, void *buffer, bool wide)
{
    size_t size = mode == LINEREQUESTMODE_MEDIACALL
                      ? (wide ? sizeof(LINEREQMEDIACALLW) : sizeof(LINEREQMEDIACALL))
                      : (wide ? sizeof(LINEREQMAKECALLW) : sizeof(LINEREQMAKECALL));
    if (!pointer_writable(buffer, size))
        return ERR(INVALPOINTER);
    struct engine_request request = {.op = ENGINE_LINE_GET_REQUEST, .arg = {(ULONG_PTR)app, mode}};
    struct engine_reply reply;
    session_call(&request, &reply);
    LONG result = reply.result;
    const LINEREQMAKECALLW *from = reply.data;
    if (result == 0 && (from == NULL || reply.size < sizeof *from))
        result = ERR(OPERATIONFAILED);
    if (result == 0 && wide)
        memcpy(buffer, from, sizeof *from);
    if (result == 0 && !wide) {
        LINEREQMAKECALL *to = buffer;
        GIVE_ANSI(from, to, szDestAddress);
        GIVE_ANSI(from, to, szAppName);
        GIVE_ANSI(from, to, szCalledParty);
        GIVE_ANSI(from, to, szComment);
    }
    engine_reply_free(&reply);
    TRACE("tapi32", "lineGetRequest mode %lu: 0x%lx", (unsigned long)mode, (unsigned long)result);
    return result;
}

LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer)
{
    return get_request(hLineApp, dwRequestMode, lpRequestBuffer, false);
}

LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer)
{
    return get_request(hLineApp, dwRequestMode, lpRequestBuffer, true);
}

/* ---- priorities: also for a set-up program that initializes nothing ---- */

static LONG priority(enum engine_op op, bool wide, const void *name, const DWORD args[3],
                     DWORD *got)
{
    struct engine_request request = {.op = op, .arg = {args[0], args[1], args[2]}};
    struct engine_reply reply = {.result = ERR(NOMEM)};
    void *owned;
    if (!pointer_readable(name, wide ? sizeof(WCHAR) : 1))
        return ERR(INVALPOINTER);
    if (got != NULL && !pointer_writable(got, sizeof *got))
        return ERR(INVALPOINTER);
    if (take_text(name, wide, &owned, &request.in[0]) && session_acquire()) {
        session_call(&request, &reply);
        session_release();
    }
    mem_free(owned);
    if (reply.result == 0 && got != NULL)
        *got = (DWORD)reply.out[0];
    engine_reply_free(&reply);
    TRACE("tapi32", "priority, request mode %lu: 0x%lx", (unsigned long)args[1],
          (unsigned long)reply.result);
    return reply.result;
}

/* lpExtensionName of lineGetAppPriority: the name of an extension's media mode, which is one of the
 * high 8 bits. Names are not kept, so it is empty. */
#define FIRST_EXTENSION_MODE 0x01000000u

static LONG check_extension_name(DWORD media_mode, VARSTRING *name)
{
    if (media_mode < FIRST_EXTENSION_MODE || name == NULL)
        return 0;
    if (!pointer_writable(name, sizeof(DWORD)))
        return ERR(INVALPOINTER);
    if (name->dwTotalSize < sizeof *name)
        return ERR(STRUCTURETOOSMALL);
    return pointer_writable(name, sizeof *name) ? 0 : ERR(INVALPOINTER);
}

static void give_extension_name(DWORD media_mode, bool wide, VARSTRING *name)
{
    if (media_mode < FIRST_EXTENSION_MODE || name == NULL)
        return;
    name->dwNeededSize = name->dwUsedSize = sizeof *name;
    name->dwStringFormat = wide ? STRINGFORMAT_UNICODE : STRINGFORMAT_ASCII;
    name->dwStringSize = name->dwStringOffset = 0;
}

static LONG get_priority(bool wide, const void *file, DWORD media_mode, DWORD request_mode,
                         VARSTRING *extension, DWORD *rank)
{
    LONG result = rank == NULL ? ERR(INVALPOINTER) : check_extension_name(media_mode, extension);
    if (result == 0)
        result = priority(ENGINE_LINE_GET_APP_PRIORITY, wide, file,
                          (const DWORD[3]){media_mode, request_mode}, rank);
    if (result == 0)
        give_extension_name(media_mode, wide, extension);
    return result;
}

#define APP_PRIORITY(form, wide, string)                                                           \
    LONG WINAPI lineGetAppPriority##form(string lpszAppFilename, DWORD dwMediaMode,                \
                                         LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,     \
                                         LPVARSTRING lpExtensionName, LPDWORD lpdwPriority)        \
    {                                                                                              \
        (void)lpExtensionID; /* the mode says which */                                             \
        return get_priority(wide, lpszAppFilename, dwMediaMode, dwRequestMode, lpExtensionName,    \
                            lpdwPriority);                                                         \
    }                                                                                              \
    LONG WINAPI lineSetAppPriority##form(string lpszAppFilename, DWORD dwMediaMode,                \
                                         LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,     \
                                         string lpszExtensionName, DWORD dwPriority)               \
    {                                                                                              \
        (void)lpExtensionID, (void)lpszExtensionName;                                              \
        return priority(ENGINE_LINE_SET_APP_PRIORITY, wide, lpszAppFilename,                       \
                        (const DWORD[3]){dwMediaMode, dwRequestMode, dwPriority}, NULL);           \
    }
APP_PRIORITY(A, false, LPCSTR)
APP_PRIORITY(W, true, LPCWSTR)
