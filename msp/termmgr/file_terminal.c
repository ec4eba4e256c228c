/*
 * file_terminal.c - the File Playback Terminal and the File Recording Terminal. See private.h and
 * tapi-docs/file-terminals.md, file-playback-terminal-and-file-recording-terminal.md.
 *
 * Each is a multitrack terminal with one audio track. The playback terminal has its track from the
 * beginning; the recording terminal gets it with CreateTrackTerminal, which selecting the terminal
 * on a call does by itself.
 */
#include "msp/termmgr/private.h"
#include "base/trace.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(terminal, file_terminal, ITTerminal, ITTerminal_iface)
COM_DISPATCH_METHODS(control, file_terminal, ITMediaControl, ITMediaControl_iface)
COM_DISPATCH_METHODS(playback, file_terminal, ITMediaPlayback, ITMediaPlayback_iface)
COM_DISPATCH_METHODS(record, file_terminal, ITMediaRecord, ITMediaRecord_iface)
COM_UNKNOWN_METHODS(registration, file_terminal, ITPluggableTerminalEventSinkRegistration,
                    ITPluggableTerminalEventSinkRegistration_iface)

static HRESULT bstr_out(const WCHAR *text, BSTR *out)
{
    *out = SysAllocString(text);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, &IID_ITTerminal, NULL);
}

/* ---- events ---------------------------------------------------------------------------- */

ITPluggableTerminalEventSink *sink_replace(struct file_terminal *terminal,
                                           ITPluggableTerminalEventSink **slot,
                                           ITPluggableTerminalEventSink *sink)
{
    ITPluggableTerminalEventSink *old;

    if (sink)
        ITPluggableTerminalEventSink_AddRef(sink);
    EnterCriticalSection(&terminal->lock);
    old = *slot;
    *slot = sink;
    LeaveCriticalSection(&terminal->lock);
    return old;
}

struct track *file_terminal_track(struct file_terminal *terminal)
{
    struct track *track;

    EnterCriticalSection(&terminal->lock);
    track = terminal->track;
    if (track)
        com_use(&track->com);
    LeaveCriticalSection(&terminal->lock);
    return track;
}

void file_terminal_fire(struct file_terminal *terminal, TERMINAL_MEDIA_STATE state,
                        FT_STATE_EVENT_CAUSE cause, HRESULT error)
{
    struct track *track = file_terminal_track(terminal);
    ITPluggableTerminalEventSink *sink;
    MSP_EVENT_INFO event;

    EnterCriticalSection(&terminal->lock);
    sink = track && track->sink ? track->sink : terminal->sink;
    if (sink)
        ITPluggableTerminalEventSink_AddRef(sink);
    LeaveCriticalSection(&terminal->lock);
    if (!sink)
        goto done;
    if (track)
        track_hand_out(track);
    com_hand_out(&terminal->com);
    memset(&event, 0, sizeof(event));
    event.dwSize = sizeof(event);
    event.Event = ME_FILE_TERMINAL_EVENT;
    event.MSP_FILE_TERMINAL_EVENT_INFO.pParentFileTerminal = &terminal->ITTerminal_iface;
    event.MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack = track ? &track->ITFileTrack_iface : NULL;
    event.MSP_FILE_TERMINAL_EVENT_INFO.TerminalMediaState = state;
    event.MSP_FILE_TERMINAL_EVENT_INFO.ftecEventCause = cause;
    event.MSP_FILE_TERMINAL_EVENT_INFO.hrErrorCode = error;
    ITPluggableTerminalEventSink_FireEvent(sink, &event);
    ITPluggableTerminalEventSink_Release(sink);
    if (track)
        com_release(&track->com);
    com_release(&terminal->com);
done:
    if (track)
        com_unuse(&track->com);
}

/* Returns the state before. */
static TERMINAL_MEDIA_STATE set_state(struct file_terminal *terminal, TERMINAL_MEDIA_STATE state)
{
    TERMINAL_MEDIA_STATE old;

    EnterCriticalSection(&terminal->lock);
    old = terminal->state;
    terminal->state = state;
    LeaveCriticalSection(&terminal->lock);
    return old;
}

static TERMINAL_MEDIA_STATE get_state(struct file_terminal *terminal)
{
    TERMINAL_MEDIA_STATE state;

    EnterCriticalSection(&terminal->lock);
    state = terminal->state;
    LeaveCriticalSection(&terminal->lock);
    return state;
}

