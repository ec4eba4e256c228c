/*
 * engine.h - the boundary between tapi32/ and the engine.
 *
 * One flat request and its reply go down, a stream of messages comes up; nothing in them is a
 * pointer into the other side, so the engine can live inside the program or in tapisrv.exe and
 * neither side knows which (docs/engine.md).
 *
 * The rule that fixes every request, for each TAPI function without a line of its own in ops.h:
 *   arg[]   its scalar parameters and handles, in the order of its prototype (pointers left out);
 *   in[]    its input strings (UTF-16 with terminator) and input structures, in order; structures
 *           are in the W form and in the newest layout of <tapi.h>, a NULL is an empty blob;
 *   out[]   its scalar results (handles, identifiers, versions), in order;
 *   data    its output structure, whole, in the W form and in the newest layout of <tapi.h>, with
 *           dwTotalSize = dwNeededSize = dwUsedSize = size. tapi32 cuts it to the application's
 *           API version, character set and buffer (base/struct_layout.h).
 * An application's API version for the device at hand comes back in api_version, so that tapi32
 * need not remember it.
 *
 * result is what the function returns: 0, a positive request ID, or LINEERR_/PHONEERR_/TAPIERR_.
 *
 * An asynchronous request writes into the application's memory when its LINE_REPLY is delivered, as
 * TAPI documents it. Another thread may be handed that reply before engine_call has returned here,
 * so tapi32 leaves the pointers under a cookie of its choice before it calls, and the reply message
 * brings the cookie and the values (out[], data). The handles of new calls are also in reply.out at
 * once; no request accepts them before the reply. A result <= 0 means that no message comes.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <stdint.h>

enum engine_op {
#define ENGINE_OP(name) ENGINE_##name,
#include "engine/ops.h"
#undef ENGINE_OP
    ENGINE_OP_COUNT
};

#define ENGINE_ARGS    10
#define ENGINE_INPUTS  4
#define ENGINE_OUTPUTS 4

struct engine_blob {
    const void *data;
    uint32_t size; /* bytes; 0 where the parameter was NULL */
};

struct engine_request {
    enum engine_op op;
    uint64_t arg[ENGINE_ARGS];
    struct engine_blob in[ENGINE_INPUTS];
    uint64_t cookie; /* comes back in the LINE_REPLY or LINE_GATHERDIGITS of this request */
};

struct engine_reply {
    int32_t result;
    uint32_t api_version; /* negotiated by the application for this device; 0 where none applies */
    uint64_t out[ENGINE_OUTPUTS];
    void *data; /* ended by engine_reply_free */
    uint32_t size;
};

/* One message for one application. */
struct engine_message {
    uint64_t client;   /* the value given with ENGINE_LINE_INITIALIZE / ENGINE_PHONE_INITIALIZE */
    uint32_t device;   /* HLINE, HCALL or HPHONE as the message's page says; 0 where it has none */
    uint32_t message;  /* LINE_*, PHONE_*, or ENGINE_MSP_DATA */
    uint64_t instance; /* dwCallbackInstance */
    uint64_t param[3];
    /* LINE_REPLY and LINE_GATHERDIGITS only: what the request writes into the application's memory
     * (its pointers stay with tapi32, which finds them by the cookie). */
    uint64_t cookie;
    uint32_t out[2];  /* handles of new calls, or the completion ID; as ops.h says. 0 on failure */
    const void *data; /* bytes written: VARSTRING, device-specific block, digits; and those of
                         ENGINE_MSP_DATA. Valid during the sink's call only */
    uint32_t size;
};

/* LINE_SENDMSPDATA on its way to the MSP: device HLINE, param[0] HCALL or 0, param[1] the handle
 * that ENGINE_LINE_CREATE_MSP gave (0: all MSPs of the line). */
#define ENGINE_MSP_DATA 0x8000u

/* All requests that TAPI 3's call centre needs have a proxy on the line device param[0] now
 * (LINEPROXYSTATUS_ALLOPENFORACD); told to every application of version 3.0 or later, whether it
 * has the line open or not. */
#define ENGINE_PROXIES_READY 0x8003u

/* A provider wants a dialog in the application's process (LINE_CREATEDIALOGINSTANCE): device
 * htDlgInst, param[0] bytes of the UI DLL's file name (W, with terminator) at the beginning of
 * data, which TUISPI_providerGenericDialog's parameter block follows. */
#define ENGINE_DIALOG_INSTANCE_CREATE 0x8001u
/* LINE_SENDDIALOGINSTANCEDATA, and the end of an application or provider: device htDlgInst,
 * param[0] true: data is for TUISPI_providerGenericDialogData; false: the dialog has to close
 * (NULL). */
#define ENGINE_DIALOG_INSTANCE_DATA 0x8002u

/* ENGINE_DIALOG_CALL's function; the UI DLL's for all others (tapi32/dialogs.c has its table). */
enum engine_dialog {
    DIALOG_PROVIDER_INSTALL,
    DIALOG_PROVIDER_CONFIG,
    DIALOG_PROVIDER_REMOVE,
    DIALOG_LINE_CONFIG,
    DIALOG_LINE_CONFIG_EDIT,
    DIALOG_PHONE_CONFIG,
    DIALOG_COUNT
};

/*
 * Receives each message, in order. Called with engine locks held, from any thread: it may queue
 * the message and wake somebody, and must not call the engine or any foreign code.
 */
typedef void engine_sink(void *context, const struct engine_message *message);

struct engine_session;

/* Starts a client's session: one a process. NULL when memory is exhausted. */
struct engine_session *engine_connect(engine_sink *sink, void *context);
/* Ends it: shuts down every application it still has. No message follows. */
void engine_disconnect(struct engine_session *session);

/* Carries out one request. Any thread, also from inside a provider's callback. */
void engine_call(struct engine_session *session, const struct engine_request *request,
                 struct engine_reply *reply);
void engine_reply_free(struct engine_reply *reply);

/* A program that is started because it takes requests for calls finds the first one in its environment:
 * address, program, called party and comment. The engine queues it when the program registers. */
#define ENGINE_REQUEST_VARIABLE  L"OPENTAPI_REQUEST"
#define ENGINE_REQUEST_SEPARATOR L'\x1F'

/* What is alive in this process; every member is 0 once all applications have shut down. */
struct engine_counters {
    uint32_t apps, lines, phones, calls, requests, handles, providers;
    uint32_t duplicate_completions; /* dropped second completions since start */
};
void engine_get_counters(struct engine_counters *counters);

#endif
