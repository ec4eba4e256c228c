/* call_params.c - LINECALLPARAMS: what an application sets on a call before it connects. */
#include "objects/private.h"

#include <qos.h>
#include <stdlib.h>
#include <string.h>

/* Where the size of each block stands in LINECALLPARAMS; its offset follows. */
static const struct {
    size_t size_at;
} blob_fields[BLOB_COUNT] = {
    [BLOB_DISPLAYABLE] = {offsetof(LINECALLPARAMS, dwDisplayableAddressSize)},
    [BLOB_CALLED_PARTY] = {offsetof(LINECALLPARAMS, dwCalledPartySize)},
    [BLOB_COMMENT] = {offsetof(LINECALLPARAMS, dwCommentSize)},
    [BLOB_USER_USER] = {offsetof(LINECALLPARAMS, dwUserUserInfoSize)},
    [BLOB_HIGH_LEVEL] = {offsetof(LINECALLPARAMS, dwHighLevelCompSize)},
    [BLOB_LOW_LEVEL] = {offsetof(LINECALLPARAMS, dwLowLevelCompSize)},
    [BLOB_DEV_SPECIFIC] = {offsetof(LINECALLPARAMS, dwDevSpecificSize)},
    [BLOB_CALL_DATA] = {offsetof(LINECALLPARAMS, dwCallDataSize)},
    [BLOB_CALLING_PARTY] = {offsetof(LINECALLPARAMS, dwCallingPartyIDSize)},
    [BLOB_SENDING_FLOW] = {offsetof(LINECALLPARAMS, dwSendingFlowspecSize)},
    [BLOB_RECEIVING_FLOW] = {offsetof(LINECALLPARAMS, dwReceivingFlowspecSize)},
};

struct call_params *call_params_create(void)
{
    struct call_params *params = calloc(1, sizeof(*params));

    if (!params)
        return NULL;
    params->fixed.dwTotalSize = sizeof(LINECALLPARAMS);
    params->fixed.dwBearerMode = LINEBEARERMODE_VOICE;
    params->fixed.dwMaxRate = 0;
    return params;
}

void call_params_free(struct call_params *params)
{
    unsigned i;

    if (!params)
        return;
    for (i = 0; i < BLOB_COUNT; i++)
        free(params->blobs[i].data);
    free(params);
}

BOOL call_params_set(struct call_params *params, enum call_blob blob, const void *data, DWORD size)
{
    void *copy = NULL;

    if (size) {
        copy = malloc(size);
        if (!copy)
            return FALSE;
        memcpy(copy, data, size);
    }
    free(params->blobs[blob].data);
    params->blobs[blob].data = copy;
    params->blobs[blob].size = size;
    return TRUE;
}

static DWORD aligned(DWORD size)
{
    return (size + 3) & ~3u;
}

LINECALLPARAMS *call_params_build(struct call *call)
{
    struct address *address = call->address;
    LINECALLPARAMS *out = NULL;
    DWORD total = sizeof(*out), at = sizeof(*out);
    DWORD voice;
    unsigned i;

    AcquireSRWLockShared(&call->lock);
    for (i = 0; i < BLOB_COUNT; i++)
        total += aligned(call->params->blobs[i].size);
    out = calloc(1, total);
    if (out) {
        *out = call->params->fixed;
        for (i = 0; i < BLOB_COUNT; i++) {
            DWORD *field = (DWORD *)((char *)out + blob_fields[i].size_at);

            if (!call->params->blobs[i].size)
                continue;
            field[0] = call->params->blobs[i].size;
            field[1] = at;
            memcpy((char *)out + at, call->params->blobs[i].data, field[0]);
            at += aligned(field[0]);
        }
    }
    ReleaseSRWLockShared(&call->lock);
    if (!out)
        return NULL;
    out->dwTotalSize = total;
    out->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    out->dwAddressID = address->id;
    out->dwMediaMode = address_to_line_media(address, call->media);
    /* One kind of voice: a call is made to somebody unless only automated voice is there. */
    voice = out->dwMediaMode & (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE);
    if (voice == (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE))
        out->dwMediaMode &= ~LINEMEDIAMODE_AUTOMATEDVOICE;
    if (!out->dwAddressType)
        out->dwAddressType = LINEADDRESSTYPE_PHONENUMBER;
    return out;
}

/* Bytes a second that a stream of the media type needs. */
static ULONG media_rate(LONG media)
{
    return media & TAPIMEDIATYPE_VIDEO ? 48000 : 8000; /* H.261 at 384 kbit/s; G.711 */
}

void call_flow_specification(LONG media, QOS_SERVICE_LEVEL level, void *out)
{
    FLOWSPEC *flow = out;

    flow->TokenRate = media_rate(media);
    flow->TokenBucketSize = media_rate(media) / 5; /* 200 ms */
    flow->PeakBandwidth = media_rate(media);
    flow->Latency = QOS_NOT_SPECIFIED;
    flow->DelayVariation = QOS_NOT_SPECIFIED;
    flow->ServiceType = level == QSL_NEEDED         ? SERVICETYPE_GUARANTEED
                        : level == QSL_IF_AVAILABLE ? SERVICETYPE_CONTROLLEDLOAD
                                                    : SERVICETYPE_BESTEFFORT;
    flow->MaxSduSize = QOS_NOT_SPECIFIED;
    flow->MinimumPolicedSize = QOS_NOT_SPECIFIED;
}

HRESULT call_params_set_qos(struct call_params *params, LONG media, QOS_SERVICE_LEVEL level)
{
    FLOWSPEC flow;

    call_flow_specification(media, level, &flow);
    if (!call_params_set(params, BLOB_SENDING_FLOW, &flow, sizeof(flow)) ||
        !call_params_set(params, BLOB_RECEIVING_FLOW, &flow, sizeof(flow)))
        return E_OUTOFMEMORY;
    return S_OK;
}
