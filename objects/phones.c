/* phones.c - the phones of a TAPI object, from Initialize to Shutdown, and those of an Address:
 * ITTAPI2::Phones, ITAddress2::Phones. */
#include <stdlib.h>
#include <string.h>

#include "objects/phone.h"
#include "tapi32/private.h"

/* ---- Initialize, Shutdown ------------------------------------------------------------------ */

HRESULT phones_add(struct tapi *tapi, DWORD device, struct phone **out)
{
    PHONEEXTENSIONID extension;
    struct phone *phone, **grown;
    DWORD version;
    HRESULT hr;
    LONG error;

    *out = NULL;
    error = phoneNegotiateAPIVersion(tapi->phone_app, device, OBJECTS_API_LOWEST,
                                     tapi->phone_version, &version, &extension);
    if (error < 0)
        return com_from_tapi_error(error);
    hr = phone_create(tapi, device, version, &phone);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&tapi->lock);
    /* Room doubles: it is full whenever the count is a power of two. */
    if (tapi->state != TAPI_OPENING && tapi->state != TAPI_OPEN) {
        hr = TAPI_E_NOT_INITIALIZED; /* a device that comes during Shutdown */
    } else if ((tapi->phone_count & (tapi->phone_count - 1)) == 0) {
        unsigned room = tapi->phone_count ? tapi->phone_count * 2 : 1;

        grown = realloc(tapi->phones, room * sizeof(*grown));
        if (grown)
            tapi->phones = grown;
        else
            hr = E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr)) {
        com_use(&phone->com); /* the table's */
        com_use(&phone->com); /* the caller's */
        tapi->phones[tapi->phone_count++] = phone;
        *out = phone;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    com_release(&phone->com);
    return hr;
}

/* A machine without phones, or a provider that has trouble with its own, still telephones. */
HRESULT phones_open(struct tapi *tapi, const WCHAR *name)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD devices = 0, device;
    struct phone *phone;
    HRESULT hr = S_OK;
    HPHONEAPP app = 0;
    LONG error;

    params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT | OPEN_TAPI_INITIALIZE_NO_EVENT;
    tapi->phone_version = OBJECTS_API_VERSION;
    error = phoneInitializeExW(&app, NULL, NULL, name, &devices, &tapi->phone_version, &params);
    if (error == (LONG)PHONEERR_INCOMPATIBLEAPIVERSION) {
        tapi->phone_version = 0x00020002;
        error = phoneInitializeExW(&app, NULL, NULL, name, &devices, &tapi->phone_version, &params);
    }
    if (error == (LONG)PHONEERR_NOMEM)
        return E_OUTOFMEMORY;
    if (error < 0) {
        TRACE("objects", "no phones: 0x%lx", error);
        return S_OK;
    }
    AcquireSRWLockExclusive(&tapi->lock);
    tapi->phone_app = app;
    ReleaseSRWLockExclusive(&tapi->lock);
    for (device = 0; device < devices && hr != E_OUTOFMEMORY; device++) {
        hr = phones_add(tapi, device, &phone);
        if (SUCCEEDED(hr))
            com_unuse(&phone->com);
    }
    if (hr != E_OUTOFMEMORY)
        hr = phone_messages_start(tapi);
    return FAILED(hr) ? E_OUTOFMEMORY : S_OK;
}

void phones_shut(struct tapi *tapi)
{
    struct phone *phone;
    HPHONEAPP app;
    unsigned i;

    for (i = 0; (phone = phone_at(tapi, i)); i++) {
        phone_close(phone);
        com_unuse(&phone->com);
    }
    phone_worker_stop(tapi);
    AcquireSRWLockShared(&tapi->lock);
    app = tapi->phone_app;
    ReleaseSRWLockShared(&tapi->lock);
    if (app)
        phoneShutdown(app);
}

