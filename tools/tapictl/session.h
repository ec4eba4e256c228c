/*
 * session.h - tapictl as an application of TAPI: <tapi.h> and nothing else. One thread.
 *
 * Messages are read from event handles (LINEINITIALIZEEXOPTION_USEEVENT; phones have one of their
 * own), each with a deadline.
 */
#ifndef TAPICTL_SESSION_H
#define TAPICTL_SESSION_H

#include <stdbool.h>
#include <windows.h>
#include <tapi.h>

#include "tools/tapictl/options.h"
#include "tools/tapictl/writer.h"

#define SESSION_NAMES 256 /* of devices, that are remembered */

struct session {
    HLINEAPP app;
    HANDLE event;
    DWORD devices;
    HPHONEAPP phone_app;
    HANDLE phone_event;
    DWORD phones;
    ULONGLONG started;
    struct writer writer; /* to standard output */
    struct writer said;   /* a message's line */
    struct opened {
        DWORD handle; /* HLINE or HPHONE */
        char name[64];
    } opened[SESSION_NAMES];
    unsigned opens;
    unsigned shown; /* messages */
    bool ladder;    /* they are shown as a ladder's log */
    bool quiet;     /* they are not shown */
    bool waiting;   /* for a reply that has not come */
    bool failed;
};

/* Where output goes, and what it looks like; session_start does it too. */
void session_output(struct session *session, bool json);

/* lineInitializeEx. False: it has said why on standard error. json decides what output looks like.
 */
bool session_start(struct session *session, bool json);
/* phoneInitializeEx, in a session that has its output. */
bool session_start_phones(struct session *session);
/* Ends what was started. */
void session_end(struct session *session);

/* The version for a device, 0 if none. */
DWORD session_version(struct session *session, DWORD device);

/* Calls get with larger structures until everything fits: one ended with free; NULL after an error,
 * which *error has then. get returns 0 or an error, as TAPI's functions do. */
void *session_fetch(LONG (*get)(const void *arguments, void *to), const void *arguments,
                    LONG *error);

/* Structures of a line, ended with free; NULL after an error, which *error has then. */
LINEDEVCAPS *session_dev_caps(struct session *session, DWORD device, DWORD version, LONG *error);
LINEADDRESSCAPS *session_address_caps(struct session *session, DWORD device, DWORD address,
                                      DWORD version, LONG *error);

/* Text within a structure as UTF-8, "" where it does not lie within it. */
const char *session_part(const void *structure, DWORD offset, DWORD size, char *to, size_t room);

/* The device that LINE names; session_find says on standard error that there is none. */
bool session_has(struct session *session, const char *line, DWORD *device);
bool session_find(struct session *session, const char *line, DWORD *device);

/* lineOpen with all status messages on; 0 after an error, which was said. */
HLINE session_open(struct session *session, DWORD device, DWORD privileges);

/* The same for phones. */
DWORD session_phone_version(struct session *session, DWORD device);
PHONECAPS *session_phone_caps(struct session *session, DWORD device, DWORD version, LONG *error);
bool session_find_phone(struct session *session, const char *phone, DWORD *device);
HPHONE session_open_phone(struct session *session, DWORD device, DWORD privilege);

/* The next message, of a line or a phone: both kinds have the same members. False: none came for so
 * many ms, or Ctrl-C. */
bool session_next(struct session *session, LINEMESSAGE *message, DWORD deadline);

/* Prints a message, decoded, and what TAPI tells about a call that it names. */
void session_show(struct session *session, const LINEMESSAGE *message);

/* Shows messages until the reply to a request came, at most for so many seconds. The result of the
 * request; LINEERR_OPERATIONFAILED if it did not come, session->waiting is true then. */
LONG session_reply(struct session *session, LONG request, unsigned seconds);

/* The same as a line of a call ladder's log (tools/ladder), if it belongs into a picture. */
void session_show_ladder(struct session *session, const LINEMESSAGE *message);

/* The name of a line or phone that was opened, NULL if unknown. */
void session_remember(struct session *session, DWORD handle, const void *caps, DWORD offset,
                      DWORD size);
const char *session_name(const struct session *session, DWORD handle);

/* "WHAT: LINEERR_..." on standard error; the session has failed then. */
void session_error(struct session *session, const char *what, LONG error);

extern HANDLE session_stop; /* signalled by Ctrl-C */

#endif