/* On the filter's thread. The terminal waits for that thread before it goes, so it is there. */
static void terminal_ended(struct file_terminal *terminal, FT_STATE_EVENT_CAUSE cause,
                           HRESULT error)
{
    if (!com_try_use(&terminal->com))
        return;
    if (set_state(terminal, TMS_IDLE) != TMS_IDLE)
        file_terminal_fire(terminal, TMS_IDLE, cause, error);
    com_unuse(&terminal->com);
}

static void play_done(void *context, FT_STATE_EVENT_CAUSE cause, HRESULT error)
{
    terminal_ended(context, cause, error);
}

static void record_failed(void *context, HRESULT error)
{
    terminal_ended(context, FTEC_WRITE_ERROR, error);
}

/* ---- ITTerminal ------------------------------------------------------------------------ */

static HRESULT WINAPI terminal_get_Name(ITTerminal *iface, BSTR *name)
{
    struct file_terminal *terminal = impl_from_ITTerminal_iface(iface);

    if (!name)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    return bstr_out(terminal->recording ? L"File Recording Terminal" : L"File Playback Terminal",
                    name);
}

static HRESULT WINAPI terminal_get_State(ITTerminal *iface, TERMINAL_STATE *state)
{
    struct file_terminal *terminal = impl_from_ITTerminal_iface(iface);

    if (!state)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    EnterCriticalSection(&terminal->lock);
    *state = terminal->track && terminal->track->graph ? TS_INUSE : TS_NOTINUSE;
    LeaveCriticalSection(&terminal->lock);
    return S_OK;
}

static HRESULT WINAPI terminal_get_TerminalType(ITTerminal *iface, TERMINAL_TYPE *type)
{
    (void)iface;
    if (!type)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *type = TT_DYNAMIC;
    return S_OK;
}

static HRESULT WINAPI terminal_get_TerminalClass(ITTerminal *iface, BSTR *class)
{
    struct file_terminal *terminal = impl_from_ITTerminal_iface(iface);

    if (!class)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    return bstr_out(terminal->recording ? CLSID_String_FileRecordingTerminal
                                        : CLSID_String_FilePlaybackTerminal,
                    class);
}

static HRESULT WINAPI terminal_get_MediaType(ITTerminal *iface, LONG *type)
{
    (void)iface;
    if (!type)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *type = TAPIMEDIATYPE_MULTITRACK;
    return S_OK;
}

static HRESULT WINAPI terminal_get_Direction(ITTerminal *iface, TERMINAL_DIRECTION *direction)
{
    if (!direction)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *direction = impl_from_ITTerminal_iface(iface)->recording ? TD_RENDER : TD_CAPTURE;
    return S_OK;
}

static const ITTerminalVtbl terminal_vtbl = {
    COM_DISPATCH_VTABLE(terminal), terminal_get_Name,          terminal_get_State,
    terminal_get_TerminalType,     terminal_get_TerminalClass, terminal_get_MediaType,
    terminal_get_Direction,
};

/* ---- ITMediaControl -------------------------------------------------------------------- */

static HRESULT WINAPI control_Start(ITMediaControl *iface)
{
    struct file_terminal *terminal = impl_from_ITMediaControl_iface(iface);
    TERMINAL_MEDIA_STATE old = TMS_IDLE;
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&terminal->control_lock);
    if (terminal->recording ? !terminal->file : !terminal->list) {
        hr = TAPI_E_NOT_INITIALIZED;
    } else {
        /* Before it begins: a short file may be over before Start returns. */
        old = set_state(terminal, TMS_ACTIVE);
        if (old != TMS_ACTIVE)
            hr = terminal->recording ? wav_writer_start(terminal->filter)
                                     : wav_source_start(terminal->filter);
        if (FAILED(hr))
            set_state(terminal, old);
    }
    ReleaseSRWLockExclusive(&terminal->control_lock);
    if (hr == TAPI_E_NOT_INITIALIZED)
        return com_fail(hr, &IID_ITMediaControl,
                        terminal->recording ? "Set FileName before Start."
                                            : "Set PlayList before Start.");
    if (SUCCEEDED(hr) && old != TMS_ACTIVE)
        file_terminal_fire(terminal, TMS_ACTIVE, FTEC_NORMAL, S_OK);
    return FAILED(hr) ? com_fail(hr, &IID_ITMediaControl, NULL) : S_OK;
}

