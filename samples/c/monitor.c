/* monitor.c - prints what happens to the calls of a line, as a listener who owns none of them.
 *     monitor LINE [MESSAGES] */
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct phone phone;
    LINEMESSAGE message;

    if (argc < 2) {
        fprintf(stderr, "usage: monitor LINE [MESSAGES]\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_MONITOR);
    printf("watching %s\n", argv[1]);
    fflush(stdout);
    for (int left = argc > 2 ? atoi(argv[2]) : -1; left; left--)
        if (!phone_print_next(&phone, &message, INFINITE))
            break;
    phone_close(&phone);
    return 0;
}
