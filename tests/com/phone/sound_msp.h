/* sound_msp.h - a media provider in the place of simmsp: its addresses have a microphone and two
 * speakers as static terminals, which its calls take. Nothing is heard of it. */
#ifndef TESTS_COM_PHONE_SOUND_MSP_H
#define TESTS_COM_PHONE_SOUND_MSP_H

#include "tests/com/client.h"

enum { SOUND_MICROPHONE, SOUND_SPEAKER, SOUND_OTHER_SPEAKER, SOUND_TERMINALS };

/* In the place of com_enter and com_leave. */
void sound_enter(enum com_apartment apartment);
void sound_leave(void);
/* Not a reference. */
ITTerminal *sound_terminal(unsigned which);
/* How many terminals its calls have at this moment; -1: one that has the wrong direction. */
LONG sound_selected(void);
/* The streams take no terminals. */
void sound_refuse(BOOL refuse);

#endif