static HRESULT WINAPI control_Stop(ITMediaControl *iface)
{
    struct file_terminal *terminal = impl_from_ITMediaControl_iface(iface);
    TERMINAL_MEDIA_STATE old;
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&terminal->control_lock);
    if (get_state(terminal) != TMS_IDLE) {
        if (terminal->recording)
            hr = wav_writer_stop(terminal->filter);
        else
            wav_source_stop(terminal->filter);
    }
    old = set_state(terminal, TMS_IDLE);
    ReleaseSRWLockExclusive(&terminal->control_lock);
    if (old != TMS_IDLE)
        file_terminal_fire(terminal, TMS_IDLE, FAILED(hr) ? FTEC_WRITE_ERROR : FTEC_NORMAL, hr);
    return FAILED(hr) ? com_fail(hr, &IID_ITMediaControl, NULL) : S_OK;
}

static HRESULT WINAPI control_Pause(ITMediaControl *iface)
{
    struct file_terminal *terminal = impl_from_ITMediaControl_iface(iface);
    BOOL paused = FALSE;
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&terminal->control_lock);
    EnterCriticalSection(&terminal->lock);
    if (terminal->state == TMS_IDLE)
        hr = TAPI_E_WRONG_STATE;
    else if (terminal->state == TMS_ACTIVE)
        paused = TRUE;
    if (paused)
        terminal->state = TMS_PAUSED;
    LeaveCriticalSection(&terminal->lock);
    if (paused && terminal->recording)
        wav_writer_pause(terminal->filter);
    else if (paused)
        wav_source_pause(terminal->filter);
    ReleaseSRWLockExclusive(&terminal->control_lock);
    if (paused)
        file_terminal_fire(terminal, TMS_PAUSED, FTEC_NORMAL, S_OK);
    return FAILED(hr) ? com_fail(hr, &IID_ITMediaControl, "Only what was started can be paused.")
                      : S_OK;
}

static HRESULT WINAPI control_get_MediaState(ITMediaControl *iface, TERMINAL_MEDIA_STATE *state)
{
    if (!state)
        return com_fail(E_POINTER, &IID_ITMediaControl, NULL);
    *state = get_state(impl_from_ITMediaControl_iface(iface));
    return S_OK;
}

static const ITMediaControlVtbl control_vtbl = {
    COM_DISPATCH_VTABLE(control), control_Start, control_Stop, control_Pause,
    control_get_MediaState,
};

/* ---- ITMediaPlayback ------------------------------------------------------------------- */

static HRESULT WINAPI playback_put_PlayList(ITMediaPlayback *iface, VARIANTARG value)
{
    struct file_terminal *terminal = impl_from_ITMediaPlayback_iface(iface);
    struct wav_list *list, *copy = NULL, *old = NULL;
    struct wav_format format;
    unsigned i;
    HRESULT hr;

    hr = wav_list_from_variant(&value, &list);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITMediaPlayback,
                        "PlayList is a file name or an array of file names.");
    for (i = 0; i < list->count; i++) {
        hr = wav_file_format(list->paths[i], &format);
        if (FAILED(hr)) {
            hr = com_fail(hr, &IID_ITMediaPlayback, "\"%ls\" cannot be played.", list->paths[i]);
            goto done;
        }
    }
    copy = wav_list_copy(list);
    if (!copy) {
        hr = com_fail(E_OUTOFMEMORY, &IID_ITMediaPlayback, NULL);
        goto done;
    }
    AcquireSRWLockExclusive(&terminal->control_lock);
    if (get_state(terminal) != TMS_IDLE) {
        hr = TAPI_E_WRONG_STATE;
    } else {
        wav_source_stop(terminal->filter); /* its thread may still be on its way out */
        wav_source_set_list(terminal->filter, copy);
        copy = NULL;
        old = terminal->list;
        terminal->list = list;
        list = NULL;
    }
    ReleaseSRWLockExclusive(&terminal->control_lock);
    if (hr == TAPI_E_WRONG_STATE)
        com_fail(hr, &IID_ITMediaPlayback, "Stop the terminal before changing its PlayList.");
done:
    wav_list_free(list);
    wav_list_free(copy);
    wav_list_free(old);
    return hr;
}

