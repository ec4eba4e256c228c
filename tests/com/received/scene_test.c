/* scene_test.c - every event of lines and calls, each of its properties and values, received by a C
 * sink in the MTA and by one in an STA. The same scene for a script: script_main.c. */
#include "tests/com/received/play.h"

TEST(every_event_is_received_in_the_mta)
{
    com_enter(COM_MTA);
    play_scene(&(const struct play){.filter = SCENE_FILTER});
    com_leave();
}

TEST(every_event_is_received_in_an_sta)
{
    com_enter(COM_STA);
    play_scene(&(const struct play){.filter = SCENE_FILTER, .in_sta = true});
    com_leave();
}
