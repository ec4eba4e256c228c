/* describe.c - messages are rows: what each parameter is. From the pages of the messages. */
#include "tools/tapictl/describe.h"

enum kind {
    NONE,
    NUMBER,
    HANDLE_, /* a handle or other opaque value */
    WORD_,   /* one value of a family */
    BITS,
    DIGIT,
    RESULT, /* 0 or an error */
    DETAIL, /* what a state says besides: details below */
    PRIVILEGE,
    TICK,   /* ms since Windows started, 0 before version 2.0 */
    ORNONE, /* one value of a family, or nothing */
    REINIT, /* of the message in whose place it came, or nothing */
};

struct parameter {
    const char *key;
    enum kind kind;
    enum word_family family;
};

#define P(key_, kind_)                                                                             \
    {                                                                                              \
        key_, kind_, 0                                                                             \
    }
#define W(key_, kind_, family)                                                                     \
    {                                                                                              \
        key_, kind_, WORDS_##family                                                                \
    }
#define UNUSED                                                                                     \
    {                                                                                              \
        NULL, NONE, 0                                                                              \
    }

static const struct {
    uint32_t id;
    const char *device; /* what hDevice is, NULL for nothing */
    struct parameter params[3];
} messages[] = {
    {WORD_LINE_ADDRESSSTATE,
     "line",
     {P("address", NUMBER), W("state", BITS, LINEADDRESSSTATE), UNUSED}},
    {WORD_LINE_CALLINFO, "call", {W("changed", BITS, LINECALLINFOSTATE), UNUSED, UNUSED}},
    {WORD_LINE_CALLSTATE,
     "call",
     {W("state", WORD_, LINECALLSTATE), P("detail", DETAIL),
      W("privilege", PRIVILEGE, LINECALLPRIVILEGE)}},
    {WORD_LINE_CLOSE, "line", {UNUSED, UNUSED, UNUSED}},
    {WORD_LINE_DEVSPECIFIC, "device", {P("p1", HANDLE_), P("p2", HANDLE_), P("p3", HANDLE_)}},
    {WORD_LINE_DEVSPECIFICFEATURE,
     "device",
     {P("p1", HANDLE_), P("p2", HANDLE_), P("p3", HANDLE_)}},
    {WORD_LINE_GATHERDIGITS, "call", {W("reason", WORD_, LINEGATHERTERM), UNUSED, P("tick", TICK)}},
    {WORD_LINE_GENERATE, "call", {W("reason", WORD_, LINEGENERATETERM), UNUSED, P("tick", TICK)}},
    {WORD_LINE_LINEDEVSTATE,
     "line",
     {W("state", BITS, LINEDEVSTATE), P("p2", DETAIL), P("p3", DETAIL)}},
    {WORD_LINE_MONITORDIGITS,
     "call",
     {P("digit", DIGIT), W("mode", WORD_, LINEDIGITMODE), P("tick", TICK)}},
    {WORD_LINE_MONITORMEDIA, "call", {W("media", BITS, LINEMEDIAMODE), UNUSED, P("tick", TICK)}},
    {WORD_LINE_MONITORTONE, "call", {P("tone", HANDLE_), UNUSED, P("tick", TICK)}},
    {WORD_LINE_REPLY, NULL, {P("request", HANDLE_), W("result", RESULT, LINEERR), UNUSED}},
    {WORD_LINE_REQUEST,
     NULL,
     {W("mode", WORD_, LINEREQUESTMODE), P("window", HANDLE_), P("drop", HANDLE_)}},
    {WORD_LINE_CREATE, NULL, {P("device", NUMBER), UNUSED, UNUSED}},
    {WORD_LINE_REMOVE, NULL, {P("device", NUMBER), UNUSED, UNUSED}},
    {WORD_LINE_AGENTSPECIFIC, "device", {P("p1", HANDLE_), P("p2", HANDLE_), P("p3", HANDLE_)}},
    {WORD_LINE_AGENTSTATUS,
     "line",
     {P("address", NUMBER), W("changed", BITS, LINEAGENTSTATUS),
      W("state", ORNONE, LINEAGENTSTATE)}},
    {WORD_LINE_APPNEWCALL,
     "line",
     {P("address", NUMBER), P("call", HANDLE_), W("privilege", PRIVILEGE, LINECALLPRIVILEGE)}},
    {WORD_LINE_PROXYREQUEST, "line", {P("request", HANDLE_), UNUSED, UNUSED}},
    {WORD_LINE_AGENTSESSIONSTATUS,
     "line",
     {P("session", HANDLE_), W("changed", BITS, LINEAGENTSESSIONSTATUS), UNUSED}},
    {WORD_LINE_QUEUESTATUS,
     "line",
     {P("queue", HANDLE_), W("changed", BITS, LINEQUEUESTATUS), UNUSED}},
    {WORD_LINE_AGENTSTATUSEX,
     "line",
     {P("agent", HANDLE_), W("changed", BITS, LINEAGENTSTATUSEX), UNUSED}},
    {WORD_LINE_GROUPSTATUS, "line", {W("changed", WORD_, LINEGROUPSTATUS), UNUSED, UNUSED}},
    {WORD_LINE_PROXYSTATUS,
     "line",
     {W("changed", WORD_, LINEPROXYSTATUS), W("request", ORNONE, LINEPROXYREQUEST), UNUSED}},
    {WORD_LINE_APPNEWCALLHUB, NULL, {P("hub", HANDLE_), UNUSED, UNUSED}},
    {WORD_LINE_CALLHUBCLOSE, NULL, {P("hub", HANDLE_), UNUSED, UNUSED}},
    {WORD_LINE_DEVSPECIFICEX, "device", {P("p1", HANDLE_), P("p2", HANDLE_), P("p3", HANDLE_)}},
    {WORD_PHONE_BUTTON,
     "phone",
     {P("button", NUMBER), W("mode", WORD_, PHONEBUTTONMODE), W("state", WORD_, PHONEBUTTONSTATE)}},
    {WORD_PHONE_CLOSE, "phone", {UNUSED, UNUSED, UNUSED}},
    {WORD_PHONE_DEVSPECIFIC, "phone", {P("p1", HANDLE_), P("p2", HANDLE_), P("p3", HANDLE_)}},
    {WORD_PHONE_REPLY, NULL, {P("request", HANDLE_), W("result", RESULT, PHONEERR), UNUSED}},
    {WORD_PHONE_STATE, "phone", {W("state", BITS, PHONESTATE), P("p2", DETAIL), P("p3", DETAIL)}},
    {WORD_PHONE_CREATE, NULL, {P("device", NUMBER), UNUSED, UNUSED}},
    {WORD_PHONE_REMOVE, NULL, {P("device", NUMBER), UNUSED, UNUSED}},
};

