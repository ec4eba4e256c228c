/* provider.c - the provider itself: versions, life, devices that come later. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
                                           DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
    LONG result = 0;

    if (!lpdwTSPIVersion)
        return LINEERR_INVALPOINTER;
    *lpdwTSPIVersion = 0;
    if (dwDeviceID != (DWORD)INITIALIZE_NEGOTIATION) {
        front_enter();
        if (!front_extension(dwDeviceID))
            result = LINEERR_BADDEVICEID;
        front_leave();
        if (result)
            return result;
    }
    if (dwLowVersion > dwHighVersion || dwLowVersion > SIMPBX_TSPI_HIGH ||
        dwHighVersion < SIMPBX_TSPI_LOW)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *lpdwTSPIVersion = dwHighVersion < SIMPBX_TSPI_HIGH ? dwHighVersion : SIMPBX_TSPI_HIGH;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
                                      LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                      LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc)
{
    if (!lpdwNumLines || !lpdwNumPhones)
        return LINEERR_INVALPOINTER;
    *lpdwNumLines = *lpdwNumPhones = 0;
    LONG result = front_acquire();
    if (result)
        return result;
    front_enter();
    front.provider_id = dwPermanentProviderID;
    front.provider = hProvider;
    front.create = lpfnLineCreateProc;
    front.create_phone = lpfnPhoneCreateProc;
    *lpdwNumLines = (DWORD)front.pbx->extension_count;
    *lpdwNumPhones = (DWORD)front.pbx->phone_count;
    /* The exchange that was counted is the one that is initialized: it is kept until then. */
    if (front.enumerated || front.initialized)
        front.references--;
    else
        front.enumerated = TRUE;
    front_leave();
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
                               DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase,
                               DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                               ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
    LONG result;

    if (lpdwTSPIOptions)
        *lpdwTSPIOptions = 0;
    if (!lpfnCompletionProc)
        return LINEERR_INVALPOINTER;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    result = front_acquire();
    if (result)
        return result;
    front_enter();
    if (front.enumerated) {
        front.enumerated = FALSE;
        front.references--;
    }
    if (front.initialized)
        result = LINEERR_NOMULTIPLEINSTANCE;
    else if (dwNumLines > front.pbx->extension_count || dwNumPhones > front.pbx->phone_count)
        result = LINEERR_NODEVICE;
    if (!result) {
        front.provider_id = dwPermanentProviderID;
        front.line_base = dwLineDeviceIDBase;
        front.line_count = (DWORD)dwNumLines;
        front.phone_base = dwPhoneDeviceIDBase;
        front.phone_count = (DWORD)dwNumPhones;
        front.complete = lpfnCompletionProc;
        front.initialized = TRUE;
        /* Extensions that came between counting and now are new devices. */
        for (size_t i = dwNumLines; i < front.pbx->extension_count; i++) {
            struct front_item *item = front_push(ITEM_CREATE);
            if (item)
                item->param[0] = i;
        }
        front_phones_added(dwNumPhones);
    }
    front_leave();
    if (!result && (result = front_worker_start()) == 0 && (result = audio_start()) != 0)
        front_worker_stop();
    if (result) {
        if (result != (LONG)LINEERR_NOMULTIPLEINSTANCE)
            front.initialized = FALSE;
        front_release();
    }
    return result;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
    (void)dwTSPIVersion;
    (void)dwPermanentProviderID;
    front_enter();
    BOOL was = front.initialized;
    if (was) {
        front_close_lines();
        front_close_phones();
        pbx_clear_calls(front.pbx);
        requests_flush();
    }
    front_leave_settled();
    if (!was)
        return LINEERR_UNINITIALIZED;
    front_worker_stop();
    audio_stop();
    EnterCriticalSection(&front.lock);
    front.initialized = FALSE;
    front.complete = NULL;
    front.create = NULL;
    front.line_count = front.created_count = 0;
    free(front.created_ids);
    front.created_ids = NULL;
    front.create_phone = NULL;
    front.phone_count = front.created_phone_count = 0;
    free(front.created_phone_ids);
    front.created_phone_ids = NULL;
    LeaveCriticalSection(&front.lock);
    front_release();
    return 0;
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID)
{
    LONG result = LINEERR_BADDEVICEID;

    front_enter();
    if (front.initialized && dwTempID >= front.line_count &&
        dwTempID < front.pbx->extension_count) {
        DWORD late = (DWORD)dwTempID - front.line_count;
        DWORD *ids = front.created_ids;
        result = 0;
        if (late >= front.created_count) {
            ids = realloc(ids, (late + 1) * sizeof(*ids));
            if (!ids) {
                result = LINEERR_NOMEM;
            } else {
                for (DWORD i = front.created_count; i <= late; i++)
                    ids[i] = (DWORD)-1;
                front.created_ids = ids;
                front.created_count = late + 1;
            }
        }
        if (!result)
            ids[late] = dwDeviceID;
    }
    front_leave();
    return result;
}
