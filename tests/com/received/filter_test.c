/* filter_test.c - the event filters: of TAPI by type, of an address and of a call by type and
 * sub-event. The scene is played once for each of them, without what it keeps back. */
#include "tests/com/received/play.h"

/* TE_CALLNOTIFICATION stays: without it the program would have no call to go on with. */
static const struct {
    TAPI_EVENT type;
    LONG first, last; /* sub-events; the type's constants */
} types[] = {
    {TE_ADDRESS, AE_STATE, AE_LASTITEM},
    {TE_CALLSTATE, CS_IDLE, CS_LASTITEM},
    {TE_CALLMEDIA, CME_NEW_STREAM, CME_LASTITEM},
    {TE_CALLHUB, CHE_CALLJOIN, CHE_LASTITEM},
    {TE_CALLINFOCHANGE, CIC_OTHER, CIC_LASTITEM},
    {TE_QOSEVENT, QE_NOQOS, QE_LASTITEM},
    {TE_FILETERMINAL, TMS_IDLE, TMS_LASTITEM},
    {TE_PRIVATE, 0, 0},
    {TE_DIGITEVENT, 0, 0},
    {TE_GENERATEEVENT, 0, 0},
    {TE_GATHERDIGITS, 0, 0},
    {TE_TONEEVENT, 0, 0},
    {TE_ADDRESSDEVSPECIFIC, 0, 0},
    {TE_ASRTERMINAL, 0, 0},
    {TE_TTSTERMINAL, 0, 0},
    {TE_TONETERMINAL, 0, 0},
};

TEST(tapi_s_filter_lets_one_type_through)
{
    LONG bit;

    com_enter(COM_MTA);
    for (bit = 1; bit && bit <= SCENE_FILTER; bit <<= 1)
        if (bit & SCENE_FILTER)
            play_scene(&(const struct play){.filter = bit | TE_CALLNOTIFICATION});
    com_leave();
}

TEST(tapi_s_filter_keeps_one_type_back)
{
    LONG bit;

    com_enter(COM_MTA);
    for (bit = 1; bit && bit <= SCENE_FILTER; bit <<= 1)
        if ((bit & SCENE_FILTER) && bit != TE_CALLNOTIFICATION)
            play_scene(&(const struct play){.filter = SCENE_FILTER & ~bit});
    com_leave();
}

static void play_each(enum level level)
{
    struct play play = {.filter = SCENE_FILTER, .level = level};
    unsigned i;

    com_enter(COM_MTA);
    for (i = 0; i < ARRAYSIZE(types); i++) {
        play.type = types[i].type;
        for (play.sub_event = types[i].first; play.sub_event <= types[i].last; play.sub_event++)
            play_scene(&play);
        play.sub_event = -1;
        play_scene(&play);
    }
    com_leave();
}

TEST(an_address_filter_keeps_each_sub_event_back)
{
    play_each(ADDRESS);
}

TEST(a_call_s_filter_keeps_each_sub_event_back)
{
    play_each(CALL);
}

TEST(filters_in_an_sta)
{
    com_enter(COM_STA);
    play_scene(&(const struct play){.in_sta = true,
                                    .filter = SCENE_FILTER,
                                    .level = ADDRESS,
                                    .type = TE_ADDRESS,
                                    .sub_event = AE_RINGING});
    play_scene(&(const struct play){.in_sta = true,
                                    .filter = SCENE_FILTER & ~TE_CALLSTATE,
                                    .level = CALL,
                                    .type = TE_CALLINFOCHANGE,
                                    .sub_event = -1});
    com_leave();
}
