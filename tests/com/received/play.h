/* play.h - the whole scene for a C sink in the calling thread's apartment (com_enter), with
 * filters: what a filter keeps back must not come, and all the rest must. */
#ifndef TESTS_COM_RECEIVED_PLAY_H
#define TESTS_COM_RECEIVED_PLAY_H

#include "tests/com/client.h"
#include "tests/com/received/receiver.h"
#include "tests/com/received/scene.h"

enum level { NOWHERE, ADDRESS, CALL };

struct play {
    bool in_sta;
    LONG filter; /* ITTAPI::put_EventFilter */
    /* One event that ITAddress2 (of the first address) or ITCallInfo2 (of each of its calls, once
     * it was announced) is told to keep back. sub_event -1: all of this type. */
    enum level level;
    TAPI_EVENT type;
    LONG sub_event;
};

void play_scene(const struct play *play);

#endif
