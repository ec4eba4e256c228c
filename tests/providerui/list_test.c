/* list_test.c - lineGetProviderList, lineAddProvider, lineConfigProvider, lineRemoveProvider, as a
 * set-up program uses them: without lineInitialize. */
#include "tests/providerui/fixture.h"

#define BAD_POINTER ((void *)16)

TEST(list_of_the_variable_in_all_forms)
{
    union {
        LINEPROVIDERLIST list;
        BYTE room[512];
    } wide, ansi, plain;
    const LINEPROVIDERENTRY *entry;

    fixture_providers(L"ui_new.tsp;;ui_old.tsp");
    POISON(wide);
    wide.list.dwTotalSize = sizeof(wide);
    REQUIRE_EQ(lineGetProviderListW(VERSION, &wide.list), 0);
    CHECK_EQ(wide.list.dwNumProviders, 2);
    CHECK_EQ(wide.list.dwProviderListSize, 2 * sizeof(*entry));
    CHECK_EQ(wide.list.dwUsedSize, wide.list.dwNeededSize);
    entry = (const LINEPROVIDERENTRY *)(wide.room + wide.list.dwProviderListOffset);
    CHECK_EQ(entry[0].dwPermanentProviderID, 1);
    CHECK_EQ(entry[1].dwPermanentProviderID, 3); /* an ID is a place */
    CHECK_EQ(entry[1].dwProviderFilenameSize, sizeof(L"ui_old.tsp"));
    CHECK_WSTR(wide.room + entry[1].dwProviderFilenameOffset, L"ui_old.tsp");

    POISON(ansi);
    ansi.list.dwTotalSize = sizeof(ansi);
    REQUIRE_EQ(lineGetProviderListA(VERSION, &ansi.list), 0);
    entry = (const LINEPROVIDERENTRY *)(ansi.room + ansi.list.dwProviderListOffset);
    CHECK_EQ(entry[0].dwProviderFilenameSize, sizeof("ui_new.tsp"));
    CHECK_STR((char *)ansi.room + entry[0].dwProviderFilenameOffset, "ui_new.tsp");
    memset(&plain, 0, sizeof(plain));
    plain.list.dwTotalSize = sizeof(plain);
    CHECK_EQ((lineGetProviderList)(0x00010004, &plain.list), 0);
    CHECK_EQ(plain.list.dwNumProviders, 2);
}

TEST(list_refuses_what_it_must)
{
    LINEPROVIDERLIST list;

    fixture_providers(L"ui_new.tsp");
    memset(&list, 0, sizeof(list));
    list.dwTotalSize = sizeof(list);
    CHECK_EQ(lineGetProviderListW(VERSION, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetProviderListA(VERSION, BAD_POINTER), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetProviderListW(0x00010000, &list), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetProviderListW(0x00090000, &list), LINEERR_INCOMPATIBLEAPIVERSION);
    list.dwTotalSize = sizeof(list) - 1;
    CHECK_EQ(lineGetProviderListW(VERSION, &list), LINEERR_STRUCTURETOOSMALL);
    /* No room for the entries: what would hold them is said. */
    list.dwTotalSize = sizeof(list);
    CHECK_EQ(lineGetProviderListW(VERSION, &list), 0);
    CHECK(list.dwNeededSize > sizeof(list));
    CHECK_EQ(list.dwProviderListSize, 0);
    /* Nothing installed at all is an empty list. */
    fixture_providers(NULL);
    CHECK_EQ(lineGetProviderListW(VERSION, &list), 0);
    CHECK_EQ(list.dwNumProviders, 0);
}

TEST(providers_come_into_the_registry_and_go)
{
    DWORD first = 0, second = 0, third = 0, id;
    HWND owner = CreateWindowW(L"static", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

    POISON(first);
    REQUIRE_EQ(lineAddProviderW(L"ui_new.tsp", owner, &first), 0);
    CHECK_EQ(first, 1);
    CHECK_EQ(ui->call[UI_INSTALL].count, 1); /* the UI DLL's, */
    CHECK_EQ(ui->call[UI_INSTALL].id, first);
    CHECK(ui->call[UI_INSTALL].owner == owner);
    CHECK_EQ(ui_new->call[UI_INSTALL].count, 0); /* not the one that is only a sign */
    CHECK_EQ(fixture_number(L"NumProviders"), 1);
    CHECK_EQ(fixture_number(L"NextProviderID"), 2);
    CHECK_EQ(fixture_number(L"ProviderID0"), 1);
    CHECK_WSTR(fixture_text(L"ProviderFilename0"), L"ui_new.tsp");

    REQUIRE_EQ(lineAddProviderA("ui_old.tsp", NULL, &second), 0);
    CHECK_EQ(second, 2);
    CHECK_EQ(ui_old->call[UI_INSTALL].count, 1); /* TSPI_providerInstall itself */
    CHECK_EQ(ui_old->call[UI_INSTALL].id, second);
    REQUIRE_EQ((lineAddProvider)("ui_bare.tsp", NULL, &third), 0); /* there is nothing to call */
    CHECK_EQ(third, 3);
    CHECK_EQ(fixture_number(L"NumProviders"), 3);

    CHECK_EQ(lineRemoveProvider(first, owner), 0);
    CHECK_EQ(ui->call[UI_REMOVE].count, 1);
    CHECK_EQ(ui->call[UI_REMOVE].id, first);
    CHECK_EQ(fixture_number(L"NumProviders"), 2);
    CHECK_EQ(fixture_number(L"ProviderID0"), (LONG)second); /* the others keep their IDs */
    CHECK_EQ(fixture_number(L"ProviderID2"), -1);
    CHECK_EQ(lineRemoveProvider(first, NULL), LINEERR_INVALPARAM);
    CHECK_EQ(lineRemoveProvider(second, NULL), 0);
    CHECK_EQ(ui_old->call[UI_REMOVE].count, 1);
    CHECK_EQ(lineRemoveProvider(third, NULL), 0);
    CHECK_EQ(fixture_listed(L"ui_bare.tsp", &id), 0);
    /* An ID is permanent: it never comes back. */
    REQUIRE_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &first), 0);
    CHECK_EQ(first, 4);
    CHECK_EQ(ui_new->initialized, 0); /* TAPI never started */
    DestroyWindow(owner);
}

