/* phone.c - phones as devices of TAPI: versions, handles, opening and closing, what is told. */
#include "front_phone.h"
#include "simpbx_ext.h"

#include <stdlib.h>
#include <string.h>

#define PLACE_BITS 20
#define PLACE_MASK ((1u << PLACE_BITS) - 1)

/* --- devices and handles --- */

struct pbx_phone *front_phone(DWORD device_id)
{
    if (!front.pbx || !front.initialized)
        return NULL;
    if (device_id - front.phone_base < front.phone_count)
        return front.pbx->phones[device_id - front.phone_base];
    for (DWORD i = 0; i < front.created_phone_count; i++)
        if (front.created_phone_ids[i] == device_id &&
            front.phone_count + i < front.pbx->phone_count)
            return front.pbx->phones[front.phone_count + i];
    return NULL;
}

DWORD front_phone_id(const struct pbx_phone *phone)
{
    if (phone->index < front.phone_count)
        return front.phone_base + phone->index;
    DWORD late = phone->index - front.phone_count;
    return late < front.created_phone_count ? front.created_phone_ids[late] : (DWORD)-1;
}

static HDRVPHONE hdrvphone(const struct pbx_phone *phone)
{
    const struct front_phone *open = phone->front;

    return (HDRVPHONE)(ULONG_PTR)(open ? open->generation << PLACE_BITS | (phone->index + 1) : 0);
}

struct pbx_phone *front_phone_find(HDRVPHONE handle)
{
    DWORD value = (DWORD)(ULONG_PTR)handle, place = (value & PLACE_MASK) - 1;
    struct pbx_phone *phone;

    if (!front.pbx || !value || place >= front.pbx->phone_count)
        return NULL;
    phone = front.pbx->phones[place];
    const struct front_phone *open = phone->front;
    return open && open->htphone && hdrvphone(phone) == handle ? phone : NULL;
}

void front_phones_added(size_t first)
{
    for (size_t i = first; front.initialized && i < front.pbx->phone_count; i++) {
        struct front_item *item = front_push(ITEM_CREATE_PHONE);
        if (item)
            item->param[0] = i;
    }
}

void front_close_phones(void)
{
    for (size_t i = 0; i < front.pbx->phone_count; i++) {
        free(front.pbx->phones[i]->front);
        front.pbx->phones[i]->front = NULL;
    }
}

LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID)
{
    LONG result = PHONEERR_BADDEVICEID;

    front_enter();
    if (front.initialized && dwTempID >= front.phone_count && dwTempID < front.pbx->phone_count) {
        DWORD late = (DWORD)dwTempID - front.phone_count;
        DWORD *ids = front.created_phone_ids;
        result = 0;
        if (late >= front.created_phone_count) {
            ids = realloc(ids, (late + 1) * sizeof(*ids));
            if (!ids) {
                result = PHONEERR_NOMEM;
            } else {
                for (DWORD i = front.created_phone_count; i <= late; i++)
                    ids[i] = (DWORD)-1;
                front.created_phone_ids = ids;
                front.created_phone_count = late + 1;
            }
        }
        if (!result)
            ids[late] = dwDeviceID;
    }
    front_leave();
    return result;
}

/* --- versions --- */

static LONG check_device(DWORD device_id)
{
    front_enter();
    LONG result = front_phone(device_id) ? 0 : (LONG)PHONEERR_BADDEVICEID;
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
                                            DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
    LONG result = 0;

    if (!lpdwTSPIVersion)
        return PHONEERR_INVALPOINTER;
    *lpdwTSPIVersion = 0;
    if (dwDeviceID != (DWORD)INITIALIZE_NEGOTIATION)
        result = check_device(dwDeviceID);
    if (result)
        return result;
    if (dwLowVersion > dwHighVersion || dwLowVersion > SIMPBX_TSPI_HIGH ||
        dwHighVersion < SIMPBX_TSPI_LOW)
        return PHONEERR_INCOMPATIBLEAPIVERSION;
    *lpdwTSPIVersion = dwHighVersion < SIMPBX_TSPI_HIGH ? dwHighVersion : SIMPBX_TSPI_HIGH;
    return 0;
}

LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                           DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwExtVersion)
{
    (void)dwTSPIVersion;
    if (!lpdwExtVersion)
        return PHONEERR_INVALPOINTER;
    *lpdwExtVersion = 0;
    LONG result = check_device(dwDeviceID);
    if (result)
        return result;
    if (dwLowVersion > dwHighVersion || dwLowVersion > SIMPBX_EXT_VERSION)
        return PHONEERR_INCOMPATIBLEEXTVERSION;
    *lpdwExtVersion = dwHighVersion < SIMPBX_EXT_VERSION ? dwHighVersion : SIMPBX_EXT_VERSION;
    return 0;
}

LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                      LPPHONEEXTENSIONID lpExtensionID)
{
    (void)dwTSPIVersion;
    if (!lpExtensionID)
        return PHONEERR_INVALPOINTER;
    memset(lpExtensionID, 0, sizeof(*lpExtensionID));
    LONG result = check_device(dwDeviceID);
    if (result)
        return result;
    lpExtensionID->dwExtensionID0 = SIMPBX_EXT_ID0;
    lpExtensionID->dwExtensionID1 = SIMPBX_EXT_ID1;
    lpExtensionID->dwExtensionID2 = SIMPBX_EXT_ID2;
    lpExtensionID->dwExtensionID3 = SIMPBX_EXT_ID3;
    return 0;
}

LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion)
{
    LONG result = PHONEERR_INVALPHONEHANDLE;

    front_enter();
    struct pbx_phone *phone = front_phone_find(hdPhone);
    if (phone)
        result = dwExtVersion > SIMPBX_EXT_VERSION ? (LONG)PHONEERR_INVALEXTVERSION : 0;
    if (!result)
        ((struct front_phone *)phone->front)->ext_version = dwExtVersion;
    front_leave();
    return result;
}

/* --- open and close --- */

LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone,
                            DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc)
{
    struct pbx_phone *phone;
    struct front_phone *open;
    LONG result;

    if (!lphdPhone || !lpfnEventProc)
        return PHONEERR_INVALPOINTER;
    *lphdPhone = NULL;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        return PHONEERR_INCOMPATIBLEAPIVERSION;
    front_enter();
    if ((result = phone_error(front_check(__func__))))
        goto done;
    result = PHONEERR_BADDEVICEID;
    if (!(phone = front_phone(dwDeviceID)))
        goto done;
    result = PHONEERR_NOMEM;
    if (!phone->front && !(phone->front = calloc(1, sizeof(*open))))
        goto done;
    open = phone->front;
    result = PHONEERR_ALLOCATED;
    if (open->htphone)
        goto done;
    /* 11 bits, never 0, as a line's. */
    front.generation = front.generation % 0x7FF + 1;
    memset(open, 0, sizeof(*open));
    open->generation = front.generation;
    open->htphone = htPhone;
    open->event = lpfnEventProc;
    open->version = dwTSPIVersion;
    *lphdPhone = hdrvphone(phone);
    result = 0;
done:
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone)
{
    front_enter();
    struct pbx_phone *phone = front_phone_find(hdPhone);
    if (phone)
        memset(phone->front, 0, sizeof(struct front_phone));
    front_leave();
    return phone ? 0 : (LONG)PHONEERR_INVALPHONEHANDLE;
}

LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates,
                                         DWORD dwButtonModes, DWORD dwButtonStates)
{
    struct pbx_phone *phone;
    LONG result;

    front_enter();
    result = phone_error(front_check(__func__));
    phone = front_phone_find(hdPhone);
    if (!result && !phone)
        result = PHONEERR_INVALPHONEHANDLE;
    if (!result) {
        struct front_phone *open = phone->front;
        open->states = dwPhoneStates;
        open->button_modes = dwButtonModes;
        open->button_states = dwButtonStates;
    }
    front_leave();
    return result;
}

/* --- what the exchange reports of phones --- */

void front_push_phone(struct pbx_phone *phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                      DWORD_PTR p3)
{
    struct front_item *item = front_push(ITEM_PHONE);

    if (!item)
        return;
    item->line = (DWORD)(ULONG_PTR)hdrvphone(phone);
    item->message = message;
    item->param[0] = p1;
    item->param[1] = p2;
    item->param[2] = p3;
}

void front_on_phone_state(void *context, struct pbx_phone *phone, uint32_t state, uint32_t param)
{
    const struct front_phone *open = phone->front;

    (void)context;
    if (open && open->htphone && (open->states & state))
        front_push_phone(phone, PHONE_STATE, state, param, 0);
}

void front_on_phone_button(void *context, struct pbx_phone *phone, uint32_t id, uint32_t mode,
                           uint32_t state)
{
    const struct front_phone *open = phone->front;

    (void)context;
    if (open && open->htphone && (open->button_modes & mode) && (open->button_states & state))
        front_push_phone(phone, PHONE_BUTTON, id, mode, state);
}