static HRESULT WINAPI playback_get_PlayList(ITMediaPlayback *iface, VARIANTARG *value)
{
    struct file_terminal *terminal = impl_from_ITMediaPlayback_iface(iface);
    HRESULT hr;

    if (!value)
        return com_fail(E_POINTER, &IID_ITMediaPlayback, NULL);
    VariantInit(value);
    AcquireSRWLockShared(&terminal->control_lock);
    if (!terminal->list) {
        hr = TAPI_E_NOT_INITIALIZED;
    } else {
        hr = wav_list_to_variant(terminal->list, value);
    }
    ReleaseSRWLockShared(&terminal->control_lock);
    if (hr == TAPI_E_NOT_INITIALIZED)
        return com_fail(hr, &IID_ITMediaPlayback, "PlayList has not been set yet.");
    return FAILED(hr) ? com_fail(hr, &IID_ITMediaPlayback, NULL) : S_OK;
}

static const ITMediaPlaybackVtbl playback_vtbl = {
    COM_DISPATCH_VTABLE(playback),
    playback_put_PlayList,
    playback_get_PlayList,
};

/* ---- ITMediaRecord --------------------------------------------------------------------- */

static HRESULT WINAPI record_put_FileName(ITMediaRecord *iface, BSTR name)
{
    struct file_terminal *terminal = impl_from_ITMediaRecord_iface(iface);
    BOOL none = !name || !*name;
    BSTR copy = none ? NULL : SysAllocString(name);
    HRESULT hr = S_OK;

    if (!none && !copy)
        return com_fail(E_OUTOFMEMORY, &IID_ITMediaRecord, NULL);
    AcquireSRWLockExclusive(&terminal->control_lock);
    if (get_state(terminal) != TMS_IDLE) {
        hr = TAPI_E_WRONG_STATE;
    } else {
        hr = wav_writer_set_file(terminal->filter, copy);
        SysFreeString(terminal->file);
        terminal->file = NULL;
        if (SUCCEEDED(hr)) {
            terminal->file = copy;
            copy = NULL;
        }
    }
    ReleaseSRWLockExclusive(&terminal->control_lock);
    SysFreeString(copy);
    if (hr == TAPI_E_WRONG_STATE)
        return com_fail(hr, &IID_ITMediaRecord, "Stop the terminal before changing its FileName.");
    return FAILED(hr)
               ? com_fail(hr, &IID_ITMediaRecord, "\"%ls\" cannot be created.", none ? L"" : name)
               : S_OK;
}

static HRESULT WINAPI record_get_FileName(ITMediaRecord *iface, BSTR *name)
{
    struct file_terminal *terminal = impl_from_ITMediaRecord_iface(iface);

    if (!name)
        return com_fail(E_POINTER, &IID_ITMediaRecord, NULL);
    AcquireSRWLockShared(&terminal->control_lock);
    *name = SysAllocString(terminal->file ? terminal->file : L"");
    ReleaseSRWLockShared(&terminal->control_lock);
    return *name ? S_OK : com_fail(E_OUTOFMEMORY, &IID_ITMediaRecord, NULL);
}

static const ITMediaRecordVtbl record_vtbl = {
    COM_DISPATCH_VTABLE(record),
    record_put_FileName,
    record_get_FileName,
};

/* ---- ITPluggableTerminalEventSinkRegistration ------------------------------------------ */

static HRESULT WINAPI registration_RegisterSink(ITPluggableTerminalEventSinkRegistration *iface,
                                                ITPluggableTerminalEventSink *sink)
{
    struct file_terminal *terminal =
        impl_from_ITPluggableTerminalEventSinkRegistration_iface(iface);
    ITPluggableTerminalEventSink *old;

    if (!sink)
        return com_fail(E_POINTER, &IID_ITPluggableTerminalEventSinkRegistration, NULL);
    old = sink_replace(terminal, &terminal->sink, sink);
    if (old)
        ITPluggableTerminalEventSink_Release(old);
    return S_OK;
}

static HRESULT WINAPI registration_UnregisterSink(ITPluggableTerminalEventSinkRegistration *iface)
{
    struct file_terminal *terminal =
        impl_from_ITPluggableTerminalEventSinkRegistration_iface(iface);
    ITPluggableTerminalEventSink *old = sink_replace(terminal, &terminal->sink, NULL);

    if (old)
        ITPluggableTerminalEventSink_Release(old);
    return S_OK;
}

static const ITPluggableTerminalEventSinkRegistrationVtbl registration_vtbl = {
    COM_UNKNOWN_VTABLE(registration),
    registration_RegisterSink,
    registration_UnregisterSink,
};

