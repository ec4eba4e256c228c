/* tandem.h - what tandem.tsp tells its test, which gets at it by GetProcAddress of TandemControl.
 */
#ifndef TESTS_STRANGERS_TANDEM_H
#define TESTS_STRANGERS_TANDEM_H

#include <windows.h>

#define TANDEM_FIRST 4   /* stations that are there at the start */
#define TANDEM_EARLY 100 /* found while TSPI_providerInit runs */
#define TANDEM_LATE  100 /* found later, by TandemFind */
#define TANDEM_MOST  (TANDEM_FIRST + TANDEM_EARLY + TANDEM_LATE)

struct tandem {
    volatile LONG trouble; /* the line number of the first thing TAPI did wrong; 0: nothing */
    volatile LONG stations, open_lines, calls, drops, old_drops;
};

typedef struct tandem *(WINAPI tandem_control)(void);
typedef LONG(WINAPI tandem_act)(DWORD station);
/* Exported besides, as tandem_act:
 *   TandemFind      the switch has TANDEM_LATE stations more, and says so on a thread of its own
 *   TandemTalk      somebody talks at the station: a call in the connected state, which is bridged
 *                   to the next station, where it is another call of the same ID
 *   TandemTransfer  the other party of that station's call is another one now
 *   TandemEnd       both sides of it are over
 *   TandemLose      the station is taken out of the switch
 */

#endif
