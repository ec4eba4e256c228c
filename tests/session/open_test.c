/* open_test.c - lineOpen: privileges and options, versions, LINEMAPPER, and what the provider is
 * told at the opening and closing of lines. */
#include "tests/session/harness.h"

static LINECALLPARAMS params_for(DWORD media_mode)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof(params),
                             .dwBearerMode = LINEBEARERMODE_VOICE,
                             .dwMediaMode = media_mode,
                             .dwAddressMode = LINEADDRESSMODE_ADDRESSID};

    return params;
}

TEST(privileges_that_can_be_asked_for)
{
    static const struct {
        DWORD privileges, media_modes;
        LONG result;
    } rows[] = {
        {LINECALLPRIVILEGE_NONE, 0, 0},
        {MONITOR, 0, 0},
        {OWNER, VOICE, 0},
        {OWNER | MONITOR, VOICE, 0},
        {OWNER, VOICE | LINEMEDIAMODE_UNKNOWN, 0},
        {0, VOICE, LINEERR_INVALPRIVSELECT},
        {LINECALLPRIVILEGE_NONE | MONITOR, VOICE, LINEERR_INVALPRIVSELECT},
        {LINECALLPRIVILEGE_NONE | OWNER, VOICE, LINEERR_INVALPRIVSELECT},
        {OWNER | 0x100, VOICE, LINEERR_INVALPRIVSELECT},
        {OWNER, 0, LINEERR_INVALMEDIAMODE},
        {OWNER, LINEMEDIAMODE_TELEX, LINEERR_INVALMEDIAMODE},
        {OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, LINEERR_INVALADDRESSID},
    };
    struct person person = {0};

    person_start(&person, NULL);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        LONG result = person_try_open(&person, 0, rows[i].privileges, rows[i].media_modes, NULL);

        CHECK_EQ(result, rows[i].result);
        if (!result)
            CHECK_EQ(lineClose(person.line), 0);
    }
    CHECK_EQ(person_try_open(&person, 99, MONITOR, 0, NULL), (LONG)LINEERR_BADDEVICEID);
    person_end(&person);
}

TEST(version_must_be_one_that_was_agreed_on)
{
    struct person person = {.version = 0x00020000};
    HLINE line;

    person_start(&person, NULL);
    CHECK_EQ(lineOpenW(person.app, 0, &line, 0x00020001, 0, 0, MONITOR, 0, NULL),
             (LONG)LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineOpenW(person.app, 0, &line, 0x00010005, 0, 0, MONITOR, 0, NULL),
             (LONG)LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineOpenW(person.app, 0, &line, 0x00040000, 0, 0, MONITOR, 0, NULL),
             (LONG)LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineOpenW(person.app, 0, &line, 0x00020000, 0, 0, MONITOR, 0, NULL), 0);
    TSPI_CALLED(recorder, "lineOpen 0");
    person_end(&person);
    TSPI_CALLED(recorder, "lineClose 0");
}

/* A call that is there already is reported from inside TSPI_lineOpen, before the application's line
 * exists; the other line's call behind it shows that the first is not merely late. */
static void calls_while_opening(const char *entry)
{
    if (strcmp(entry, "lineOpen") != 0)
        return;
    recorder->during = NULL;
    CHECK_EQ(call_arrives(0, LINECALLSTATE_OFFERING, VOICE), 1);
    CHECK_EQ(call_arrives(1, LINECALLSTATE_OFFERING, VOICE), 2);
    TSPI_CALLED(recorder, "lineGetCallIDs call 2");
}

TEST(a_call_that_comes_while_the_line_is_opened)
{
    struct person first = {0}, other = {0};

    person_open(&other, NULL, 1, OWNER, VOICE);
    person_start(&first, NULL);
    recorder->during = calls_while_opening;
    REQUIRE_EQ(person_try_open(&first, 0, OWNER, VOICE, NULL), 0);
    person_expect_call(&first, LINECALLSTATE_OFFERING, OWNER);
    person_expect_call(&other, LINECALLSTATE_OFFERING, OWNER);
    person_end(&first);
    person_end(&other);
}

