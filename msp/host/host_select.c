/*
 * host_select.c - ITBasicCallControl2's RequestTerminal, SelectTerminalOnCall and
 * UnselectTerminalOnCall over the interfaces of the MSP. See host.h and
 * tapi-docs/default-terminal-selection-mechanism.md.
 */
#include "msp/host/private.h"

static BOOL is_of_class(ITTerminal *terminal, const GUID *want)
{
    BSTR text = NULL;
    GUID have;
    BOOL is = SUCCEEDED(ITTerminal_get_TerminalClass(terminal, &text)) && text &&
              SUCCEEDED(IIDFromString(text, &have)) && IsEqualGUID(want, &have);

    SysFreeString(text);
    return is;
}

static BOOL is_of_kind(ITTerminal *terminal, LONG media, TERMINAL_DIRECTION direction)
{
    TERMINAL_DIRECTION has;
    LONG types;

    return SUCCEEDED(ITTerminal_get_MediaType(terminal, &types)) && (types & media) &&
           SUCCEEDED(ITTerminal_get_Direction(terminal, &has)) &&
           (has == direction || has == TD_BIDIRECTIONAL);
}

/* The static terminal of that class: the default one if it is, else the first that is. NULL: none.
 */
static ITTerminal *request_static(ITTerminalSupport *support, const GUID *class, LONG media,
                                  TERMINAL_DIRECTION direction)
{
    ITTerminal *terminal = NULL;
    IEnumTerminal *all = NULL;
    ULONG fetched;

    if (SUCCEEDED(
            ITTerminalSupport_GetDefaultStaticTerminal(support, media, direction, &terminal)) &&
        terminal) {
        if (is_of_class(terminal, class))
            return terminal;
        ITTerminal_Release(terminal);
        terminal = NULL;
    }
    if (FAILED(ITTerminalSupport_EnumerateStaticTerminals(support, &all)) || !all)
        return NULL;
    while (IEnumTerminal_Next(all, 1, &terminal, &fetched) == S_OK) {
        if (is_of_class(terminal, class) && is_of_kind(terminal, media, direction))
            break;
        ITTerminal_Release(terminal);
        terminal = NULL;
    }
    IEnumTerminal_Release(all);
    return terminal;
}

HRESULT msp_host_request_terminal(struct msp_host *host, BSTR terminal_class, LONG media_type,
                                  TERMINAL_DIRECTION direction, ITTerminal **terminal)
{
    ITTerminalSupport *support;
    GUID class;
    HRESULT hr;

    if (!terminal)
        return E_POINTER;
    *terminal = NULL;
    if (!terminal_class)
        return E_POINTER;
    if (!host || FAILED(msp_host_inner_query(host, &IID_ITTerminalSupport, (void **)&support)))
        return TAPI_E_NOTSUPPORTED;
    if (SUCCEEDED(IIDFromString(terminal_class, &class)))
        *terminal = request_static(support, &class, media_type, direction);
    hr = S_OK;
    if (!*terminal)
        hr = ITTerminalSupport_CreateTerminal(support, terminal_class, media_type, direction,
                                              terminal);
    if (FAILED(hr))
        *terminal = NULL;
    ITTerminalSupport_Release(support);
    return hr;
}

static BOOL stream_fits(ITStream *stream, LONG media, TERMINAL_DIRECTION direction)
{
    TERMINAL_DIRECTION stream_direction;
    LONG stream_media;

    return SUCCEEDED(ITStream_get_MediaType(stream, &stream_media)) &&
           SUCCEEDED(ITStream_get_Direction(stream, &stream_direction)) && (stream_media & media) &&
           (direction == stream_direction || direction == TD_BIDIRECTIONAL);
}

static BOOL stream_has_terminals(ITStream *stream)
{
    IEnumTerminal *terminals;
    ITTerminal *terminal = NULL;
    BOOL has;

    if (FAILED(ITStream_EnumerateTerminals(stream, &terminals)))
        return FALSE;
    has = IEnumTerminal_Next(terminals, 1, &terminal, NULL) == S_OK;
    if (has)
        ITTerminal_Release(terminal);
    IEnumTerminal_Release(terminals);
    return has;
}

enum act { SELECT, UNSELECT };

/*
 * One single-track terminal: selected on the first fitting stream without a terminal, or else the
 * first that takes it; a bidirectional one on every stream it fits. Unselected wherever it is.
 */
