/* desk_private.h - what the two files of desk.tsp share. */
#ifndef TESTS_PHONES_DESK_PRIVATE_H
#define TESTS_PHONES_DESK_PRIVATE_H

#include "tests/phones/desk.h"

extern struct desk desk;

/* The test may stop us here. */
void desk_wait_inside(void);
/* What a synchronous function returns. */
LONG desk_synchronous(void);
struct desk_phone *desk_of(HDRVPHONE hd);

#endif
