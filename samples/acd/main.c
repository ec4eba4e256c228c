/* main.c - serves a queue with the telephones of its agents.
 *     acd [-n CALLS] QUEUE AGENT...
 * QUEUE and AGENT are names or numbers of lines. Ends when so many calls are over, or when it is
 * stopped. */
#include "acd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    LONG calls = -1, result;
    int first = 1;

    if (argc > 2 && !strcmp(argv[1], "-n")) {
        calls = atoi(argv[2]);
        first = 3;
    }
    if (argc - first < 2 || argc - first > 1 + ACD_SEATS) {
        fprintf(stderr, "acd [-n CALLS] QUEUE AGENT...\n");
        return 2;
    }
    result = acd_run(argv[first], (const char *const *)argv + first + 1,
                     (unsigned)(argc - first - 1), calls);
    if (result == (LONG)LINEERR_BADDEVICEID)
        return 2;
    return result ? 1 : 0;
}
