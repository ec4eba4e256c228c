/*
 * session.h - tapictl as an application of TAPI: <tapi.h> and nothing else. One thread.
 *
 * Messages are read from an event handle (LINEINITIALIZEEXOPTION_USEEVENT), each with a deadline.
 */
#ifndef TAPICTL_SESSION_H
#define TAPICTL_SESSION_H

#include <stdbool.h>
#include <windows.h>
#include <tapi.h>

#include "tools/tapictl/options.h"
#include "tools/tapictl/writer.h"

struct session {
    HLINEAPP app;
    HANDLE event;
    DWORD devices;
    ULONGLONG started;
    struct writer writer; /* to standard output */
    struct writer said;   /* a message's line */
    unsigned shown;       /* messages */
    bool failed;
};

/* Where output goes, and what it looks like; session_start does it too. */
void session_output(struct session *session, bool json);

/* lineInitializeEx. False: it has said why on standard error. json decides what output looks like.
 */
bool session_start(struct session *session, bool json);
void session_end(struct session *session);

/* The version for a device, 0 if none. */
DWORD session_version(struct session *session, DWORD device);

/* Structures of a line, ended with free; NULL after an error, which *error has then. */
LINEDEVCAPS *session_dev_caps(struct session *session, DWORD device, DWORD version, LONG *error);
LINEADDRESSCAPS *session_address_caps(struct session *session, DWORD device, DWORD address,
                                      DWORD version, LONG *error);

/* Text within a structure as UTF-8, "" where it does not lie within it. */
const char *session_part(const void *structure, DWORD offset, DWORD size, char *to, size_t room);

/* The device that LINE names. False: said so on standard error. */
bool session_find(struct session *session, const char *line, DWORD *device);

/* lineOpen with all status messages on; 0 after an error, which was said. */
HLINE session_open(struct session *session, DWORD device, DWORD privileges);

/* The next message. False: none came for so many ms, or Ctrl-C. */
bool session_next(struct session *session, LINEMESSAGE *message, DWORD deadline);

/* Prints a message, decoded, and what TAPI tells about a call that it names. */
void session_show(struct session *session, const LINEMESSAGE *message);

/* "WHAT: LINEERR_..." on standard error; the session has failed then. */
void session_error(struct session *session, const char *what, LONG error);

extern HANDLE session_stop; /* signalled by Ctrl-C */

#endif
