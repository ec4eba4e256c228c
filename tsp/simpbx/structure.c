/* structure.c - TSPI's variable structures: writing them in the version negotiated, and reading
 * LINECALLPARAMS and flow specifications that came from TAPI. */
#include "front.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define QOS_KEY 0x4C51534Bu /* LINEQOSSTRUCT_KEY, 'LQSK' */

LONG out_begin(struct front_out *out, void *structure, DWORD fixed)
{
    memset(out, 0, sizeof(*out));
    if (!structure)
        return LINEERR_INVALPOINTER;
    memcpy(&out->total, structure, sizeof(out->total));
    if (out->total < fixed)
        return LINEERR_STRUCTURETOOSMALL;
    out->base = structure;
    out->fixed = out->needed = out->used = fixed;
    return 0;
}

void out_bytes(struct front_out *out, const void *data, DWORD bytes, DWORD *size, DWORD *offset)
{
    *size = *offset = 0;
    if (!bytes)
        return;
    DWORD at = out->needed;
    out->needed += (bytes + 3) & ~3u;
    /* A part that does not fit is left out whole; dwNeededSize tells. */
    if (out->needed > out->total || at != out->used)
        return;
    memcpy(out->base + at, data, bytes);
    memset(out->base + at + bytes, 0, out->needed - at - bytes);
    out->used = out->needed;
    *size = bytes;
    *offset = at;
}

void out_text(struct front_out *out, const char *text, DWORD *size, DWORD *offset)
{
    WCHAR *wide;

    *size = *offset = 0;
    if (!text || !*text)
        return;
    wide = front_utf16(text);
    if (!wide)
        return;
    out_bytes(out, wide, (DWORD)((wcslen(wide) + 1) * sizeof(WCHAR)), size, offset);
    free(wide);
}

void out_end(struct front_out *out, void *structure)
{
    DWORD head[3] = {out->total, out->needed, out->used};

    memcpy(structure, head, sizeof(head));
    memcpy(out->base, structure, out->fixed);
}

LONG out_varstring(LPVARSTRING string, DWORD format, const void *data, DWORD bytes)
{
    VARSTRING fixed = {.dwStringFormat = format};
    struct front_out out;
    LONG result = out_begin(&out, string, sizeof(fixed));

    if (result)
        return result;
    out_bytes(&out, data, bytes, &fixed.dwStringSize, &fixed.dwStringOffset);
    out_end(&out, &fixed);
    return 0;
}

/* The fixed part in versions before 2.0, before 2.2, before 3.0, and from 3.0 on. */
DWORD structure_size(DWORD version, DWORD v1, DWORD v2, DWORD v22, DWORD v3)
{
    if (version < 0x00020000)
        return v1;
    if (version < 0x00020002)
        return v2;
    return version < 0x00030000 ? v22 : v3;
}

DWORD forward_size(DWORD version)
{
    return version < 0x00030001 ? 24 : 32;
}

/* A part of a structure from TAPI; NULL when it lies outside. */
static const BYTE *part(const LINECALLPARAMS *lp, DWORD size, DWORD offset)
{
    if (!size || offset > lp->dwTotalSize || size > lp->dwTotalSize - offset)
        return NULL;
    return (const BYTE *)lp + offset;
}

static void read_text(const LINECALLPARAMS *lp, DWORD size, DWORD offset, char to[PBX_NUMBER])
{
    const BYTE *data = part(lp, size, offset);
    WCHAR wide[PBX_NUMBER] = L"";

    to[0] = 0;
    if (!data)
        return;
    if (size > sizeof(wide) - sizeof(WCHAR))
        size = sizeof(wide) - sizeof(WCHAR);
    memcpy(wide, data, size & ~1u);
    front_utf8(to, PBX_NUMBER, wide, -1);
}

