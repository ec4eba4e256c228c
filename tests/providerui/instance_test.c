/* instance_test.c - dialogs that a provider asks for while it carries out a request
 * (LINE_CREATEDIALOGINSTANCE, LINE_SENDDIALOGINSTANCEDATA). */
#include "tests/providerui/fixture.h"

static struct program program;
static HLINE line;

static void start(void)
{
    LINEEXTENSIONID extension;
    DWORD version;

    fixture_providers(L"ui_new.tsp");
    program = program_start();
    REQUIRE_EQ(lineNegotiateAPIVersion(program.app, 0, 0x00010003, VERSION, &version, &extension),
               0);
    REQUIRE_EQ(lineOpenW(program.app, 0, &line, version, 0, 0, LINECALLPRIVILEGE_NONE,
                         LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
}

/* A request that makes the provider ask for a dialog with these words. The reply's result. */
static LONG ask(const char *words)
{
    char block[32];
    LINEMESSAGE message;

    lstrcpynA(block, words, sizeof(block));
    REQUIRE(lineDevSpecific(line, 0, 0, block, lstrlenA(block) + 1) > 0);
    REQUIRE(program_wait(&program, LINE_REPLY, &message));
    return (LONG)message.dwParam2;
}

static void send_data(HTAPIDIALOGINSTANCE instance, const char *data)
{
    ui_new->event((HTAPILINE)(UINT_PTR)instance, NULL, LINE_SENDDIALOGINSTANCEDATA, (DWORD_PTR)data,
                  data ? lstrlenA(data) + 1 : 0, 0);
}

static bool has_data(void *count)
{
    return ui->data_count >= *(LONG *)count;
}

static bool is_freed(void *count)
{
    return ui_new->freed >= *(LONG *)count;
}

static void wait_data(LONG count)
{
    CHECK(wait_until(has_data, &count, ui->data_came, WAIT_LONG));
}

static void wait_freed(LONG count)
{
    CHECK(wait_until(is_freed, &count, ui_new->changed, WAIT_LONG));
}

TEST(a_dialog_lives_and_ends)
{
    start();
    CHECK_EQ(ask("lift the handset"), 0);
    CHECK(ui_new->instance != 0);
    REQUIRE(wait_handle(ui->begun, WAIT_LONG));
    CHECK_EQ(ui->instance, ui_new->instance);
    CHECK(ui->thread != GetCurrentThreadId());
    CHECK_STR(ui->params, "lift the handset");
    send_data(ui_new->instance, "ringing");
    send_data(ui_new->instance, "answered");
    wait_data(2);
    CHECK_STR(ui->data[0], "ringing");
    CHECK_STR(ui->data[1], "answered");
    CHECK_EQ(ui_new->freed, 0);
    /* The provider wants it closed. */
    send_data(ui_new->instance, NULL);
    wait_freed(1);
    CHECK_EQ(ui->closes, 1);
    CHECK_EQ(ui->ended, 1);
    CHECK_EQ((UINT_PTR)ui_new->freed_instance, 0x4711);
    send_data(ui_new->instance, "late"); /* nobody is there: nothing happens */
    program_end(&program);
    CHECK_EQ(ui_new->freed, 1);
    CHECK_EQ(ui->data_count, 2);
}

TEST(a_dialog_asks_its_provider)
{
    start();
    ui->ask_type = TUISPIDLL_OBJECT_DIALOGINSTANCE;
    CHECK_EQ(ask("question"), 0);
    REQUIRE(wait_handle(ui->data_came, WAIT_LONG));
    CHECK_EQ(ui->callback, 0);
    CHECK_STR(ui->told, UI_TOLD);
    CHECK_EQ(ui_new->object_type, TUISPIDLL_OBJECT_DIALOGINSTANCE);
    CHECK_EQ(ui_new->object, 0x4711); /* the provider's own handle */
    SetEvent(ui->finish);             /* the user closes it */
    wait_freed(1);
    program_end(&program);
}

TEST(data_waits_until_the_dialog_is_ready)
{
    start();
    ui->unready = true;
    CHECK_EQ(ask("x"), 0);
    REQUIRE(wait_handle(ui->begun, WAIT_LONG));
    send_data(ui_new->instance, "early");
    CHECK_EQ(ui->data_count, 0);
    SetEvent(ui->go);
    wait_data(1);
    CHECK_STR(ui->data[0], "early");
    SetEvent(ui->finish);
    wait_freed(1);
    program_end(&program);
}

/* Nobody is told what a dialog or its data came to: it is over, or goes on. */
TEST(results_of_a_dialog_change_nothing)
{
    start();
    ui->answer = LINEERR_NOMEM;
    ui_new->free_answer = LINEERR_OPERATIONFAILED; /* the instance is gone all the same */
    CHECK_EQ(ask("x"), 0);
    REQUIRE(wait_handle(ui->begun, WAIT_LONG));
    send_data(ui_new->instance, "one");
    send_data(ui_new->instance, "two");
    wait_data(2);
    SetEvent(ui->finish);
    wait_freed(1);
    program_end(&program);
}

TEST(a_dialog_ends_with_its_application)
{
    start();
    CHECK_EQ(ask("x"), 0);
    REQUIRE(wait_handle(ui->begun, WAIT_LONG));
    program_end(&program);
    CHECK_EQ(ui_new->freed, 1); /* before the provider was shut down */
    CHECK_EQ(ui_new->shut_down, 1);
    REQUIRE(wait_handle(ui->finish, WAIT_LONG));
    CHECK_EQ(ui->closes, 1);
}

TEST(a_dialog_ends_with_its_provider)
{
    start();
    CHECK_EQ(ask("x"), 0);
    REQUIRE(wait_handle(ui->begun, WAIT_LONG));
    CHECK_EQ(lineRemoveProvider(1, NULL), 0);
    wait_freed(1);
    REQUIRE(wait_handle(ui->finish, WAIT_LONG));
    CHECK_EQ(ui_new->shut_down, 1);
    program_end(&program);
}

TEST(no_dialog_for_nobodys_request)
{
    start();
    ui_new->request = 0x12345;
    CHECK_EQ(ask("x"), LINEERR_RESOURCEUNAVAIL);
    CHECK_EQ((UINT_PTR)ui_new->instance, 0);
    ui_new->event((HTAPILINE)ui_new->provider, NULL, LINE_CREATEDIALOGINSTANCE, 0, 0, 0);
    ui_new->event(NULL, NULL, LINE_SENDDIALOGINSTANCEDATA, 0, 0, 0);
    CHECK_EQ(ui_new->freed, 0);
    program_end(&program);
}