TEST(adding_refuses_what_it_must)
{
    DWORD id = 77, other;
    WCHAR longest[MAX_PATH + 2];

    for (int i = 0; i < MAX_PATH + 1; i++)
        longest[i] = 'x';
    longest[MAX_PATH + 1] = 0;
    CHECK_EQ(lineAddProviderW(NULL, NULL, &id), LINEERR_INVALPOINTER);
    CHECK_EQ(lineAddProviderA(BAD_POINTER, NULL, &id), LINEERR_INVALPOINTER);
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", (HWND)0x12345, &id), LINEERR_INVALPARAM);
    CHECK_EQ(lineAddProviderW(L"", NULL, &id), LINEERR_INVALPARAM);
    CHECK_EQ(lineAddProviderW(longest, NULL, &id), LINEERR_INVALPARAM);
    CHECK_EQ(lineAddProviderW(L"no such file.tsp", NULL, &id), LINEERR_OPERATIONFAILED);
    CHECK_EQ(lineAddProviderW(L"providerui.dll", NULL, &id), LINEERR_OPERATIONFAILED);
    CHECK_EQ(fixture_number(L"NumProviders"), -1);
    /* The provider's own no. */
    ui->answer = LINEERR_NOMULTIPLEINSTANCE;
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_NOMULTIPLEINSTANCE);
    ui->answer = LINEERR_USERCANCELLED; /* or its user's */
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_USERCANCELLED);
    ui_old->answer = LINEERR_OPERATIONFAILED;
    CHECK_EQ(lineAddProviderW(L"ui_old.tsp", NULL, &id), LINEERR_OPERATIONFAILED);
    ui->answer = 5; /* no result of such a function */
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_OPERATIONFAILED);
    ui->answer = 0;
    lstrcpyW(ui_new->ui_file, L"no such ui.dll");
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_OPERATIONFAILED);
    ui_new->identify = LINEERR_NOMEM;
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_NOMEM);
    CHECK_EQ(id, 77);
    CHECK_EQ(fixture_listed(L"ui_new.tsp", &other), 0);
    /* One that has no word in it is there once only. */
    REQUIRE_EQ(lineAddProviderW(L"ui_bare.tsp", NULL, &id), 0);
    CHECK_EQ(lineAddProviderW(L"UI_BARE.TSP", NULL, &other), LINEERR_NOMULTIPLEINSTANCE);
    CHECK_EQ(lineRemoveProvider(id, NULL), 0);
}