/* ---- life ------------------------------------------------------------------------------ */

static void terminal_destroy(struct com_object *object)
{
    struct file_terminal *terminal = CONTAINING_RECORD(object, struct file_terminal, com);

    if (terminal->filter) {
        if (terminal->recording)
            wav_writer_set_file(terminal->filter, NULL); /* completes the file */
        else
            wav_source_stop(terminal->filter);
        com_release(&terminal->filter->com);
    }
    if (terminal->track)
        com_unuse(&terminal->track->com);
    if (terminal->sink)
        ITPluggableTerminalEventSink_Release(terminal->sink);
    wav_list_free(terminal->list);
    SysFreeString(terminal->file);
    DeleteCriticalSection(&terminal->lock);
}

#define TERMINAL_INTERFACES                                                                        \
    COM_INTERFACE(file_terminal, ITTerminal_iface, ITTerminal),                                    \
        COM_INTERFACE(file_terminal, ITMultiTrackTerminal_iface, ITMultiTrackTerminal),            \
        COM_INTERFACE(file_terminal, ITMediaControl_iface, ITMediaControl),                        \
        COM_INTERFACE(file_terminal, ITPluggableTerminalEventSinkRegistration_iface,               \
                      ITPluggableTerminalEventSinkRegistration)

static const struct com_interface playback_interfaces[] = {
    TERMINAL_INTERFACES, COM_INTERFACE(file_terminal, ITMediaPlayback_iface, ITMediaPlayback)};
static const struct com_interface record_interfaces[] = {
    TERMINAL_INTERFACES, COM_INTERFACE(file_terminal, ITMediaRecord_iface, ITMediaRecord)};
static const struct com_class playback_class = {
    .name = "FilePlaybackTerminal",
    .interfaces = playback_interfaces,
    .interface_count = ARRAYSIZE(playback_interfaces),
    .destroy = terminal_destroy,
};
static const struct com_class record_class = {
    .name = "FileRecordingTerminal",
    .interfaces = record_interfaces,
    .interface_count = ARRAYSIZE(record_interfaces),
    .destroy = terminal_destroy,
};

HRESULT file_terminal_create(const CLSID *class, DWORD media, TERMINAL_DIRECTION direction,
                             MSP_HANDLE address, ITTerminal **out)
{
    BOOL recording = IsEqualCLSID(class, &CLSID_FileRecordingTerminal);
    struct file_terminal *terminal;

    *out = NULL;
    if (!media || (media & ~(DWORD)(TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_MULTITRACK)))
        return TAPI_E_INVALIDMEDIATYPE;
    if (direction != (recording ? TD_RENDER : TD_CAPTURE))
        return TAPI_E_INVALIDDIRECTION;
    terminal =
        com_object_create(sizeof(*terminal), recording ? &record_class : &playback_class, NULL);
    if (!terminal)
        return E_OUTOFMEMORY;
    InitializeCriticalSection(&terminal->lock);
    InitializeSRWLock(&terminal->control_lock);
    terminal->ITTerminal_iface.lpVtbl = (ITTerminalVtbl *)&terminal_vtbl;
    terminal->ITMultiTrackTerminal_iface.lpVtbl = (ITMultiTrackTerminalVtbl *)&multitrack_vtbl;
    terminal->ITMediaControl_iface.lpVtbl = (ITMediaControlVtbl *)&control_vtbl;
    terminal->ITMediaPlayback_iface.lpVtbl = (ITMediaPlaybackVtbl *)&playback_vtbl;
    terminal->ITMediaRecord_iface.lpVtbl = (ITMediaRecordVtbl *)&record_vtbl;
    terminal->ITPluggableTerminalEventSinkRegistration_iface.lpVtbl =
        (ITPluggableTerminalEventSinkRegistrationVtbl *)&registration_vtbl;
    terminal->recording = recording;
    terminal->address = address;
    terminal->state = TMS_IDLE;
    terminal->filter = recording ? wav_writer_create(record_failed, terminal)
                                 : wav_source_create(play_done, terminal);
    if (terminal->filter && !recording)
        terminal->track = track_create(terminal);
    if (!terminal->filter || (!recording && !terminal->track)) {
        IUnknown_Release(&terminal->com.IUnknown_iface);
        return E_OUTOFMEMORY;
    }
    *out = &terminal->ITTerminal_iface;
    return S_OK;
}
