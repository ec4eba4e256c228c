/* device_test.c - the line as a device: configuration, icon, what is simpbx's own. */
#include "tests/features/features.h"
#include "tsp/simpbx/simpbx_ext.h"

/* ---- configuration ---- */

struct config {
    VARSTRING string;
    DWORD room[16];
};

static DWORD *get_config(struct config *config, const char *device_class)
{
    POISON(*config);
    config->string.dwTotalSize = sizeof *config;
    REQUIRE_EQ(lineGetDevConfigA(b->device, &config->string, device_class), 0);
    CHECK_EQ(config->string.dwStringFormat, STRINGFORMAT_BINARY);
    REQUIRE(config->string.dwStringSize >= 5 * sizeof(DWORD));
    return (DWORD *)((BYTE *)config + config->string.dwStringOffset);
}

TEST(configuration_there_and_back)
{
    struct config config, again;
    VARSTRING small = {.dwTotalSize = sizeof small};

    features_open();
    REQUIRE_EQ(lineSetStatusMessages(b->line, LINEDEVSTATE_CONFIGCHANGE, 0), 0);
    DWORD *words = get_config(&config, "tapi/line");
    CHECK_EQ(words[0], config.string.dwStringSize);
    CHECK_EQ(words[2], 0); /* call waiting */
    words[3] = 1;          /* do not disturb */
    CHECK_EQ(lineSetDevConfigA(b->device, words, config.string.dwStringSize, "tapi/line"), 0);
    CHECK(features_line_state(b, LINEDEVSTATE_CONFIGCHANGE) != NULL);
    CHECK_EQ(get_config(&again, NULL)[3], 1);
    HCALL call = agent_call(a, "102");
    agent_wait_call_state(a, call, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, call)->state_mode, LINEDISCONNECTMODE_DONOTDISTURB);

    CHECK_EQ(lineGetDevConfigA(b->device, &small, "tapi/line"), 0);
    CHECK_EQ(small.dwNeededSize, config.string.dwNeededSize);
    CHECK_EQ(small.dwStringSize, 0);
    CHECK_EQ(lineGetDevConfigA(b->device, &again.string, "comm/datamodem"),
             LINEERR_INVALDEVICECLASS);
    CHECK_EQ(lineGetDevConfigA(b->device, NULL, "tapi/line"), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetDevConfigA(4711, &again.string, "tapi/line"), LINEERR_BADDEVICEID);
    CHECK_EQ(lineSetDevConfigA(b->device, words, 4, "tapi/line"), LINEERR_INVALPARAM);
    CHECK_EQ(lineSetDevConfigA(b->device, NULL, 20, "tapi/line"), LINEERR_INVALPOINTER);
    CHECK_EQ(lineSetDevConfigW(b->device, words, 20, L"comm/datamodem"), LINEERR_INVALDEVICECLASS);
    CHECK_EQ(lineSetDevConfigA(4711, words, 20, "tapi/line"), LINEERR_BADDEVICEID);
    words[1] = 2;
    CHECK_EQ(lineSetDevConfigA(b->device, words, 20, "tapi/line"), LINEERR_INVALPARAM);
    words[1] = 1;
    words[3] = 0;
    CHECK_EQ(lineSetDevConfigA(b->device, words, 20, "tapi/line"), 0);
    features_end();
}

/* ---- the icon ---- */

TEST(icon)
{
    ICONINFO info;
    HICON icon = NULL;

    features_open();
    CHECK_EQ(lineGetIconA(a->device, NULL, &icon), 0);
    CHECK(icon != NULL && GetIconInfo(icon, &info));
    DeleteObject(info.hbmMask);
    DeleteObject(info.hbmColor);
    CHECK_EQ(lineGetIconW(a->device, L"tapi/line", &icon), 0);
    CHECK_EQ(lineGetIconA(a->device, "wave/in", &icon), LINEERR_INVALDEVICECLASS);
    CHECK_EQ(lineGetIconA(4711, NULL, &icon), LINEERR_BADDEVICEID);
    CHECK_EQ(lineGetIconA(a->device, NULL, NULL), LINEERR_INVALPOINTER);
    features_end();
}

/* ---- what is simpbx's own ---- */