void phones_free(struct tapi *tapi)
{
    struct phone **phones;
    unsigned count, i;

    AcquireSRWLockExclusive(&tapi->lock);
    phones = tapi->phones;
    count = tapi->phone_count;
    tapi->phones = NULL;
    tapi->phone_count = 0;
    tapi->phone_app = 0;
    ReleaseSRWLockExclusive(&tapi->lock);
    for (i = 0; i < count; i++)
        com_unuse(&phones[i]->com);
    free(phones);
}

struct phone *phone_at(struct tapi *tapi, unsigned index)
{
    struct phone *phone = NULL;

    AcquireSRWLockShared(&tapi->lock);
    if (index < tapi->phone_count) {
        phone = tapi->phones[index];
        com_use(&phone->com);
    }
    ReleaseSRWLockShared(&tapi->lock);
    return phone;
}

/* ---- lists --------------------------------------------------------------------------------- */

struct com_list *tapi_list_phones(struct tapi *tapi)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    BOOL fits = list != NULL;
    struct phone *phone;
    unsigned i;

    for (i = 0; fits && (phone = phone_at(tapi, i)); i++) {
        if (!phone->removed)
            fits = com_list_add_object(list, &phone->com.IUnknown_iface);
        com_unuse(&phone->com);
    }
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

struct line_query {
    HLINE line;
    DWORD address;
};

static LONG fetch_phone_id(void *context, void *structure)
{
    struct line_query *query = context;

    return lineGetIDW(query->line, query->address, 0, LINECALLSELECT_ADDRESS, structure,
                      L"tapi/phone");
}

/* The phone device of an address, as its line names it (tapi-phone.md). FALSE: it has none. */
static BOOL phone_of_line(struct address *address, DWORD *device)
{
    struct line_query query;
    VARSTRING *answer;
    struct line *line;
    BOOL found;
    LONG error;

    if (FAILED(line_enter(address, &IID_ITAddress2, &line)))
        return FALSE;
    query.line = line->handle;
    query.address = address->id;
    answer = objects_fetch(fetch_phone_id, &query, 128, &error);
    line_leave(line);
    found = answer && answer->dwStringSize >= sizeof(DWORD) &&
            answer->dwStringOffset <= answer->dwUsedSize &&
            answer->dwStringSize <= answer->dwUsedSize - answer->dwStringOffset;
    if (found)
        memcpy(device, (char *)answer + answer->dwStringOffset, sizeof(*device));
    free(answer);
    return found;
}

/* The line device of a phone, as the phone names it (tapi/line). */
static BOOL is_phone_of(struct phone *phone, struct address *address)
{
    DWORD line;

    return phone_ask_id(phone, L"tapi/line", &line) == 0 && line == address->device;
}

struct com_list *address_list_phones(struct address *address)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    BOOL named, fits = list != NULL;
    struct phone *phone;
    DWORD device;
    unsigned i;

    named = fits && phone_of_line(address, &device);
    for (i = 0; fits && (phone = phone_at(address->tapi, i)); i++) {
        /* Without a word from the line the phones are asked, one after the other. */
        if (!phone->removed && (named ? phone->device == device : is_phone_of(phone, address)))
            fits = com_list_add_object(list, &phone->com.IUnknown_iface);
        com_unuse(&phone->com);
    }
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

HRESULT phone_from_terminal(struct tapi *tapi, ITTerminal *terminal, ITPhone **out)
{
    struct phone *phone;
    unsigned i;

    *out = NULL;
    for (i = 0; !*out && (phone = phone_at(tapi, i)); i++) {
        BOOL borrowed;
        HPHONE handle;

        if (!phone->removed && phone_borrow(phone, &handle, &borrowed) == 0) {
            if (phone_has_terminal(handle, terminal)) {
                com_hand_out(&phone->com);
                *out = &phone->ITPhone_iface;
            }
            phone_return(handle, borrowed);
        }
        com_unuse(&phone->com);
    }
    return *out ? S_OK
                : com_fail(TAPI_E_NOITEMS, &IID_ITAddress2, "No phone belongs to the terminal.");
}
