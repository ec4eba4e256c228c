/* office.h - office.tsp: a provider of two lines that remembers what it was told of locations. */
#ifndef TESTS_DIALING_OFFICE_H
#define TESTS_DIALING_OFFICE_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#define OFFICE_LINES 2

struct office {
    LONG told;      /* TSPI_lineSetCurrentLocation calls */
    DWORD location; /* of the last */
    LONG answer;    /* what it returns to that */
    HTAPILINE line; /* the line opened last, and where its events go */
    LINEEVENT event;
};

typedef struct office *(WINAPI *office_control)(void); /* exported as OfficeControl */

#endif