/* Refused in the end: the call goes with the line, and the next try finds nothing of it. */
TEST(a_call_that_comes_while_the_line_cannot_be_opened)
{
    struct person first = {0}, other = {0};

    person_open(&other, NULL, 1, OWNER, VOICE);
    person_start(&first, NULL);
    recorder->during = calls_while_opening;
    recorder->fail = "lineOpen";
    recorder->fail_with = LINEERR_RESOURCEUNAVAIL;
    recorder->fail_device = 0;
    CHECK_EQ(person_try_open(&first, 0, OWNER, VOICE, NULL), (LONG)LINEERR_RESOURCEUNAVAIL);
    person_expect_call(&other, LINECALLSTATE_OFFERING, OWNER);
    recorder->fail = NULL;
    REQUIRE_EQ(person_try_open(&first, 0, OWNER, VOICE, NULL), 0);
    NO_MORE(0, &first);
    person_end(&first);
    person_end(&other);
}

/* The sum of what all applications take, told anew at each open and close. */
TEST(media_detection_is_the_sum_of_all_owners)
{
    struct person voice = {0}, data = {0}, watcher = {0};

    person_open(&watcher, NULL, 0, MONITOR, VOICE);
    person_open(&voice, NULL, 0, OWNER, VOICE);
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x4");
    person_open(&data, NULL, 0, OWNER | MONITOR, DATA | VOICE);
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x14");
    CHECK_EQ(lineClose(voice.line), 0);
    TSPI_NOT_CALLED(recorder, "lineSetDefaultMediaDetection");
    person_end(&data); /* not only a close, the end of an application tells it too */
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x0");
    TSPI_NOT_CALLED(recorder, "lineClose ");
    person_end(&voice);
    person_end(&watcher);
    TSPI_CALLED(recorder, "lineClose 0");
}

TEST(modes_that_the_provider_refuses_leave_all_as_it_was)
{
    struct person voice = {0}, data = {0};
    DWORD call;

    person_open(&voice, NULL, 0, OWNER, VOICE);
    recorder->fail = "lineSetDefaultMediaDetection";
    recorder->fail_with = (LONG)LINEERR_INVALMEDIAMODE;
    person_start(&data, NULL);
    CHECK_EQ(person_try_open(&data, 0, OWNER, DATA, NULL), (LONG)LINEERR_INVALMEDIAMODE);
    recorder->fail = NULL;
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x14");
    TSPI_NOT_CALLED(recorder, "lineSetDefaultMediaDetection");
    call = call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&voice, LINECALLSTATE_OFFERING, OWNER);
    call_state(0, call, LINECALLSTATE_IDLE);
    CHECK_EQ(person_try_open(&data, 0, OWNER, DATA, NULL), 0);
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x14");
    person_end(&voice);
    person_end(&data);
}

/* ---- LINEMAPPER ---- */

TEST(mapper_takes_the_first_line_that_agrees)
{
    struct person person = {0};
    LINECALLPARAMS params = params_for(DATA);

    /* The first line cannot detect the mode, the second agrees. */
    recorder->fail = "lineConditionalMediaDetection";
    recorder->fail_with = (LONG)LINEERR_INVALMEDIAMODE;
    recorder->fail_device = 0;
    person_start(&person, NULL);
    REQUIRE_EQ(person_try_open(&person, LINEMAPPER, OWNER, DATA, &params), 0);
    TSPI_CALLED(recorder, "lineConditionalMediaDetection 0 modes 0x10");
    TSPI_CALLED(recorder, "lineClose 0");
    TSPI_CALLED(recorder, "lineConditionalMediaDetection 1 modes 0x10");
    CHECK_EQ(recorder->params.dwMediaMode, DATA);
    TSPI_NOT_CALLED(recorder, "lineSetDefaultMediaDetection"); /* that was it already */
    recorder->fail = NULL;
    call_arrives(1, LINECALLSTATE_OFFERING, DATA);
    person_expect_call(&person, LINECALLSTATE_OFFERING, OWNER);
    person_end(&person);
}

TEST(mapper_asks_with_the_modes_of_everybody)
{
    struct person voice = {0}, mapped = {0};
    LINECALLPARAMS params = params_for(DATA);

    person_open(&voice, NULL, 0, OWNER, VOICE);
    person_start(&mapped, NULL);
    REQUIRE_EQ(person_try_open(&mapped, LINEMAPPER, OWNER, DATA, &params), 0);
    TSPI_CALLED(recorder, "lineConditionalMediaDetection 0 modes 0x14");
    person_end(&mapped);
    TSPI_CALLED(recorder, "lineSetDefaultMediaDetection 0 modes 0x4");
    person_end(&voice);
}

