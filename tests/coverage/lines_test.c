/* lines_test.c - every line function that a TSPI entry stands behind: it succeeds, it is refused.
 */
#include "tests/coverage/rows.h"

#define STALE 0x00345678

#define EACH_ROW(row)                                                                              \
    for (const struct row *row = line_rows; row < line_rows + line_row_count; row++)

static void expect(const struct row *row, LONG result, LONG expected, const char *when)
{
    if (result != expected)
        FAIL("%s %s is 0x%08lx, not 0x%08lx", row->name, when, (unsigned long)result,
             (unsigned long)expected);
}

TEST(each_function_succeeds_and_its_entry_is_called)
{
    rows_open();
    EACH_ROW(row)
    {
        LONG before = every->calls[row->entry];
        expect(row, rows_finish(row->call()), 0, "with a provider that has all");
        if (every->calls[row->entry] == before)
            FAIL("%s did not reach the provider", row->name);
    }
    rows_close();
}

/* What a provider says about its refusal is what the application reads, at once or in the reply. */
TEST(what_the_provider_refuses_with_is_what_the_application_gets)
{
    rows_open();
    EACH_ROW(row)
    {
        for (const LONG *error = row->errors; *error != 0; error++) {
            every->result[row->entry] = *error;
            every->late = (error - row->errors) % 2;
            expect(row, rows_finish(row->call()), *error, "refused");
        }
        every->result[row->entry] = (LONG)LINEERR_OPERATIONFAILED;
        every->late = TRUE;
        expect(row, rows_finish(row->call()), (LONG)LINEERR_OPERATIONFAILED, "failing");
        every->result[row->entry] = 0;
    }
    rows_close();
}

TEST(a_call_that_is_monitored_is_not_changed)
{
    HLINE owned, watching;
    LINECALLLIST *list = (LINECALLLIST *)(DWORD[64]){sizeof(DWORD) * 64};
    rows_open();
    owned = line;
    REQUIRE_EQ(lineOpenA(app, 0, &watching, VERSION, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL), 0);
    line = owned;
    REQUIRE_EQ(lineGetNewCalls(watching, 0, LINECALLSELECT_LINE, list), 0);
    REQUIRE_EQ(list->dwCallsNumEntries, 2);
    call = *(HCALL *)((char *)list + list->dwCallsOffset);
    EACH_ROW(row) if (row->flags & OWNER)
    {
        LONG before = every->calls[row->entry];
        expect(row, row->call(), (LONG)LINEERR_NOTOWNER, "of a monitor");
        CHECK_EQ(every->calls[row->entry], before);
    }
    CHECK_EQ(lineHandoffA(call, "x.exe", 0), LINEERR_NOTOWNER);
    CHECK_EQ(lineHandoffW(call, L"x.exe", 0), LINEERR_NOTOWNER);
    rows_close();
}

TEST(nothing_is_initialized)
{
    app = STALE, line = STALE, call = other = STALE;
    EACH_ROW(row)
    if (row->flags != ON_NOTHING)
        expect(row, row->call(), (LONG)LINEERR_UNINITIALIZED, "before lineInitialize");
    CHECK_EQ(lineDeallocateCall(STALE), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineClose(STALE), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineHandoffA(STALE, "x.exe", 0), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineSetStatusMessages(STALE, 0, 0), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineSetNumRings(STALE, 0, 1), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineSetCallPrivilege(STALE, LINECALLPRIVILEGE_OWNER), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineRegisterRequestRecipient(STALE, 0, LINEREQUESTMODE_MAKECALL, 1),
             LINEERR_UNINITIALIZED);
    DWORD two[64] = {sizeof two};
    HLINE opened;
    LINEEXTENSIONID extension;
    LINECALLLIST *list = (LINECALLLIST *)two;
    CHECK_EQ(lineGetNumRings(STALE, 0, two + 1), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineGetStatusMessages(STALE, two + 1, two + 2), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineGetNewCalls(STALE, 0, LINECALLSELECT_LINE, list), LINEERR_UNINITIALIZED);
    CHECK_EQ(lineGetConfRelatedCalls(STALE, list), LINEERR_UNINITIALIZED);
    CHECK_EQ(
        lineGetRequestA(STALE, LINEREQUESTMODE_MAKECALL, &(LINEREQMAKECALL){{0}, {0}, {0}, {0}}),
        LINEERR_UNINITIALIZED);
    CHECK_EQ(lineNegotiateAPIVersion(STALE, 0, 0x10003, VERSION, two, &extension),
             LINEERR_UNINITIALIZED);
    CHECK_EQ(lineOpenA(STALE, 0, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
             LINEERR_UNINITIALIZED);
    CHECK_EQ(lineOpenW(STALE, 0, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
             LINEERR_UNINITIALIZED);
}

/* Handles that are none, that were, and that are of something else. */
TEST(handles_of_nothing)
{
    rows_open();
    const HLINEAPP apps[] = {0, STALE, (HLINEAPP)line};
    const HLINE lines[] = {0, STALE, (HLINE)call};
    const HCALL calls[] = {0, STALE, (HCALL)line};
    HLINEAPP good_app = app;
    HLINE good_line = line;
    HCALL good_call = call;
    for (unsigned i = 0; i < 3; i++)
        EACH_ROW(row)
        {
            LONG wrong = (LONG)LINEERR_INVALAPPHANDLE;
            if (row->flags == ON_NOTHING)
                continue;
            if (row->flags & ON_DEVICE)
                app = apps[i];
            if (row->flags & ON_LINE)
                line = lines[i], wrong = (LONG)LINEERR_INVALLINEHANDLE;
            if (row->flags & ON_CALL)
                call = calls[i], wrong = (LONG)LINEERR_INVALCALLHANDLE;
            if ((row->flags & ON_CONFERENCE) == ON_CONFERENCE)
                wrong = (LONG)LINEERR_INVALCONFCALLHANDLE;
            /* without a call, lineSetupConference makes one for the line */
            if (strncmp(row->name, "lineSetupConference", 19) != 0 || i != 0)
                expect(row, row->call(), wrong, "of a wrong handle");
            app = good_app, line = good_line, call = good_call;
        }
    rows_close();
}
