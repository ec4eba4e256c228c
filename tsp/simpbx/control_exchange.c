/* control_exchange.c - OpenTAPI.SimPBX: settings, looking at the exchange, configuration. */
#include "front.h"

#include <oleauto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"

/* --- settings --- */

CONTROL_NUMBER(CompletionDelay, front.pbx->settings.completion_delay)

HRESULT WINAPI control_put_CompletionDelay(ISimPBX *iface, LONG ms)
{
    (void)iface;
    if (ms < -1)
        return control_fail(E_INVALIDARG, "CompletionDelay is -1, 0 or a number of ms");
    front_enter();
    front.pbx->settings.completion_delay = ms;
    control_keep();
    front_leave_settled();
    return S_OK;
}

CONTROL_NUMBER(Bandwidth, front.pbx->settings.bandwidth)

HRESULT WINAPI control_put_Bandwidth(ISimPBX *iface, LONG kbits)
{
    (void)iface;
    if (kbits < 0)
        return control_fail(E_INVALIDARG, "Bandwidth is a number of kbit/s");
    front_enter();
    pbx_set_bandwidth(front.pbx, (uint32_t)kbits);
    control_keep();
    front_leave_settled();
    return S_OK;
}

CONTROL_NUMBER(BandwidthInUse, front.pbx->bandwidth_used)

/* --- looking --- */

static HRESULT list_legs(bool parked, BSTR *text)
{
    size_t used = 0, size = 1, place = 0;
    char *list;
    HRESULT hr;

    *text = NULL;
    front_enter();
    size += front.pbx->leg_count * (2 * PBX_NUMBER + 64);
    list = malloc(size);
    for (struct pbx_leg *leg; list && (leg = pbx_next_leg(front.pbx, &place));) {
        if (leg->state == PBX_IDLE || (parked && !leg->parked))
            continue;
        if (parked)
            used += (size_t)snprintf(list + used, size - used, "%s\t%s\t%u\r\n", leg->parked_at,
                                     leg->self.number, leg->call_id);
        else
            used += (size_t)snprintf(list + used, size - used, "%u\t%s\t%s\t%s\r\n", leg->call_id,
                                     leg->self.number, leg->peer ? leg->peer->self.number : "",
                                     pbx_state_name(leg->state));
    }
    front_leave();
    if (!list)
        return E_OUTOFMEMORY;
    hr = control_text_out(list, used, text);
    free(list);
    return hr;
}

HRESULT WINAPI control_get_Parked(ISimPBX *iface, BSTR *text)
{
    (void)iface;
    return text ? list_legs(true, text) : E_POINTER;
}

HRESULT WINAPI control_get_Calls(ISimPBX *iface, BSTR *text)
{
    (void)iface;
    return text ? list_legs(false, text) : E_POINTER;
}

HRESULT WINAPI control_get_Log(ISimPBX *iface, BSTR *text)
{
    HRESULT hr;

    (void)iface;
    if (!text)
        return E_POINTER;
    front_enter();
    hr = control_text_out(front.log, front.log_used, text);
    front_leave();
    return hr;
}

HRESULT WINAPI control_get_LogFile(ISimPBX *iface, BSTR *path)
{
    (void)iface;
    if (!path)
        return E_POINTER;
    front_enter();
    *path = SysAllocString(front.log_path ? front.log_path : L"");
    front_leave();
    return *path ? S_OK : E_OUTOFMEMORY;
}

HRESULT WINAPI control_put_LogFile(ISimPBX *iface, BSTR path)
{
    (void)iface;
    front_enter();
    front_log_path(path);
    control_keep();
    front_leave();
    return S_OK;
}

HRESULT WINAPI control_ClearLog(ISimPBX *iface)
{
    (void)iface;
    front_enter();
    front.log_used = 0;
    front_leave();
    return S_OK;
}

/* --- configuration --- */

HRESULT WINAPI control_Load(ISimPBX *iface, BSTR path)
{
    char error[256] = "";
    LONG result;

    (void)iface;
    front_enter();
    result = front_configure_file(path ? path : L"", error, sizeof(error));
    control_keep();
    front_leave_settled();
    return result ? control_fail(E_INVALIDARG, "Load: %s", error) : S_OK;
}

