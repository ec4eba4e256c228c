/* recipient.h - dial_recipient.exe: a program that takes requests for calls. It registers, takes
 * one request, and leaves it where the one who started it looks. */
#ifndef TESTS_DIALING_RECIPIENT_H
#define TESTS_DIALING_RECIPIENT_H

#include <windows.h>
#include <tapi.h>

/* The name of a file mapping with a struct taken; NAME.done is an event. */
#define RECIPIENT_PAD L"OPENTAPI_TEST_PAD"

struct taken {
    LONG registered, taken, again; /* results of the functions */
    BOOL inherits;                 /* a program that it would start found the request too */
    LINEREQMAKECALLW request;
};

#endif