/* What dwParam2 and dwParam3 are where dwParam1 is exactly this state. */
#define CALL(state, key, kind, family)                                                             \
    {                                                                                              \
        WORD_LINE_CALLSTATE, WORD_LINECALLSTATE_##state,                                           \
        {                                                                                          \
            {key, kind, family}, UNUSED                                                            \
        }                                                                                          \
    }
#define PHONE(state, key, kind, family)                                                            \
    {                                                                                              \
        WORD_PHONE_STATE, WORD_PHONESTATE_##state,                                                 \
        {                                                                                          \
            {key, kind, family}, UNUSED                                                            \
        }                                                                                          \
    }
static const struct {
    uint32_t id, state;
    struct parameter params[2];
} details[] = {
    CALL(BUSY, "mode", ORNONE, WORDS_LINEBUSYMODE),
    CALL(CONNECTED, "mode", ORNONE, WORDS_LINECONNECTEDMODE),
    CALL(DIALTONE, "mode", ORNONE, WORDS_LINEDIALTONEMODE),
    CALL(OFFERING, "mode", ORNONE, WORDS_LINEOFFERINGMODE),
    CALL(SPECIALINFO, "mode", ORNONE, WORDS_LINESPECIALINFO),
    CALL(DISCONNECTED, "mode", ORNONE, WORDS_LINEDISCONNECTMODE),
    CALL(CONFERENCED, "conference", HANDLE_, 0),
    {WORD_LINE_LINEDEVSTATE,
     WORD_LINEDEVSTATE_RINGING,
     {P("ringMode", NUMBER), P("ringCount", NUMBER)}},
    {WORD_LINE_LINEDEVSTATE,
     WORD_LINEDEVSTATE_REINIT,
     {P("original", REINIT), P("originalP1", REINIT)}},
    {WORD_LINE_LINEDEVSTATE, WORD_LINEDEVSTATE_COMPLCANCEL, {P("completion", HANDLE_), UNUSED}},
    {WORD_PHONE_STATE, WORD_PHONESTATE_REINIT, {P("original", REINIT), P("originalP1", REINIT)}},
    PHONE(OWNER, "owners", NUMBER, 0),
    PHONE(MONITORS, "monitors", NUMBER, 0),
    PHONE(LAMP, "button", NUMBER, 0),
    PHONE(RINGMODE, "ringMode", NUMBER, 0),
    PHONE(HANDSETHOOKSWITCH, "mode", ORNONE, WORDS_PHONEHOOKSWITCHMODE),
    PHONE(SPEAKERHOOKSWITCH, "mode", ORNONE, WORDS_PHONEHOOKSWITCHMODE),
    PHONE(HEADSETHOOKSWITCH, "mode", ORNONE, WORDS_PHONEHOOKSWITCHMODE),
};