static HRESULT act_on_streams(ITStreamControl *control, ITTerminal *terminal, enum act act)
{
    HRESULT result = TAPI_E_INVALIDTERMINAL, hr;
    TERMINAL_DIRECTION direction;
    IEnumStream *streams = NULL;
    ITStream *stream;
    LONG media;
    int busy, passes = act == SELECT ? 2 : 1;

    if (FAILED(ITTerminal_get_MediaType(terminal, &media)) ||
        FAILED(ITTerminal_get_Direction(terminal, &direction)))
        return TAPI_E_INVALIDTERMINAL;
    for (busy = 0; busy < passes && FAILED(result); busy++) {
        hr = ITStreamControl_EnumerateStreams(control, &streams);
        if (FAILED(hr))
            return hr;
        while (IEnumStream_Next(streams, 1, &stream, NULL) == S_OK) {
            BOOL more = direction == TD_BIDIRECTIONAL || FAILED(result);

            if (act == UNSELECT) {
                hr = ITStream_UnselectTerminal(stream, terminal);
                if (SUCCEEDED(hr))
                    result = S_OK;
            } else if (more && stream_fits(stream, media, direction) &&
                       stream_has_terminals(stream) == busy) {
                hr = ITStream_SelectTerminal(stream, terminal);
                if (SUCCEEDED(hr) || FAILED(result))
                    result = hr;
            }
            ITStream_Release(stream);
        }
        IEnumStream_Release(streams);
    }
    return result;
}

/* Gives a multitrack terminal one track for each kind of stream it can have one for. */
static void make_tracks(ITStreamControl *control, ITMultiTrackTerminal *multi)
{
    IEnumStream *streams;
    ITStream *stream;

    if (FAILED(ITStreamControl_EnumerateStreams(control, &streams)))
        return;
    while (IEnumStream_Next(streams, 1, &stream, NULL) == S_OK) {
        TERMINAL_DIRECTION direction;
        ITTerminal *track = NULL;
        LONG media;

        if (SUCCEEDED(ITStream_get_MediaType(stream, &media)) &&
            SUCCEEDED(ITStream_get_Direction(stream, &direction)) &&
            SUCCEEDED(ITMultiTrackTerminal_CreateTrackTerminal(multi, media, direction, &track)) &&
            track)
            ITTerminal_Release(track);
        ITStream_Release(stream);
    }
    IEnumStream_Release(streams);
}

static HRESULT act_on_tracks(ITStreamControl *control, ITMultiTrackTerminal *multi, enum act act)
{
    HRESULT result = TAPI_E_INVALIDTERMINAL, hr;
    IEnumTerminal *tracks = NULL;
    ITTerminal *track;
    BOOL any = FALSE;
    int round;

    for (round = 0; round < 2 && !any; round++) {
        if (round == 1) {
            if (act == UNSELECT)
                break;
            make_tracks(control, multi);
        }
        hr = ITMultiTrackTerminal_EnumerateTrackTerminals(multi, &tracks);
        if (FAILED(hr))
            return hr;
        while (IEnumTerminal_Next(tracks, 1, &track, NULL) == S_OK) {
            any = TRUE;
            hr = act_on_streams(control, track, act);
            if (SUCCEEDED(hr) || FAILED(result))
                result = hr;
            ITTerminal_Release(track);
        }
        IEnumTerminal_Release(tracks);
    }
    return result;
}

static HRESULT call_act(struct msp_call *call, ITTerminal *terminal, enum act act)
{
    ITMultiTrackTerminal *multi;
    ITStreamControl *control;
    HRESULT hr;

    if (!terminal)
        return E_POINTER;
    if (FAILED(msp_call_query_interface(call, &IID_ITStreamControl, (void **)&control)))
        return TAPI_E_NOTSUPPORTED;
    if (SUCCEEDED(
            ITTerminal_QueryInterface(terminal, &IID_ITMultiTrackTerminal, (void **)&multi))) {
        hr = act_on_tracks(control, multi, act);
        ITMultiTrackTerminal_Release(multi);
    } else {
        hr = act_on_streams(control, terminal, act);
    }
    ITStreamControl_Release(control);
    return hr;
}

HRESULT msp_call_select_terminal(struct msp_call *call, ITTerminal *terminal)
{
    return call_act(call, terminal, SELECT);
}

HRESULT msp_call_unselect_terminal(struct msp_call *call, ITTerminal *terminal)
{
    return call_act(call, terminal, UNSELECT);
}