TEST(removing_refuses_what_it_must)
{
    DWORD id;

    CHECK_EQ(lineRemoveProvider(0, NULL), LINEERR_INVALPARAM);
    CHECK_EQ(lineRemoveProvider(99, NULL), LINEERR_INVALPARAM);
    REQUIRE_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), 0);
    CHECK_EQ(lineRemoveProvider(id, (HWND)0x12345), LINEERR_INVALPARAM);
    ui->answer = LINEERR_OPERATIONFAILED;
    CHECK_EQ(lineRemoveProvider(id, NULL), LINEERR_OPERATIONFAILED);
    CHECK_EQ(fixture_number(L"NumProviders"), 1);
    /* Without its UI DLL it can go all the same. */
    lstrcpyW(ui_new->ui_file, L"no such ui.dll");
    CHECK_EQ(lineRemoveProvider(id, NULL), 0);
    CHECK_EQ(ui_new->call[UI_REMOVE].count, 1);
    CHECK_EQ(fixture_number(L"NumProviders"), 0);
}

TEST(a_provider_whose_file_has_gone_can_be_removed)
{
    fixture_providers(L"gone.tsp;ui_old.tsp");
    ui_old->answer = LINEERR_INUSE; /* one that is there may say no */
    CHECK_EQ(lineRemoveProvider(2, NULL), LINEERR_INUSE);
    ui_old->answer = 0;
    CHECK_EQ(lineConfigProvider(NULL, 1), LINEERR_OPERATIONFAILED);
    CHECK_EQ(lineRemoveProvider(1, NULL), 0);
    CHECK_EQ(lineRemoveProvider(1, NULL), LINEERR_INVALPARAM);
    CHECK_EQ(lineRemoveProvider(2, NULL), 0);
}

TEST(configuring_a_provider_that_does_not_run)
{
    fixture_providers(L"ui_new.tsp;ui_old.tsp;ui_bare.tsp");
    ui->ask_object = (DWORD_PTR)-1;
    ui->ask_type = TUISPIDLL_OBJECT_PROVIDERID;
    CHECK_EQ(lineConfigProvider(NULL, 1), 0);
    CHECK_EQ(ui->call[UI_CONFIG].count, 1);
    CHECK_EQ(ui->call[UI_CONFIG].id, 1);
    /* Its question reached the provider, and the answer came back. */
    CHECK_EQ(ui->callback, 0);
    CHECK_STR(ui->told, UI_TOLD);
    CHECK_EQ(ui_new->object, 1);
    CHECK_EQ(ui_new->object_type, TUISPIDLL_OBJECT_PROVIDERID);
    CHECK_STR(ui_new->data, UI_ASKED);
    CHECK_EQ(lineConfigProvider(NULL, 2), 0);
    CHECK_EQ(ui_old->call[UI_CONFIG].count, 1);
    CHECK_EQ(ui_old->call[UI_CONFIG].id, 2);
    ui_old->answer = LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(lineConfigProvider(NULL, 2), LINEERR_RESOURCEUNAVAIL);
    CHECK_EQ(lineConfigProvider(NULL, 3), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineConfigProvider(NULL, 0), LINEERR_INVALPARAM);
    CHECK_EQ(lineConfigProvider(NULL, 4), LINEERR_INVALPARAM);
    CHECK_EQ(lineConfigProvider((HWND)0x12345, 1), LINEERR_INVALPARAM);
    CHECK_EQ(ui_new->initialized, 0);
    CHECK_EQ(ui_new->shut_down, 0);
}

TEST(a_corrupt_list_is_named_so)
{
    LINEPROVIDERLIST list = {.dwTotalSize = sizeof(list)};
    DWORD id;

    fixture_set_number(L"NumProviders", 2); /* and not one entry */
    CHECK_EQ(lineGetProviderListW(VERSION, &list), LINEERR_INIFILECORRUPT);
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), LINEERR_INIFILECORRUPT);
    CHECK_EQ(lineConfigProvider(NULL, 1), LINEERR_INIFILECORRUPT);
    CHECK_EQ(lineRemoveProvider(1, NULL), LINEERR_INIFILECORRUPT);
    CHECK_EQ(ui->call[UI_INSTALL].count, 0);
}

TEST(the_variable_is_changed_in_this_process_only)
{
    WCHAR value[128];
    DWORD id = 0;

    fixture_providers(L"ui_new.tsp;ui_old.tsp");
    CHECK_EQ(lineRemoveProvider(1, NULL), 0);
    REQUIRE_EQ(lineAddProviderW(L"ui_bare.tsp", NULL, &id), 0);
    CHECK_EQ(id, 3);
    GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", value, ARRAYSIZE(value));
    CHECK_WSTR(value, L";ui_old.tsp;ui_bare.tsp");
    CHECK_EQ(lineRemoveProvider(2, NULL), 0);
    CHECK_EQ(lineRemoveProvider(3, NULL), 0);
    CHECK_EQ(fixture_listed(L"ui_old.tsp", &id), 0);
    CHECK_EQ(fixture_number(L"NumProviders"), -1);
}
