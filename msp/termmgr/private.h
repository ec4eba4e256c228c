/* private.h - inside msp/termmgr/: the terminal manager and its file terminals. */
#ifndef MSP_TERMMGR_PRIVATE_H
#define MSP_TERMMGR_PRIVATE_H

#include <ot_tapi3.h>
#include "msp/dshow/filter.h"

/* ---- wav_source.c: a source filter that plays WAV files --------------------------------- */

/* End of what was started: the last file's end, or an error. On the filter's thread, no lock held;
 * not after wav_source_stop has returned. */
typedef void wav_source_done(void *context, FT_STATE_EVENT_CAUSE cause, HRESULT error);

struct filter *wav_source_create(wav_source_done *done, void *context);
/* Takes over the list (and frees it) while nothing plays. */
struct wav_list;
void wav_source_set_list(struct filter *filter, struct wav_list *list);
/* The format of the first file; E_* or VFW_E_* if it cannot be played. */
HRESULT wav_file_format(const WCHAR *path, struct wav_format *format);
/* Play from the beginning, or on after a pause. Sound flows while the filter graph runs. */
HRESULT wav_source_start(struct filter *filter);
void wav_source_pause(struct filter *filter);
void wav_source_stop(struct filter *filter); /* back to the beginning; waits for its thread */

/* ---- wav_writer.c: a renderer filter that records into a WAV file ------------------------ */

/* Recording ended by itself: the disk is full, or the format changed in mid-file. */
typedef void wav_writer_failed(void *context, HRESULT error);

struct filter *wav_writer_create(wav_writer_failed *failed, void *context);
/* Creates the file, empty; ends a recording in the one before. NULL: no file. */
HRESULT wav_writer_set_file(struct filter *filter, const WCHAR *path);
/* The only format to accept, size 0: any. */
HRESULT wav_writer_set_format(struct filter *filter, const struct wav_format *format);
/* What is being recorded or asked for; FALSE: not known yet. */
BOOL wav_writer_format(struct filter *filter, struct wav_format *format);
HRESULT wav_writer_start(struct filter *filter); /* after stop: a new recording in its place */
void wav_writer_pause(struct filter *filter);
/* Waits until what has come so far is in the file (at most a few seconds), and completes it. */
HRESULT wav_writer_stop(struct filter *filter);

/* ---- play_list.c: the files of a playback terminal ---------------------------------------- */

struct wav_list {
    unsigned count;
    BSTR paths[];
};
/* From a string, an array of strings, or an array of VARIANTs that hold strings. *out is NULL on
 * failure: E_INVALIDARG, E_OUTOFMEMORY. */
HRESULT wav_list_from_variant(VARIANT *value, struct wav_list **out);
/* An array of VARIANTs; value stays as it is on failure. */
HRESULT wav_list_to_variant(const struct wav_list *list, VARIANT *value);
struct wav_list *wav_list_copy(const struct wav_list *list); /* NULL: memory exhausted */
void wav_list_free(struct wav_list *list);                   /* NULL is allowed */

/* ---- file_terminal.c, multitrack.c: the File Playback and File Recording Terminal
 * ---------------------- */

struct track;

struct file_terminal {
    struct com_object com;
    ITTerminal ITTerminal_iface;
    ITMultiTrackTerminal ITMultiTrackTerminal_iface;
    ITMediaControl ITMediaControl_iface;
    ITMediaPlayback ITMediaPlayback_iface;
    ITMediaRecord ITMediaRecord_iface;
    ITPluggableTerminalEventSinkRegistration ITPluggableTerminalEventSinkRegistration_iface;
    BOOL recording; /* which of the two it is */
    MSP_HANDLE address;
    CRITICAL_SECTION lock; /* below; nothing outside is called with it */
    TERMINAL_MEDIA_STATE state;
    struct track *track; /* a use; NULL: not created yet */
    ITPluggableTerminalEventSink *sink;
    struct wav_list *list;
    BSTR file;
    struct filter *filter; /* shared by the track */
    SRWLOCK control_lock;  /* Start, Stop, Pause, names: one at a time */
};

HRESULT file_terminal_create(const CLSID *class, DWORD media, TERMINAL_DIRECTION direction,
                             MSP_HANDLE address, ITTerminal **out);
extern const ITMultiTrackTerminalVtbl multitrack_vtbl;
/* A use of its track, or NULL. */
struct track *file_terminal_track(struct file_terminal *terminal);
/* Tells the sinks; terminal's lock not held. */
void file_terminal_fire(struct file_terminal *terminal, TERMINAL_MEDIA_STATE state,
                        FT_STATE_EVENT_CAUSE cause, HRESULT error);

/* ---- track.c: the one audio track of a file terminal ------------------------------------- */

struct track {
    struct com_object com;
    ITTerminal ITTerminal_iface;
    ITFileTrack ITFileTrack_iface;
    ITTerminalControl ITTerminalControl_iface;
    ITPluggableTerminalEventSinkRegistration ITPluggableTerminalEventSinkRegistration_iface;
    struct file_terminal *terminal; /* a use while the track is handed out */
    IGraphBuilder *graph;           /* counted; terminal's lock */
    ITPluggableTerminalEventSink *sink;
};

struct track *track_create(struct file_terminal *terminal);
/* Gives out a reference, also when nobody has had one for a while. */
ITTerminal *track_hand_out(struct track *track);
ITPluggableTerminalEventSink *sink_replace(struct file_terminal *terminal,
                                           ITPluggableTerminalEventSink **slot,
                                           ITPluggableTerminalEventSink *sink);

/* ---- audio_format.c ---------------------------------------------------------------------- */

/* For methods of ITFileTrack: both leave a sentence of it when they fail. */
HRESULT audio_format_create(const struct wav_format *format, ITScriptableAudioFormat **out);
/* Reads any implementation of the interface. */
HRESULT audio_format_read(ITScriptableAudioFormat *object, struct wav_format *format);

/* ---- manager.c --------------------------------------------------------------------------- */

HRESULT terminal_manager_create(IUnknown *outer, REFIID iid, void **out);

#endif