LONG flow_read(const void *data, DWORD size, struct pbx_flow *flow)
{
    LINECALLQOSINFO info;

    memset(flow, 0, sizeof(*flow));
    flow->service = PBX_SERVICE_BESTEFFORT;
    if (!data || !size)
        return 0;
    /* ITBasicCallControl::SetQOS speaks in service levels a medium. */
    if (size >= offsetof(LINECALLQOSINFO, SetQOSServiceLevel) + sizeof(DWORD)) {
        memset(&info, 0, sizeof(info));
        memcpy(&info, data, size < sizeof(info) ? size : sizeof(info));
        if (info.dwKey == QOS_KEY) {
            DWORD count = info.SetQOSServiceLevel.dwNumServiceLevelEntries;
            DWORD at = offsetof(LINECALLQOSINFO, SetQOSServiceLevel.LineQOSServiceLevel);
            if (info.dwQOSRequestType != LINEQOSREQUESTTYPE_SERVICELEVEL ||
                count > (size - at) / sizeof(LINEQOSSERVICELEVEL))
                return LINEERR_INVALPARAM;
            for (DWORD i = 0; i < count; i++) {
                LINEQOSSERVICELEVEL level;
                memcpy(&level, (const BYTE *)data + at + i * sizeof(level), sizeof(level));
                if (!(level.dwMediaMode & SIMPBX_MEDIA_MODES))
                    continue;
                DWORD service = level.dwQOSServiceLevel == LINEQOSSERVICELEVEL_NEEDED
                                    ? PBX_SERVICE_GUARANTEED
                                : level.dwQOSServiceLevel == LINEQOSSERVICELEVEL_IFAVAILABLE
                                    ? PBX_SERVICE_CONTROLLED
                                    : PBX_SERVICE_BESTEFFORT;
                pbx_audio_flow(front.pbx, service, flow);
            }
            return 0;
        }
    }
    if (size < sizeof(*flow))
        return LINEERR_INVALPARAM;
    memcpy(flow, data, sizeof(*flow)); /* a FLOWSPEC of <qos.h>, field by field */
    return 0;
}

LONG params_read(const LINECALLPARAMS *lp, DWORD version, struct pbx_call_params *params)
{
    LINECALLPARAMS full;
    DWORD fixed = structure_size(version, 112, 176, 176, 180);
    const BYTE *data;

    memset(params, 0, sizeof(*params));
    params->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    params->bearer_mode = LINEBEARERMODE_VOICE;
    if (!lp)
        return 0;
    if (lp->dwTotalSize < 112)
        return LINEERR_STRUCTURETOOSMALL;
    if (fixed > lp->dwTotalSize)
        fixed = lp->dwTotalSize;
    memset(&full, 0, sizeof(full));
    memcpy(&full, lp, fixed);
    if (full.dwBearerMode && !(full.dwBearerMode & SIMPBX_BEARER_MODES))
        return LINEERR_INVALBEARERMODE;
    if (full.dwMediaMode & ~(DWORD)SIMPBX_MEDIA_MODES)
        return LINEERR_INVALMEDIAMODE;
    if (full.dwMinRate > SIMPBX_MAX_RATE)
        return LINEERR_INVALRATE;
    if (full.dwAddressMode == LINEADDRESSMODE_ADDRESSID && full.dwAddressID)
        return LINEERR_INVALADDRESSID;
    if (full.dwMediaMode)
        params->media_mode = full.dwMediaMode;
    if (full.dwBearerMode)
        params->bearer_mode = full.dwBearerMode;
    params->rate = full.dwMaxRate < SIMPBX_MAX_RATE ? full.dwMaxRate : SIMPBX_MAX_RATE;
    params->no_answer = full.dwNoAnswerTimeout * 1000;
    params->flags = full.dwCallParamFlags;
    params->dial_params[0] = full.DialParams.dwDialPause;
    params->dial_params[1] = full.DialParams.dwDialSpeed;
    params->dial_params[2] = full.DialParams.dwDigitDuration;
    params->dial_params[3] = full.DialParams.dwWaitForDialtone;
    params->target_states = full.dwPredictiveAutoTransferStates;
    read_text(lp, full.dwTargetAddressSize, full.dwTargetAddressOffset, params->target);
    if ((data = part(lp, full.dwUserUserInfoSize, full.dwUserUserInfoOffset))) {
        params->user_user.data = (BYTE *)data;
        params->user_user.size = full.dwUserUserInfoSize;
    }
    if ((data = part(lp, full.dwCallDataSize, full.dwCallDataOffset))) {
        params->call_data.data = (BYTE *)data;
        params->call_data.size = full.dwCallDataSize;
    }
    read_text(lp, full.dwCallingPartyIDSize, full.dwCallingPartyIDOffset, params->calling_id);
    const BYTE *sending = part(lp, full.dwSendingFlowspecSize, full.dwSendingFlowspecOffset);
    const BYTE *receiving = part(lp, full.dwReceivingFlowspecSize, full.dwReceivingFlowspecOffset);
    if (sending || receiving) {
        LONG result = flow_read(sending, full.dwSendingFlowspecSize, &params->flow[0]);
        if (!result)
            result = flow_read(receiving, full.dwReceivingFlowspecSize, &params->flow[1]);
        if (result)
            return LINEERR_INVALCALLPARAMS;
        params->has_flow = true;
    }
    return 0;
}

LONG line_params(const struct pbx_extension *e, const LINECALLPARAMS *lp,
                 struct pbx_call_params *params)
{
    return params_read(lp, ((struct front_line *)e->front)->version, params);
}
