/*
 * every.h - every.tsp: a provider that has each entry of TSPI. It does nothing by itself; the test
 * says what each entry answers and what the provider's structures hold, and looks at what it was
 * called for.
 */
#ifndef TESTS_COVERAGE_EVERY_H
#define TESTS_COVERAGE_EVERY_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "tests/coverage/vocabulary_types.h"

#define EVERY_LINES  2
#define EVERY_PHONES 1

/* What a VARSTRING holds: no text, for all that its format may say. */
#define EVERY_CONTENT L"some\0thing"

enum every_entry {
#define ENTRY(name, async, parameters, arguments) EVERY_##name,
#include "every_entries.h"
#undef ENTRY
    EVERY_ENTRIES
};

struct every {
    LONG result[EVERY_ENTRIES];        /* what it returns; 0: success */
    BOOL late;                         /* errors of asynchronous entries come with the completion */
    LONG calls[EVERY_ENTRIES];         /* how often it was called */
    uintptr_t args[EVERY_ENTRIES][12]; /* of the last call */
    const char *name[EVERY_ENTRIES];   /* "TSPI_lineAccept" */

    /* what the members of vocabulary.h hold */
    DWORD bits, value;
    DWORD options; /* LINETSPIOPTION_ */
    DWORD format;  /* of what a VARSTRING holds; 0: STRINGFORMAT_UNICODE */

    ASYNC_COMPLETION complete;
    LINEEVENT line_event;
    PHONEEVENT phone_event;
    HPROVIDER provider;
    HTAPILINE line[EVERY_LINES];
    HTAPIPHONE phone;
    HTAPICALL call; /* made last */
    UINT_PTR calls_made;
    DWORD line_base, phone_base;
};

/* Exported as EveryControl. */
typedef struct every *(WINAPI *every_control)(void);

#endif
