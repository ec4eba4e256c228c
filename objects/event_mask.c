/* event_mask.c - the event filters of single Addresses and Calls (ITAddress2::put_EventFilter,
 * ITCallInfo2::put_EventFilter). */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

/* Event types that have sub-events, and how many. All others have only "all of them" (-1). */
static const struct {
    TAPI_EVENT type;
    LONG count;
} sub_events[] = {
    {TE_ADDRESS, AE_LASTITEM + 1},
    {TE_CALLNOTIFICATION, CNE_LASTITEM + 1},
    {TE_CALLSTATE, CS_LASTITEM + 1},
    {TE_CALLMEDIA, CME_LASTITEM + 1},
    {TE_CALLHUB, CHE_LASTITEM + 1},
    {TE_CALLINFOCHANGE, CIC_LASTITEM + 1},
    {TE_QOSEVENT, QE_LASTITEM + 1},
    {TE_FILETERMINAL, TMS_LASTITEM + 1},
    {TE_PRIVATE, 1},
    {TE_DIGITEVENT, 1},
    {TE_GENERATEEVENT, 1},
    {TE_ASRTERMINAL, 1},
    {TE_TTSTERMINAL, 1},
    {TE_TONETERMINAL, 1},
    {TE_TONEEVENT, 1},
    {TE_GATHERDIGITS, 1},
    {TE_ADDRESSDEVSPECIFIC, 1},
    {TE_PHONEEVENT, PE_LASTITEM + 1},
    {TE_PHONEDEVSPECIFIC, 1},
};

struct event_mask {
    DWORD bits[ARRAYSIZE(sub_events)]; /* 1: the application wants it */
};

static int type_index(TAPI_EVENT type)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(sub_events); i++)
        if (sub_events[i].type == type)
            return i;
    return -1;
}

static DWORD all_bits(int index)
{
    return (DWORD)((1ull << sub_events[index].count) - 1);
}

static DWORD bits_of(const struct event_mask *mask, const struct event_mask *parent, int index)
{
    if (!mask)
        mask = parent;
    return mask ? mask->bits[index] : all_bits(index);
}

BOOL event_mask_allows(const struct event_mask *mask, const struct event_mask *parent,
                       TAPI_EVENT type, LONG sub_event)
{
    int index = type_index(type);

    if (index < 0 || sub_event < 0 || sub_event >= sub_events[index].count)
        return TRUE;
    return (bits_of(mask, parent, index) >> sub_event) & 1;
}

HRESULT event_mask_get(const struct event_mask *mask, const struct event_mask *parent,
                       TAPI_EVENT type, LONG sub_event, VARIANT_BOOL *enable)
{
    int index = type_index(type);
    DWORD bits;

    if (index < 0 || sub_event < -1 || sub_event >= sub_events[index].count)
        return E_INVALIDARG;
    bits = bits_of(mask, parent, index);
    if (sub_event == -1) /* all of them */
        *enable = bits == all_bits(index) ? VARIANT_TRUE : VARIANT_FALSE;
    else
        *enable = (bits >> sub_event) & 1 ? VARIANT_TRUE : VARIANT_FALSE;
    return S_OK;
}

HRESULT event_mask_put(struct event_mask **mask, const struct event_mask *parent, TAPI_EVENT type,
                       LONG sub_event, VARIANT_BOOL enable)
{
    int index = type_index(type);
    unsigned i;
    DWORD bits;

    if (index < 0 || sub_event < -1 || sub_event >= sub_events[index].count)
        return E_INVALIDARG;
    if (!*mask) {
        struct event_mask *made = malloc(sizeof(*made));

        if (!made)
            return E_OUTOFMEMORY;
        for (i = 0; i < ARRAYSIZE(sub_events); i++)
            made->bits[i] = parent ? parent->bits[i] : all_bits(i);
        *mask = made;
    }
    bits = sub_event == -1 ? all_bits(index) : 1u << sub_event;
    if (enable)
        (*mask)->bits[index] |= bits;
    else
        (*mask)->bits[index] &= ~bits;
    return S_OK;
}

BOOL address_wants(struct address *address, TAPI_EVENT type, LONG sub_event)
{
    struct tapi *tapi = address->tapi;
    BOOL wants;

    if (!dispatcher_wants(tapi->dispatcher, type))
        return FALSE;
    AcquireSRWLockShared(&tapi->lock);
    wants = event_mask_allows(address->mask, NULL, type, sub_event);
    ReleaseSRWLockShared(&tapi->lock);
    return wants;
}

BOOL line_device_wants(struct tapi *tapi, DWORD device, TAPI_EVENT type, LONG sub_event)
{
    BOOL wants = FALSE, found = FALSE;
    unsigned i;

    if (!dispatcher_wants(tapi->dispatcher, type))
        return FALSE;
    AcquireSRWLockShared(&tapi->lock);
    for (i = 0; i < tapi->address_count && !wants; i++)
        if (tapi->addresses[i]->device == device) {
            found = TRUE;
            wants = event_mask_allows(tapi->addresses[i]->mask, NULL, type, sub_event);
        }
    ReleaseSRWLockShared(&tapi->lock);
    return wants || !found;
}

BOOL call_wants(struct call *call, TAPI_EVENT type, LONG sub_event)
{
    struct tapi *tapi = call_tapi(call);
    BOOL wants;

    if (!dispatcher_wants(tapi->dispatcher, type))
        return FALSE;
    AcquireSRWLockShared(&tapi->lock);
    wants = event_mask_allows(call->mask, call->address->mask, type, sub_event);
    ReleaseSRWLockShared(&tapi->lock);
    return wants;
}
