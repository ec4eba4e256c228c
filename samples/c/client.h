/*
 * client.h - what the C samples of TAPI 3 share: one TAPI object in an STA, its events handed to a
 * function, and the ways to wait for them. Built from <tapi3.h> alone. What fails ends the program
 * with a sentence, as a small program may.
 */
#ifndef SAMPLES_CLIENT_H
#define SAMPLES_CLIENT_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <windows.h>
#include <tapi3.h>
#include <stdio.h>

#include "client_ids.h"

/* The TAPI object, from client_start to client_finish. */
extern ITTAPI *tapi;

/* Called on this thread, while client_pump waits. */
typedef void (*client_event)(TAPI_EVENT kind, IDispatch *event);

/* Begins to use TAPI 3; only these events (TE_*) come. */
void client_start(LONG events, client_event on_event);
/* Ends it. Whatever else is still held should have been released. */
void client_finish(void);

/* Lets events come in for so many milliseconds. */
void client_pump(DWORD ms);
/* Until there was one, or for a moment. */
void client_pump_one(void);

/* The line whose name or number is given; ends the program with status 2 when there is none. */
ITAddress *client_line(const char *name);
/* The same among these, which are released; NULL when there is none. */
ITAddress *client_line_among(IEnumAddress *all, const WCHAR *name);
/* RegisterCallNotifications for its audio calls; as the owner, or only to watch. */
LONG client_register(ITAddress *line, BOOL owner);
/* A call that is to be made from a line. */
ITBasicCallControl *client_create_call(ITAddress *line, const char *number);
/* The number that calls; the caller frees it. */
BSTR client_caller(ITCallInfo *call);
const char *client_state_name(CALL_STATE state);

/* Says what was not possible, and why, as TAPI says it; status 1. */
void client_check(HRESULT hr, const char *what);
/* The sentence for a failure; lives until the next one. */
const char *client_reason(HRESULT hr);

/* Texts of COM; the caller frees. */
BSTR client_bstr(const char *text);
/* Another interface of an object; ends the program when it has none. The caller releases. */
void *client_query(void *object, REFIID iid);

/* Runs commands: the arguments from the given one on, or, if there are none, the lines of the
 * standard input. A command's first two words and the rest are given apart, empty where there is
 * no more. The status to exit with: 0 all were done, 1 one was not. */
int client_commands(int argc, char **argv, int first,
                    HRESULT (*perform)(const char *verb, const char *what, const char *rest));

#endif