HRESULT WINAPI control_LoadText(ISimPBX *iface, BSTR text)
{
    char error[256] = "", *utf8 = control_text_in(text);
    LONG result;

    (void)iface;
    if (!utf8)
        return E_OUTOFMEMORY;
    front_enter();
    result = front_configure_text(utf8, strlen(utf8), error, sizeof(error));
    control_keep();
    front_leave_settled();
    free(utf8);
    return result ? control_fail(E_INVALIDARG, "LoadText: %s", error) : S_OK;
}

HRESULT WINAPI control_Reset(ISimPBX *iface)
{
    char error[256] = "";
    LONG result;

    (void)iface;
    front_enter();
    pbx_clear_calls(front.pbx);
    requests_flush();
    memset(front.failures, 0, sizeof(front.failures));
    result = front_configure_initial(error, sizeof(error));
    control_keep_no_more();
    front_leave_settled();
    return result ? control_fail(E_FAIL, "Reset: %s", error) : S_OK;
}

HRESULT WINAPI control_AddExtension(ISimPBX *iface, BSTR number, BSTR name)
{
    char text[PBX_NUMBER], label[PBX_NAME], clean[PBX_NUMBER];
    bool partial, added = false;

    (void)iface;
    front_utf8(text, sizeof(text), number, -1);
    front_utf8(label, sizeof(label), name, -1);
    if (!pbx_number_clean(clean, text, &partial) || partial || strcmp(clean, text))
        return control_fail(E_INVALIDARG, "AddExtension: \"%s\" is no number", text);
    front_enter();
    struct pbx_extension *e = pbx_add_extension(front.pbx, text, label);
    if (e) {
        added = true;
        control_keep();
        struct front_item *item = front.initialized ? front_push(ITEM_CREATE) : NULL;
        if (item)
            item->param[0] = e->index;
    }
    front_leave_settled();
    return added ? S_OK : control_fail(E_INVALIDARG, "AddExtension: %s is there already", text);
}

HRESULT WINAPI control_SetOutside(ISimPBX *iface, BSTR number, BSTR behaviour)
{
    char error[256] = "", *text = control_text_in(behaviour);
    struct pbx_behaviour parsed;
    char pattern[PBX_NUMBER];
    int32_t result = 0;

    (void)iface;
    if (!text)
        return E_OUTOFMEMORY;
    front_utf8(pattern, sizeof(pattern), number, -1);
    for (const char *s = pattern; *s && !error[0]; s++)
        if (!pbx_is_digit(*s) && *s != 'X')
            snprintf(error, sizeof(error), "\"%s\": only digits, X and a final *", pattern);
    if (!pattern[0])
        snprintf(error, sizeof(error), "a number is missing");
    if (!error[0] && pbx_behaviour_parse(&parsed, text, error, sizeof(error))) {
        front_enter();
        result = pbx_set_outside(front.pbx, pattern, NULL, &parsed);
        control_keep();
        front_leave();
    }
    free(text);
    if (error[0])
        return control_fail(E_INVALIDARG, "SetOutside: %s", error);
    return control_outcome(result, "SetOutside", pattern);
}

CONTROL_NUMBER(Extensions, front.pbx->extension_count)

HRESULT WINAPI control_SetLineStatus(ISimPBX *iface, BSTR number, BSTR status)
{
    char who[PBX_NUMBER], text[64];
    LONG result = LINEERR_INVALADDRESS;

    (void)iface;
    front_utf8(who, sizeof(who), number, -1);
    front_utf8(text, sizeof(text), status, -1);
    front_enter();
    struct pbx_extension *e = pbx_find_extension(front.pbx, who);
    if (e) {
        result = pbx_line_status_say(e, text);
        control_keep();
    }
    front_leave_settled();
    if (result == (LONG)LINEERR_INVALPARAM)
        return control_fail(E_INVALIDARG, "SetLineStatus: \"%s\" is nothing that a line can be",
                            text);
    return control_outcome(result, "SetLineStatus", who);
}
