/* providers.c - the machine's list of providers: lineGetProviderList, lineAddProvider,
 * lineConfigProvider, lineRemoveProvider. They work without lineInitialize, for set-up programs. */
#include "tapi32/dialogs.h"
#include "tapi32/request.h"

/* ---- the list ---- */

static LONG get_list(bool wide, DWORD version, LINEPROVIDERLIST *list)
{
    static const uint16_t codes[] = {VERSION, OUT_STRUCT(LINEPROVIDERLIST)};
    const struct function function = {"lineGetProviderList",
                                      ENGINE_LINE_GET_PROVIDER_LIST,
                                      .wide = wide,
                                      .count = ARRAYSIZE(codes),
                                      .param = codes};
    const ULONG_PTR values[] = {version, (ULONG_PTR)list};
    if (!session_acquire())
        return ERR(NOMEM);
    LONG result = request_run(&function, values);
    session_release();
    return result;
}

LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
    return get_list(false, dwAPIVersion, lpProviderList);
}

LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
    return get_list(true, dwAPIVersion, lpProviderList);
}

/* ---- adding, configuring, removing ---- */

static LONG change_list(enum engine_op op, const struct dialog *dialog, bool asked)
{
    struct engine_request request = {.op = op, .arg = {dialog->handle, asked}};
    struct engine_reply reply;
    session_call(&request, &reply);
    LONG result = reply.result;
    engine_reply_free(&reply);
    return result;
}

/* file: of one that is to be added; then its ID comes back in *id. */
static LONG administer(enum engine_dialog function, DWORD *id, const WCHAR *file, HWND owner)
{
    struct dialog_call call = {.function = function, .owner = owner};
    struct dialog dialog;
    bool asked;
    if (owner != NULL && !IsWindow(owner))
        return ERR(INVALPARAM);
    /* 0 is the ID of none, and would ask for a file. */
    if (file == NULL && *id == 0)
        return ERR(INVALPARAM);
    if (!session_acquire())
        return ERR(NOMEM);
    LONG result =
        dialog_begin(&dialog, TUISPIDLL_OBJECT_PROVIDERID, file != NULL ? 0 : *id, file, function);
    if (result == 0) {
        result = dialog_run(&dialog, &call, &asked);
        if (result == 0 && function == DIALOG_PROVIDER_INSTALL)
            result = change_list(ENGINE_LINE_ADD_PROVIDER, &dialog, asked);
        if (result == 0 && function == DIALOG_PROVIDER_REMOVE)
            result = change_list(ENGINE_LINE_REMOVE_PROVIDER, &dialog, asked);
        if (result == 0)
            *id = dialog.provider;
        dialog_end(&dialog);
    }
    session_release();
    TRACE("tapi32", "provider function %d: 0x%lx", function, (unsigned long)result);
    return result;
}

static LONG add(const void *text, bool wide, HWND owner, DWORD *out)
{
    uint32_t size;
    WCHAR *owned = NULL;
    DWORD id = 0;
    if (!pointer_readable(text, wide ? sizeof(WCHAR) : 1) || !pointer_writable(out, sizeof *out))
        return ERR(INVALPOINTER);
    if (!wide && (owned = text_widen(text, UINT32_MAX / 4, &size)) == NULL)
        return ERR(NOMEM);
    LONG result = administer(DIALOG_PROVIDER_INSTALL, &id, wide ? text : owned, owner);
    if (result == 0)
        *out = id;
    mem_free(owned);
    return result;
}

LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner,
                             LPDWORD lpdwPermanentProviderID)
{
    return add(lpszProviderFilename, false, hwndOwner, lpdwPermanentProviderID);
}

LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner,
                             LPDWORD lpdwPermanentProviderID)
{
    return add(lpszProviderFilename, true, hwndOwner, lpdwPermanentProviderID);
}

LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    return administer(DIALOG_PROVIDER_CONFIG, &dwPermanentProviderID, NULL, hwndOwner);
}

LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner)
{
    return administer(DIALOG_PROVIDER_REMOVE, &dwPermanentProviderID, NULL, hwndOwner);
}