static void write_parameter(struct writer *writer, const struct parameter *parameter, int index,
                            const struct described_message *message);

static void write_detail(struct writer *writer, int index, const struct described_message *message)
{
    static const char *const keys[] = {NULL, "detail", "detail3"};

    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (details[i].id == message->id && details[i].state == (uint32_t)message->params[0]) {
            write_parameter(writer, &details[i].params[index - 1], index, message);
            return;
        }
    if (message->params[index])
        writer_handle(writer, keys[index], message->params[index]);
}

/* REINIT stands for a message that the application is too old for: its name and dwParam1. */
static void write_original(struct writer *writer, int index,
                           const struct described_message *message)
{
    uint32_t original = (uint32_t)message->params[1];

    if (!original)
        return; /* it is meant as it is: everything has to be started anew */
    if (index == 1)
        writer_word(writer, "original", WORDS_MESSAGE, original);
    else if (original == WORD_LINE_LINEDEVSTATE)
        writer_bits(writer, "originalState", WORDS_LINEDEVSTATE, (uint32_t)message->params[2]);
    else if (original == WORD_PHONE_STATE)
        writer_bits(writer, "originalState", WORDS_PHONESTATE, (uint32_t)message->params[2]);
    else
        writer_number(writer, "originalDevice", message->params[2]);
}

static void write_digit(struct writer *writer, uint32_t value)
{
    char text[2] = {(char)(value & 0x7F), 0};

    writer_text(writer, "digit", text);
}

static void write_parameter(struct writer *writer, const struct parameter *parameter, int index,
                            const struct described_message *message)
{
    uint64_t value = message->params[index];

    switch (parameter->kind) {
    case NONE:
        break;
    case NUMBER:
        writer_number(writer, parameter->key, value);
        break;
    case HANDLE_:
        writer_handle(writer, parameter->key, value);
        break;
    case WORD_:
        writer_word(writer, parameter->key, parameter->family, (uint32_t)value);
        break;
    case BITS:
        writer_bits(writer, parameter->key, parameter->family, (uint32_t)value);
        break;
    case PRIVILEGE: /* 0: as before */
        if (value)
            writer_bits(writer, parameter->key, parameter->family, (uint32_t)value);
        break;
    case RESULT:
        if ((uint32_t)value)
            writer_word(writer, parameter->key, parameter->family, (uint32_t)value);
        else
            writer_text(writer, parameter->key, "ok");
        break;
    case DIGIT:
        write_digit(writer, (uint32_t)value);
        break;
    case DETAIL:
        write_detail(writer, index, message);
        break;
    case TICK:
        if (value)
            writer_number(writer, parameter->key, value);
        break;
    case ORNONE:
        if ((uint32_t)value)
            writer_word(writer, parameter->key, parameter->family, (uint32_t)value);
        break;
    case REINIT:
        write_original(writer, index, message);
        break;
    }
}

const char *message_name(uint32_t id, char spare[WORD_SPARE])
{
    return word_or_number(WORDS_MESSAGE, id, spare);
}

void message_describe(struct writer *writer, const struct described_message *message)
{
    static const struct parameter unknown[] = {
        P("p1", HANDLE_),
        P("p2", HANDLE_),
        P("p3", HANDLE_),
    };
    const struct parameter *params = unknown;
    const char *device = "device";

    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++)
        if (messages[i].id == message->id) {
            params = messages[i].params;
            device = messages[i].device;
        }
    if (device)
        writer_handle(writer, device, message->device);
    for (int i = 0; i < 3; i++)
        write_parameter(writer, &params[i], i, message);
}