/* Without TSPI_lineConditionalMediaDetection the capabilities decide. */
TEST(mapper_reads_capabilities_where_the_provider_lacks_the_entry)
{
    struct person person = {0};
    LINECALLPARAMS params = params_for(FAX);

    recorder->media_modes = VOICE;
    person_start(&person, NULL);
    REQUIRE_EQ(person_try_open(&person, LINEMAPPER, OWNER, FAX, &params), 0);
    TSPI_CALLED(lean, "lineOpen 0");
    call_arrives(LEAN, LINECALLSTATE_OFFERING, FAX);
    person_expect_call(&person, LINECALLSTATE_OFFERING, OWNER);
    person_end(&person);
}

TEST(mapper_finds_nothing)
{
    struct person person = {0};
    LINECALLPARAMS params = params_for(VOICE);

    person_start(&person, NULL);
    params.dwMediaMode = LINEMEDIAMODE_TELEX;
    CHECK_EQ(person_try_open(&person, LINEMAPPER, OWNER, VOICE, &params),
             (LONG)LINEERR_LINEMAPPERFAILED);
    params = params_for(VOICE);
    params.dwBearerMode = LINEBEARERMODE_DATA;
    CHECK_EQ(person_try_open(&person, LINEMAPPER, OWNER, VOICE, &params),
             (LONG)LINEERR_LINEMAPPERFAILED);
    params = params_for(VOICE);
    params.dwMinRate = params.dwMaxRate = 64000;
    CHECK_EQ(person_try_open(&person, LINEMAPPER, OWNER, VOICE, &params),
             (LONG)LINEERR_LINEMAPPERFAILED);
    params = params_for(VOICE);
    params.dwAddressID = 7;
    CHECK_EQ(person_try_open(&person, LINEMAPPER, OWNER, VOICE, &params),
             (LONG)LINEERR_LINEMAPPERFAILED);
    TSPI_NOT_CALLED(recorder, "lineOpen");
    person_end(&person);
}

/* ---- LINEOPENOPTION_SINGLEADDRESS: owners of one address, monitors of all ---- */

TEST(single_address_limits_ownership_and_nothing_else)
{
    struct person single = {0}, watcher = {0};
    LINECALLPARAMS params = params_for(VOICE);

    person_start(&single, NULL);
    params.dwAddressID = 2;
    CHECK_EQ(person_try_open(&single, 0, OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, &params),
             (LONG)LINEERR_INVALADDRESSID);
    params.dwAddressID = 1;
    params.dwAddressMode = LINEADDRESSMODE_DIALABLEADDR;
    CHECK_EQ(person_try_open(&single, 0, OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, &params),
             (LONG)LINEERR_INVALADDRESSID);
    params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    REQUIRE_EQ(
        person_try_open(&single, 0, OWNER | MONITOR | LINEOPENOPTION_SINGLEADDRESS, VOICE, &params),
        0);
    person_start(&watcher, NULL);
    REQUIRE_EQ(person_try_open(&watcher, 0, MONITOR | LINEOPENOPTION_SINGLEADDRESS, 0, &params), 0);
    recorder->address_id = 0;
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&single, LINECALLSTATE_OFFERING, MONITOR);
    person_expect_call(&watcher, LINECALLSTATE_OFFERING, MONITOR);
    recorder->address_id = 1;
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&single, LINECALLSTATE_OFFERING, OWNER);
    person_expect_call(&watcher, LINECALLSTATE_OFFERING, MONITOR);
    person_end(&single);
    person_end(&watcher);
}

/* ---- extension versions ---- */

