/*
 * media_fixture.h - two ends of a call with a media provider each, and an exchange between them,
 * all without TAPI: what objects/ and simpbx do around msp/.
 */
#ifndef TESTS_MEDIA_MEDIA_FIXTURE_H
#define TESTS_MEDIA_MEDIA_FIXTURE_H

#include "msp/host/host.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"
#include "tsp/simpbx/audio_port.h"

/* ---- fake_exchange.c: copies packets between two ports as fast as they come ------------------ */

struct fake_port {
    HANDLE mapping;
    struct audio_port *shared;
    HANDLE put[2], take[2];
    struct audio_port_offer offer;
    uint8_t format[256]; /* the last format packet from the other end */
    uint32_t format_size;
    BOOL heard_format; /* this end has been given it */
};

struct fake_exchange {
    struct fake_port port[2];
    HANDLE quit, thread;
    HANDLE gate; /* manual reset: packets are carried while set */
    volatile LONG dropped, carried, ends;
};

void fake_exchange_start(struct fake_exchange *exchange);
void fake_exchange_end(struct fake_exchange *exchange);

/* ---- fake_tapi.c: what tapi32.dll exports for the host ----------------------------------------
 */

extern volatile LONG fake_tapi_ends; /* provider ends alive */
extern volatile LONG fake_tapi_data; /* OpenTapiLineSendMspData calls */

/* ---- wav_tool.c --------------------------------------------------------------------------------
 */

/* A path in the temporary folder; remembered and deleted by files_delete. */
const WCHAR *file_path(const WCHAR *name);
void files_delete(void);
/* Writes a WAV file with `bytes` bytes of noise; returns what is in it (free it). */
struct file_bytes {
    BYTE *bytes;
    DWORD size;
};
void wav_make(const WCHAR *path, WORD tag, WORD channels, DWORD rate, WORD bits, DWORD bytes);
void file_make(const WCHAR *path, const void *bytes, DWORD size);
struct file_bytes file_load(const WCHAR *path);
/* Fails the test unless the files are equal byte for byte. */
void files_check_equal(const WCHAR *actual, const WCHAR *expected);

/* ---- media_end.c: one application's end --------------------------------------------------------
 */

#define EVENTS_MAX 256

struct seen_event {
    MSP_EVENT kind;
    int type;  /* MSP_CALL_EVENT, or TERMINAL_MEDIA_STATE of a file terminal's event */
    int cause; /* MSP_CALL_EVENT_CAUSE, FT_STATE_EVENT_CAUSE */
    HRESULT error;
    IUnknown *outer; /* of the call it came for */
};

struct outer {
    IUnknown IUnknown_iface;
    volatile LONG refs;
    struct msp_host *host; /* of an address */
    struct msp_call *call; /* of a call */
};

struct media_end {
    struct outer address, call;
    HCALL handle;
    CRITICAL_SECTION lock;
    struct seen_event events[EVENTS_MAX];
    int event_count;
    HANDLE changed; /* auto-reset */
};

/* Registers the classes of termmgr.dll and simmsp.dll with this process only. */
void media_start(void);
void media_stop(void);

void media_end_start(struct media_end *end, HCALL handle);
/* The same where memory may run out: the failure; media_end_stop in any case. */
HRESULT media_end_try(struct media_end *end, HCALL handle);
void media_end_stop(struct media_end *end);
/* The exchange's path for the call comes or goes. */
void media_end_offer(struct media_end *end, const struct audio_port_offer *offer, BOOL open);
/* Waits for the nth (from 1) file terminal event with this state and cause. */
BOOL media_end_wait_file(struct media_end *end, TERMINAL_MEDIA_STATE state,
                         FT_STATE_EVENT_CAUSE cause, int nth);
BOOL media_end_wait_call(struct media_end *end, MSP_CALL_EVENT type, int nth);

/* A file terminal on the call, selected the simple way. */
ITTerminal *media_end_terminal(struct media_end *end, const WCHAR *class);
void terminal_play_list(ITTerminal *terminal, const WCHAR *path);
void terminal_file_name(ITTerminal *terminal, const WCHAR *path);
HRESULT terminal_start(ITTerminal *terminal);
HRESULT terminal_stop(ITTerminal *terminal);
HRESULT terminal_pause(ITTerminal *terminal);
TERMINAL_MEDIA_STATE terminal_state(ITTerminal *terminal);
ITStream *media_end_stream(struct media_end *end, TERMINAL_DIRECTION direction);

#endif
