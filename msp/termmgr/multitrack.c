/* multitrack.c - ITMultiTrackTerminal of the file terminals: their one track. */
#include "msp/termmgr/private.h"

COM_DISPATCH_METHODS(multi, file_terminal, ITMultiTrackTerminal, ITMultiTrackTerminal_iface)

static HRESULT list_tracks(struct file_terminal *terminal, struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct track *track;
    BOOL ok = TRUE;

    *out = NULL;
    if (!list)
        return E_OUTOFMEMORY;
    track = file_terminal_track(terminal);
    if (track) {
        ok = com_list_add_object(list, (IUnknown *)track_hand_out(track));
        com_release(&track->com);
        com_unuse(&track->com);
    }
    if (!ok) {
        com_list_release(list);
        return E_OUTOFMEMORY;
    }
    *out = list;
    return S_OK;
}

static HRESULT WINAPI multi_get_TrackTerminals(ITMultiTrackTerminal *iface, VARIANT *tracks)
{
    struct com_list *list;
    HRESULT hr;

    if (!tracks)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    VariantInit(tracks);
    hr = list_tracks(impl_from_ITMultiTrackTerminal_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_collection(list, tracks);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITMultiTrackTerminal, NULL) : S_OK;
}

static HRESULT WINAPI multi_EnumerateTrackTerminals(ITMultiTrackTerminal *iface,
                                                    IEnumTerminal **tracks)
{
    struct com_list *list;
    HRESULT hr;

    if (!tracks)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    *tracks = NULL;
    hr = list_tracks(impl_from_ITMultiTrackTerminal_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_enumerate(list, &IID_IEnumTerminal, (void **)tracks);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITMultiTrackTerminal, NULL) : S_OK;
}

static HRESULT WINAPI multi_CreateTrackTerminal(ITMultiTrackTerminal *iface, LONG media,
                                                TERMINAL_DIRECTION direction, ITTerminal **out)
{
    struct file_terminal *terminal = impl_from_ITMultiTrackTerminal_iface(iface);
    struct track *track;
    HRESULT hr = S_OK;

    if (!out)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    *out = NULL;
    if (!terminal->recording)
        return com_fail(TAPI_E_NOTSUPPORTED, &IID_ITMultiTrackTerminal,
                        "The tracks of a playback terminal come from its file.");
    if (media != TAPIMEDIATYPE_AUDIO)
        return com_fail(TAPI_E_INVALIDMEDIATYPE, &IID_ITMultiTrackTerminal,
                        "A file terminal has tracks of media type audio only.");
    if (direction != TD_RENDER)
        return com_fail(TAPI_E_INVALIDDIRECTION, &IID_ITMultiTrackTerminal,
                        "The tracks of a recording terminal are of direction TD_RENDER.");
    track = track_create(terminal);
    if (!track)
        return com_fail(E_OUTOFMEMORY, &IID_ITMultiTrackTerminal, NULL);
    EnterCriticalSection(&terminal->lock);
    if (terminal->track)
        hr = TAPI_E_MAXTERMINALS;
    else
        terminal->track = track;
    LeaveCriticalSection(&terminal->lock);
    if (FAILED(hr)) {
        com_unuse(&track->com);
        return com_fail(hr, &IID_ITMultiTrackTerminal, "This terminal has its one track already.");
    }
    *out = track_hand_out(track);
    return S_OK;
}

static HRESULT WINAPI multi_get_MediaTypesInUse(ITMultiTrackTerminal *iface, LONG *types)
{
    TERMINAL_STATE state;

    if (!types)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    ITTerminal_get_State(&impl_from_ITMultiTrackTerminal_iface(iface)->ITTerminal_iface, &state);
    *types = state == TS_INUSE ? TAPIMEDIATYPE_AUDIO : 0;
    return S_OK;
}

static HRESULT WINAPI multi_get_DirectionsInUse(ITMultiTrackTerminal *iface,
                                                TERMINAL_DIRECTION *directions)
{
    struct file_terminal *terminal = impl_from_ITMultiTrackTerminal_iface(iface);
    TERMINAL_STATE state;

    if (!directions)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    ITTerminal_get_State(&terminal->ITTerminal_iface, &state);
    *directions = state != TS_INUSE ? TD_NONE : terminal->recording ? TD_RENDER : TD_CAPTURE;
    return S_OK;
}

static HRESULT WINAPI multi_RemoveTrackTerminal(ITMultiTrackTerminal *iface, ITTerminal *remove)
{
    struct file_terminal *terminal = impl_from_ITMultiTrackTerminal_iface(iface);
    struct track *track = NULL;
    HRESULT hr = S_OK;

    if (!remove)
        return com_fail(E_POINTER, &IID_ITMultiTrackTerminal, NULL);
    if (!terminal->recording)
        return com_fail(TAPI_E_NOTSUPPORTED, &IID_ITMultiTrackTerminal,
                        "The tracks of a playback terminal come from its file.");
    EnterCriticalSection(&terminal->lock);
    if (!terminal->track || remove != &terminal->track->ITTerminal_iface) {
        hr = E_INVALIDARG;
    } else if (terminal->track->graph) {
        hr = TAPI_E_TERMINALINUSE;
    } else {
        track = terminal->track;
        terminal->track = NULL;
    }
    LeaveCriticalSection(&terminal->lock);
    if (track)
        com_unuse(&track->com);
    if (hr == E_INVALIDARG)
        return com_fail(hr, &IID_ITMultiTrackTerminal, "It is not a track of this terminal.");
    return FAILED(hr) ? com_fail(hr, &IID_ITMultiTrackTerminal, NULL) : S_OK;
}

const ITMultiTrackTerminalVtbl multitrack_vtbl = {
    COM_DISPATCH_VTABLE(multi), multi_get_TrackTerminals,  multi_EnumerateTrackTerminals,
    multi_CreateTrackTerminal,  multi_get_MediaTypesInUse, multi_get_DirectionsInUse,
    multi_RemoveTrackTerminal,
};