TEST(extension_version_is_selected_by_the_first_and_ended_with_the_last)
{
    struct person first = {0}, second = {0};
    DWORD version = 0;
    HLINE line;

    person_start(&first, NULL);
    person_start(&second, NULL);
    CHECK_EQ(lineNegotiateExtVersion(first.app, 0, 0x00020002, 0x10000, 0x20000, &version), 0);
    CHECK_EQ(version, 0x20000);
    CHECK_EQ(lineOpenW(first.app, 0, &first.line, 0x00020002, 0x20000, 0, MONITOR, 0, NULL), 0);
    TSPI_CALLED(recorder, "lineSelectExtVersion 0 0x20000");
    CHECK_EQ(lineOpenW(second.app, 0, &second.line, 0x00020002, 0x20000, 0, MONITOR, 0, NULL), 0);
    CHECK_EQ(lineOpenW(second.app, 0, &line, 0x00020002, 0x10000, 0, MONITOR, 0, NULL),
             (LONG)LINEERR_INCOMPATIBLEEXTVERSION);
    TSPI_NOT_CALLED(recorder, "lineSelectExtVersion");
    CHECK_EQ(lineOpenW(second.app, 0, &line, 0x00020002, 0, 0, MONITOR, 0, NULL), 0);
    CHECK_EQ(lineClose(first.line), 0);
    TSPI_NOT_CALLED(recorder, "lineSelectExtVersion");
    CHECK_EQ(lineClose(second.line), 0);
    TSPI_CALLED(recorder, "lineSelectExtVersion 0 0x0");
    /* Now another one can be chosen, while the line is still open. */
    CHECK_EQ(lineOpenW(first.app, 0, &first.line, 0x00020002, 0x10000, 0, MONITOR, 0, NULL), 0);
    TSPI_CALLED(recorder, "lineSelectExtVersion 0 0x10000");
    person_end(&first);
    person_end(&second);
}

/* ---- who hears of it ---- */

TEST(status_messages_are_summed_and_go_to_those_who_asked)
{
    struct person asker = {0}, other = {0};

    person_open(&asker, NULL, 0, MONITOR, 0);
    CHECK_EQ(lineSetStatusMessages(asker.line, 0x80000000, 0), (LONG)LINEERR_INVALLINESTATE);
    CHECK_EQ(lineSetStatusMessages(asker.line, 0, 0x80000000), (LONG)LINEERR_INVALADDRESSSTATE);
    CHECK_EQ(lineSetStatusMessages(asker.line, LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, 0), 0);
    TSPI_CALLED(recorder, "lineSetStatusMessages 0 0x");
    person_open(&other, NULL, 0, MONITOR, 0);
    person_expect(&asker, LINE_LINEDEVSTATE, asker.line, LINEDEVSTATE_OPEN, ANY, ANY);
    recorder->fail = "lineSetStatusMessages";
    recorder->fail_with = (LONG)LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(lineSetStatusMessages(other.line, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_FORWARD),
             (LONG)LINEERR_RESOURCEUNAVAIL);
    recorder->fail = NULL;
    CHECK_EQ(lineSetStatusMessages(other.line, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_FORWARD), 0);
    TSPI_CALLED(recorder, "lineSetStatusMessages 0 0x");
    call_message(0, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 2);
    person_expect(&other, LINE_LINEDEVSTATE, other.line, LINEDEVSTATE_RINGING, 1, 2);
    person_end(&other);
    person_expect(&asker, LINE_LINEDEVSTATE, asker.line, LINEDEVSTATE_CLOSE, ANY, ANY);
    NO_MORE(0, &asker);
    person_end(&asker);
}

TEST(rings_are_counted_for_each_address_and_the_least_counts)
{
    struct person first = {0}, second = {0};
    DWORD rings = 99;

    person_open(&first, NULL, 0, OWNER, VOICE);
    person_open(&second, NULL, 0, OWNER, DATA);
    CHECK_EQ(lineGetNumRings(first.line, 0, &rings), 0);
    CHECK_EQ(rings, 0);
    CHECK_EQ(lineSetNumRings(first.line, 0, 4), 0);
    CHECK_EQ(lineSetNumRings(second.line, 0, 2), 0);
    CHECK_EQ(lineSetNumRings(second.line, 1, 7), 0);
    CHECK_EQ(lineGetNumRings(first.line, 0, &rings), 0);
    CHECK_EQ(rings, 2);
    CHECK_EQ(lineGetNumRings(first.line, 1, &rings), 0);
    CHECK_EQ(rings, 7);
    CHECK_EQ(lineSetNumRings(first.line, 2, 1), (LONG)LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetNumRings(first.line, 2, &rings), (LONG)LINEERR_INVALADDRESSID);
    TSPI_CALLED(recorder, "lineGetNumAddressIDs 0");
    person_end(&second);
    CHECK_EQ(lineGetNumRings(first.line, 0, &rings), 0);
    CHECK_EQ(rings, 4);
    person_end(&first);
}