TEST(extension_versions)
{
    LINEEXTENSIONID id;
    DWORD version, ext;
    HLINE line;

    features_open();
    POISON(id);
    REQUIRE_EQ(lineNegotiateAPIVersion(a->app, a->device, 0x00020000, 0x00020002, &version, &id),
               0);
    CHECK_EQ(id.dwExtensionID0, SIMPBX_EXT_ID0);
    CHECK_EQ(id.dwExtensionID3, SIMPBX_EXT_ID3);
    CHECK_EQ(lineNegotiateExtVersion(a->app, a->device, version, 1, 9, &ext), 0);
    CHECK_EQ(ext, SIMPBX_EXT_VERSION);
    CHECK_EQ(lineNegotiateExtVersion(a->app, a->device, version, 2, 9, &ext),
             LINEERR_INCOMPATIBLEEXTVERSION);
    CHECK_EQ(lineOpen(a->app, a->device, &line, version, 9, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
             LINEERR_INVALEXTVERSION);
    /* without the extension there are no commands */
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {0}};
    CHECK_EQ(agent_request(a, lineDevSpecific(a->line, 0, 0, &command, sizeof command), "ds"),
             LINEERR_OPERATIONUNAVAIL);
    features_end();
}

TEST(device_specific_commands)
{
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {0}};
    LINEEXTENSIONID id;
    DWORD version, ext;
    HLINE line;

    features_talking();
    REQUIRE_EQ(lineNegotiateAPIVersion(a->app, a->device, 0x00020000, 0x00020002, &version, &id),
               0);
    REQUIRE_EQ(lineNegotiateExtVersion(a->app, a->device, version, 1, 1, &ext), 0);
    REQUIRE_EQ(lineOpen(a->app, a->device, &line, version, ext, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
               0);
    exchange_step(1234);
    agent_do(a, lineDevSpecific(line, 0, 0, &command, sizeof command), "ds");
    CHECK(command.value[0] >= 1234);
    CHECK_EQ(command.value[1], 1); /* a stepped clock */

    /* the exchange sends a message of its own: to every application of the line */
    struct simpbx_command notify = {SIMPBX_COMMAND_NOTIFY, {11, 22, 33, 0}};
    features_forget();
    agent_do(a, lineDevSpecific(line, 0, 0, &notify, sizeof notify), "ds");
    const LINEMESSAGE *told = agent_wait_message(w, LINE_DEVSPECIFIC, WAIT_LONG);
    REQUIRE(told != NULL);
    CHECK_EQ(told->dwParam1, 11);
    CHECK_EQ(told->dwParam2, 22);
    CHECK_EQ(told->dwParam3, 33);
    /* and of a call */
    features_forget();
    agent_do(a, lineDevSpecific(line, 0, a->call, &notify, sizeof notify), "ds");
    told = agent_wait_message(w, LINE_DEVSPECIFIC, WAIT_LONG);
    REQUIRE(told != NULL);
    CHECK_EQ(told->hDevice, (DWORD)(DWORD_PTR)features_watched());

    command.code = 99;
    CHECK_EQ(agent_request(a, lineDevSpecific(line, 0, 0, &command, sizeof command), "ds"),
             LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(agent_request(a, lineDevSpecific(line, 0, 0, &command, 4), "ds"),
             LINEERR_STRUCTURETOOSMALL);
    CHECK_EQ(agent_request(a, lineDevSpecific(line, 5, 0, &command, sizeof command), "ds"),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(lineDevSpecific(line, 0, 0x1234, &command, sizeof command), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineDevSpecific(0x1234, 0, 0, &command, sizeof command), LINEERR_INVALLINEHANDLE);
    CHECK_EQ(lineClose(line), 0);
    features_end();
}

TEST(device_specific_features)
{
    DWORD on = 1;

    features_open();
    agent_do(b, lineDevSpecificFeature(b->line, PHONEBUTTONFUNCTION_DONOTDISTURB, &on, sizeof on),
             "feature");
    const LINEMESSAGE *told = agent_wait_message(b, LINE_DEVSPECIFICFEATURE, WAIT_LONG);
    REQUIRE(told != NULL);
    CHECK_EQ(told->dwParam1, PHONEBUTTONFUNCTION_DONOTDISTURB);
    CHECK_EQ(told->dwParam2, 1);
    HCALL call = agent_call(a, "102");
    agent_wait_call_state(a, call, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, call)->state_mode, LINEDISCONNECTMODE_DONOTDISTURB);
    agent_do(b, lineDevSpecificFeature(b->line, PHONEBUTTONFUNCTION_DONOTDISTURB, NULL, 0),
             "feature");
    agent_do(b, lineDevSpecificFeature(b->line, PHONEBUTTONFUNCTION_MSGWAITON, NULL, 0), "feature");
    CHECK(features_line(b)->dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT);
    CHECK_EQ(agent_request(b, lineDevSpecificFeature(b->line, PHONEBUTTONFUNCTION_CAMPON, NULL, 0),
                           "feature"),
             LINEERR_INVALFEATURE);
    features_end();
}
