/*
 * dialogs.c - dialogs that an application asks a provider for: lineConfigDialog and its like. The
 * UI DLL runs in the application's process, the provider wherever the engine is; TUISPIDLLCallback
 * joins them (functions-designed-to-generate-ui.md).
 */
#include "tapi32/dialogs.h"

#include <stdlib.h>
#include <string.h>

#include "base/phone_error.h"
#include "tapi32/request.h"

#define MOST_BYTES 0x1000000u /* of a parameter block between UI DLL and provider */

static const char *const ui_names[DIALOG_COUNT] = {
    [DIALOG_PROVIDER_INSTALL] = "TUISPI_providerInstall",
    [DIALOG_PROVIDER_CONFIG] = "TUISPI_providerConfig",
    [DIALOG_PROVIDER_REMOVE] = "TUISPI_providerRemove",
    [DIALOG_LINE_CONFIG] = "TUISPI_lineConfigDialog",
    [DIALOG_LINE_CONFIG_EDIT] = "TUISPI_lineConfigDialogEdit",
    [DIALOG_PHONE_CONFIG] = "TUISPI_phoneConfigDialog",
};

/* ---- between UI DLL and provider ---- */

LONG CALLBACK TUISPIDLLCallback(DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams,
                                DWORD dwSize)
{
    if (lpParams == NULL)
        dwSize = 0;
    if (dwSize > MOST_BYTES || (dwSize != 0 && !pointer_writable(lpParams, dwSize)))
        return ERR(INVALPOINTER);
    struct engine_request request = {
        .op = ENGINE_DIALOG_DATA, .arg = {dwObjectType, dwObjectID}, .in = {{lpParams, dwSize}}};
    struct engine_reply reply;
    session_call(&request, &reply);
    if (reply.data != NULL && reply.size <= dwSize)
        memcpy(lpParams, reply.data, reply.size);
    LONG result = reply.result;
    engine_reply_free(&reply);
    TRACE("tapi32", "TUISPIDLLCallback(0x%llx, %lu, %lu bytes): 0x%lx",
          (unsigned long long)dwObjectID, (unsigned long)dwObjectType, (unsigned long)dwSize,
          (unsigned long)result);
    return result;
}

/* ---- one dialog ---- */

void dialog_end(struct dialog *dialog)
{
    struct engine_request request = {.op = ENGINE_DIALOG_END, .arg = {dialog->handle}};
    struct engine_reply reply;
    if (dialog->ui != NULL)
        FreeLibrary(dialog->ui);
    session_call(&request, &reply);
    engine_reply_free(&reply);
}

LONG dialog_begin(struct dialog *dialog, DWORD object, DWORD id, const WCHAR *file,
                  enum engine_dialog function)
{
    struct engine_request request = {.op = ENGINE_DIALOG_BEGIN, .arg = {object, id, function}};
    struct engine_reply reply;
    if (file != NULL)
        request.in[0] = (struct engine_blob){file, (text_units(file, UINT32_MAX / 4) + 1) *
                                                       (uint32_t)sizeof(WCHAR)};
    session_call(&request, &reply);
    LONG result = reply.result;
    if (result == 0) {
        *dialog = (struct dialog){(uint32_t)reply.out[0], (DWORD)reply.out[1], NULL};
        if (reply.data != NULL) {
            dialog->ui = LoadLibraryW(reply.data);
            /* A provider must be removable when half of it has gone. */
            if (dialog->ui == NULL && function != DIALOG_PROVIDER_REMOVE)
                result = ERR(OPERATIONFAILED);
            TRACE("tapi32", "UI DLL %ls: %s", (const WCHAR *)reply.data,
                  dialog->ui != NULL ? "loaded" : "cannot be loaded");
        }
        if (result != 0)
            dialog_end(dialog);
    }
    engine_reply_free(&reply);
    return result;
}

#define AS(type) ((__typeof__(type) *)(void (*)(void))entry)

static LONG run_ui(FARPROC entry, const struct dialog *dialog, const struct dialog_call *call)
{
    switch (call->function) {
    case DIALOG_PROVIDER_INSTALL:
    case DIALOG_PROVIDER_CONFIG:
    case DIALOG_PROVIDER_REMOVE: /* three of one shape */
        return AS(TUISPI_providerConfig)(TUISPIDLLCallback, call->owner, dialog->provider);
    case DIALOG_LINE_CONFIG:
    case DIALOG_PHONE_CONFIG:
        return AS(TUISPI_lineConfigDialog)(TUISPIDLLCallback, call->device, call->owner,
                                           call->device_class);
    case DIALOG_LINE_CONFIG_EDIT:
        return AS(TUISPI_lineConfigDialogEdit)(TUISPIDLLCallback, call->device, call->owner,
                                               call->device_class, (void *)call->config,
                                               call->config_size, call->config_out);
    case DIALOG_COUNT:
        break;
    }
    return ERR(INVALPARAM);
}

