/* together.h - the parts of together.c: partners of samples. */
#ifndef TESTS_SAMPLES_TOGETHER_H
#define TESTS_SAMPLES_TOGETHER_H

#include <windows.h>

/* Asks every few milliseconds, for ten seconds at most. */
BOOL partner_wait(BOOL (*holds)(void *context), void *context);

/* A thread: speaker.c. */
unsigned __stdcall speaker(void *context);

#endif