/* The provider shows it itself, as before TAPI 2.0. */
static LONG run_provider(const struct dialog *dialog, const struct dialog_call *call, bool *asked)
{
    struct engine_request request = {
        .op = ENGINE_DIALOG_CALL,
        .arg = {dialog->handle, call->function, (ULONG_PTR)call->owner, call->device},
        .in = {{NULL, 0}, {call->config, call->config_size}}};
    struct engine_reply reply;
    if (call->device_class != NULL)
        request.in[0] = (struct engine_blob){call->device_class,
                                             (text_units(call->device_class, UINT32_MAX / 4) + 1) *
                                                 (uint32_t)sizeof(WCHAR)};
    session_call(&request, &reply);
    LONG result = reply.result;
    *asked = reply.out[0] != 0;
    if (result == 0 && reply.data != NULL && call->config_out != NULL) {
        struct struct_form form = {API_VERSION_HIGH, NULL};
        VARSTRING *config = reply.data;
        DWORD format = config->dwStringFormat;
        config->dwStringFormat = STRINGFORMAT_BINARY; /* the class' own: nothing is converted */
        result = request_error(
            struct_deliver(STRUCT_VARSTRING, form, config, reply.size, call->config_out));
        if (result == 0)
            call->config_out->dwStringFormat = format;
    }
    engine_reply_free(&reply);
    return result;
}

LONG dialog_run(const struct dialog *dialog, const struct dialog_call *call, bool *asked)
{
    FARPROC entry = dialog->ui ? GetProcAddress(dialog->ui, ui_names[call->function]) : NULL;
    bool was_asked = entry != NULL;
    LONG result =
        entry != NULL ? run_ui(entry, dialog, call) : run_provider(dialog, call, &was_asked);
    if (asked != NULL)
        *asked = was_asked;
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

/* ---- the exported functions ---- */

/* Arguments of all of them: the window and the class. *wide is what mem_free ends. */
static LONG take_class(HWND owner, const void *text, bool is_wide, const WCHAR **taken,
                       WCHAR **wide)
{
    uint32_t size;
    *taken = *wide = NULL;
    if (owner != NULL && !IsWindow(owner))
        return ERR(INVALPARAM);
    if (text == NULL)
        return 0;
    if (!pointer_readable(text, is_wide ? sizeof(WCHAR) : 1))
        return ERR(INVALPOINTER);
    if (is_wide)
        *taken = text;
    else
        *taken = *wide = text_widen(text, UINT32_MAX / 4, &size);
    return *taken != NULL ? 0 : ERR(NOMEM);
}

static LONG show(DWORD object, struct dialog_call *call, const void *device_class, bool wide)
{
    struct dialog dialog;
    WCHAR *owned;
    LONG result = take_class(call->owner, device_class, wide, &call->device_class, &owned);
    if (result == 0) {
        result = session_acquire() ? 0 : ERR(NOMEM);
        if (result == 0) {
            result = dialog_begin(&dialog, object, call->device, NULL, call->function);
            if (result == 0) {
                result = dialog_run(&dialog, call, NULL);
                dialog_end(&dialog);
            }
            session_release();
        }
    }
    mem_free(owned);
    TRACE("tapi32", "%s device %lu: 0x%lx", ui_names[call->function], (unsigned long)call->device,
          (unsigned long)result);
    return result;
}

static LONG line_config(DWORD device, HWND owner, const void *device_class, bool wide)
{
    struct dialog_call call = {.function = DIALOG_LINE_CONFIG, .device = device, .owner = owner};
    return show(TUISPIDLL_OBJECT_LINEID, &call, device_class, wide);
}

static LONG phone_config(DWORD device, HWND owner, const void *device_class, bool wide)
{
    struct dialog_call call = {.function = DIALOG_PHONE_CONFIG, .device = device, .owner = owner};
    return phone_error(show(TUISPIDLL_OBJECT_PHONEID, &call, device_class, wide));
}

static LONG line_config_edit(DWORD device, HWND owner, const void *device_class, bool wide,
                             const void *config, DWORD size, VARSTRING *out)
{
    struct dialog_call call = {.function = DIALOG_LINE_CONFIG_EDIT,
                               .device = device,
                               .owner = owner,
                               .config = config,
                               .config_size = size,
                               .config_out = out};
    if (!pointer_readable(config, size != 0 ? size : 1) ||
        !pointer_writable(out, sizeof out->dwTotalSize))
        return ERR(INVALPOINTER);
    if (out->dwTotalSize < sizeof *out)
        return ERR(STRUCTURETOOSMALL);
    if (!pointer_writable(out, out->dwTotalSize))
        return ERR(INVALPOINTER);
    return show(TUISPIDLL_OBJECT_LINEID, &call, device_class, wide);
}

#define DIALOG_FORMS(form, wide, string)                                                           \
    LONG WINAPI lineConfigDialog##form(DWORD dwDeviceID, HWND hwndOwner, string lpszDeviceClass)   \
    {                                                                                              \
        return line_config(dwDeviceID, hwndOwner, lpszDeviceClass, wide);                          \
    }                                                                                              \
    LONG WINAPI phoneConfigDialog##form(DWORD dwDeviceID, HWND hwndOwner, string lpszDeviceClass)  \
    {                                                                                              \
        return phone_config(dwDeviceID, hwndOwner, lpszDeviceClass, wide);                         \
    }                                                                                              \
    LONG WINAPI lineConfigDialogEdit##form(DWORD dwDeviceID, HWND hwndOwner,                       \
                                           string lpszDeviceClass, LPVOID const lpDeviceConfigIn,  \
                                           DWORD dwSize, LPVARSTRING lpDeviceConfigOut)            \
    {                                                                                              \
        return line_config_edit(dwDeviceID, hwndOwner, lpszDeviceClass, wide, lpDeviceConfigIn,    \
                                dwSize, lpDeviceConfigOut);                                        \
    }
DIALOG_FORMS(A, false, LPCSTR)
DIALOG_FORMS(W, true, LPCWSTR)
