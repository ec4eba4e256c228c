/* logic_test.c - tapictl's words, writer, messages, command line and PE reader, without Win32. */
#include "tests/support/test.h"

#include <stdarg.h>
#include <stdlib.h>

#include "tools/tapictl/describe.h"
#include "tools/tapictl/fields.h"
#include "tools/tapictl/options.h"
#include "tools/tapictl/pe.h"

static char out[4096];

static void put_out(void *context, const char *text, size_t length)
{
    size_t used = strlen(out);

    (void)context;
    if (CHECK(length < sizeof out - used)) {
        memcpy(out + used, text, length);
        out[used + length] = 0;
    }
}

static void put_nowhere(void *context, const char *text, size_t length)
{
    (void)context, (void)text, (void)length;
}

static struct writer *begin(enum writer_style style)
{
    static struct writer writer;

    out[0] = 0;
    writer_start(&writer, style, put_out, NULL);
    return &writer;
}

static void write_sample(struct writer *writer)
{
    writer_object(writer, NULL, "line 0");
    writer_number(writer, "deviceID", 7);
    writer_bits(writer, "callStates", WORDS_LINECALLSTATE, 0x80000101);
    writer_bits(writer, "parkModes", WORDS_LINEPARKMODE, 0);
    writer_object(writer, "minDialParams", NULL);
    writer_bool(writer, "uuiSize", true);
    writer_end(writer);
    writer_array(writer, "addresses");
    writer_object(writer, NULL, "address 0");
    writer_handle(writer, "callerIDFlags", 0x1f);
    writer_end(writer);
    writer_object(writer, NULL, "address 1");
    writer_end(writer);
    writer_end(writer);
    writer_word(writer, "state", WORDS_LINECALLSTATE, 0x100);
    writer_end(writer);
}

TEST(one_value_as_text_line_and_json)
{
    write_sample(begin(WRITER_TEXT));
    CHECK_STR(out, "line 0\n"
                   "  device ID: 7\n"
                   "  call states: idle, connected, 0x80000000\n"
                   "  park modes: none\n"
                   "  min dial params\n"
                   "    uui size: yes\n"
                   "  address 0\n"
                   "    caller ID flags: 0x1f\n"
                   "  address 1\n"
                   "  state: connected\n");
    write_sample(begin(WRITER_JSON));
    CHECK_STR(out, "{\"deviceID\":7,\"callStates\":[\"idle\",\"connected\",\"0x80000000\"],"
                   "\"parkModes\":[],\"minDialParams\":{\"uuiSize\":true},"
                   "\"addresses\":[{\"callerIDFlags\":31},{}],\"state\":\"connected\"}\n");
    write_sample(begin(WRITER_LINE));
    CHECK_STR(out, "line 0 device ID 7, call states idle+connected+0x80000000, park modes none, "
                   "uui size yes, caller ID flags 0x1f, state connected\n");
}

TEST(json_strings_are_escaped_and_always_valid)
{
    struct writer *writer = begin(WRITER_JSON);

    writer_text(writer, NULL, "a\"b\\c\n\t\x01\x7f/");
    CHECK_STR(out, "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f/\"");
    writer = begin(WRITER_JSON);
    /* valid: e with dots, euro, U+1F600; not valid: overlong, surrogate, beyond, cut off */
    writer_text(writer, NULL,
                "\xC3\xAB\xE2\x82\xAC\xF0\x9F\x98\x80|\xC0\x80|\xED\xA0\x80|\xF4\x90\x80\x80|\xC3");
#define BAD "\xEF\xBF\xBD"
    CHECK_STR(out, "\"\xC3\xAB\xE2\x82\xAC\xF0\x9F\x98\x80|" BAD BAD "|" BAD BAD BAD
                   "|" BAD BAD BAD BAD "|" BAD "\"");
}

TEST(plain_text_stays_on_its_line)
{
    writer_text(begin(WRITER_TEXT), "name", "a\r\n\x1b[2J\xff");
    CHECK_STR(out, "name: a   [2J" BAD "\n");
}

TEST(utf16_becomes_utf8)
{
    /* A, e with dots, euro, U+1F600, a lone surrogate, NUL, B */
    static const unsigned char text[] = {0x41, 0,    0xEB, 0,    0xAC, 0x20, 0x3D, 0xD8,
                                         0,    0xDE, 0x3D, 0xD8, 0,    0,    0x42, 0};
    char utf8[32];

    CHECK_EQ(writer_from_utf16(text, 8, utf8, sizeof utf8), 13);
    CHECK_STR(utf8, "A\xC3\xAB\xE2\x82\xAC\xF0\x9F\x98\x80" BAD);
    CHECK_EQ(writer_from_utf16(text, 8, utf8, 6), 3); /* the euro does not fit */
    CHECK_STR(utf8, "A\xC3\xAB");
}

static const char *describe(uint32_t id, uint64_t device, uint64_t p1, uint64_t p2, uint64_t p3)
{
    struct described_message message = {id, device, {p1, p2, p3}};
    struct writer *writer = begin(WRITER_LINE);
    char spare[WORD_SPARE];

    writer_object(writer, NULL, message_name(id, spare));
    message_describe(writer, &message);
    writer_end(writer);
    return out;
}

TEST(messages_in_words)
{
    CHECK_STR(describe(WORD_LINE_CALLSTATE, 0x10, 0x100, 1, 4),
              "LINE_CALLSTATE call 0x10, state connected, mode active, privilege owner\n");
    CHECK_STR(describe(WORD_LINE_CALLSTATE, 0x10, 0x4000, 0x20, 0),
              "LINE_CALLSTATE call 0x10, state disconnected, mode busy\n");
    CHECK_STR(describe(WORD_LINE_CALLSTATE, 0x10, 0x800, 0x77, 0),
              "LINE_CALLSTATE call 0x10, state conferenced, conference 0x77\n");
    CHECK_STR(describe(WORD_LINE_CALLSTATE, 0x10, 1, 0, 0),
              "LINE_CALLSTATE call 0x10, state idle\n");
    CHECK_STR(describe(WORD_LINE_REPLY, 0, 0x20, 0, 0), "LINE_REPLY request 0x20, result ok\n");
    CHECK_STR(describe(WORD_LINE_REPLY, 0, 0x20, 0xFFFFFFFF80000048, 0),
              "LINE_REPLY request 0x20, result LINEERR_OPERATIONFAILED\n");
    CHECK_STR(describe(WORD_LINE_MONITORDIGITS, 3, 0x35, 2, 9),
              "LINE_MONITORDIGITS call 0x3, digit 5, mode dtmf, tick 9\n");
    CHECK_STR(describe(WORD_LINE_APPNEWCALL, 1, 0, 0x22, 2),
              "LINE_APPNEWCALL line 0x1, address 0, call 0x22, privilege monitor\n");
    CHECK_STR(describe(WORD_LINE_GATHERDIGITS, 3, 1, 0, 0),
              "LINE_GATHERDIGITS call 0x3, reason bufferfull\n");
    CHECK_STR(describe(0x8000, 1, 2, 3, 4), "0x8000 device 0x1, p1 0x2, p2 0x3, p3 0x4\n");
}

TEST(what_a_state_says_besides_in_words)
{
    CHECK_STR(describe(WORD_LINE_LINEDEVSTATE, 1, 2, 3, 4),
              "LINE_LINEDEVSTATE line 0x1, state ringing, ring mode 3, ring count 4\n");
    CHECK_STR(describe(WORD_LINE_LINEDEVSTATE, 1, WORD_LINEDEVSTATE_REINIT, 0, 0),
              "LINE_LINEDEVSTATE line 0x1, state reinit\n");
    CHECK_STR(
        describe(WORD_LINE_LINEDEVSTATE, 0, WORD_LINEDEVSTATE_REINIT, WORD_LINE_CREATE, 7),
        "LINE_LINEDEVSTATE line 0x0, state reinit, original LINE_CREATE, original device 7\n");
    CHECK_STR(
        describe(WORD_LINE_LINEDEVSTATE, 0, WORD_LINEDEVSTATE_REINIT, WORD_LINE_LINEDEVSTATE,
                 WORD_LINEDEVSTATE_TRANSLATECHANGE),
        "LINE_LINEDEVSTATE line 0x0, state reinit, original LINE_LINEDEVSTATE, original state "
        "translatechange\n");
    CHECK_STR(describe(WORD_LINE_LINEDEVSTATE, 1, WORD_LINEDEVSTATE_COMPLCANCEL, 5, 0),
              "LINE_LINEDEVSTATE line 0x1, state complcancel, completion 0x5\n");
    CHECK_STR(describe(WORD_PHONE_STATE, 2, WORD_PHONESTATE_OWNER, 1, 0),
              "PHONE_STATE phone 0x2, state owner, owners 1\n");
    CHECK_STR(describe(WORD_PHONE_STATE, 2, WORD_PHONESTATE_SPEAKERHOOKSWITCH, 8, 0),
              "PHONE_STATE phone 0x2, state speakerhookswitch, mode micspeaker\n");
    CHECK_STR(describe(WORD_PHONE_STATE, 0, WORD_PHONESTATE_REINIT, WORD_PHONE_CREATE, 4),
              "PHONE_STATE phone 0x0, state reinit, original PHONE_CREATE, original device 4\n");
    CHECK_STR(describe(WORD_PHONE_BUTTON, 2, 12, 2, 2),
              "PHONE_BUTTON phone 0x2, button 12, mode call, state down\n");
    CHECK_STR(describe(WORD_PHONE_REPLY, 0, 3, 0x90000005, 0),
              "PHONE_REPLY request 0x3, result PHONEERR_INIFILECORRUPT\n");
}

TEST(agents_queues_and_proxies_in_words)
{
    CHECK_STR(describe(WORD_LINE_AGENTSTATUS, 1, 0, 2, 1),
              "LINE_AGENTSTATUS line 0x1, address 0, changed state, state loggedoff\n");
    CHECK_STR(describe(WORD_LINE_AGENTSTATUS, 1, 0, 1, 0),
              "LINE_AGENTSTATUS line 0x1, address 0, changed group\n");
    CHECK_STR(describe(WORD_LINE_AGENTSTATUSEX, 1, 9, 2, 0),
              "LINE_AGENTSTATUSEX line 0x1, agent 0x9, changed state\n");
    CHECK_STR(describe(WORD_LINE_AGENTSESSIONSTATUS, 1, 9, 1, 0),
              "LINE_AGENTSESSIONSTATUS line 0x1, session 0x9, changed newsession\n");
    CHECK_STR(describe(WORD_LINE_QUEUESTATUS, 1, 9, 1, 0),
              "LINE_QUEUESTATUS line 0x1, queue 0x9, changed updateinfo\n");
    CHECK_STR(describe(WORD_LINE_GROUPSTATUS, 1, 1, 0, 0),
              "LINE_GROUPSTATUS line 0x1, changed newgroup\n");
    CHECK_STR(describe(WORD_LINE_PROXYSTATUS, 1, 1, 2, 0),
              "LINE_PROXYSTATUS line 0x1, changed open, request setagentstate\n");
    CHECK_STR(describe(WORD_LINE_PROXYSTATUS, 1, 4, 0, 0),
              "LINE_PROXYSTATUS line 0x1, changed allopenforacd\n");
}

static void put_dword(unsigned char *structure, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        structure[at + (size_t)i] = (unsigned char)(value >> (8 * i));
}

/* Arrays behind a structure: of words, of bits, of structures with texts. */
TEST(arrays_in_structures)
{
    static unsigned char status[256];

    put_dword(status, 36, 1);   /* one forwarding */
    put_dword(status, 40, 24);  /* in the size that it had before version 3.1 */
    put_dword(status, 44, 100); /* at */
    put_dword(status, 48, 8);   /* terminal modes */
    put_dword(status, 52, 140);
    put_dword(status, 100, 1); /* uncond */
    put_dword(status, 116, 4);
    put_dword(status, 120, 160);
    put_dword(status, 140, 3);
    status[160] = '1';
    status[162] = '2';
    fields_write(begin(WRITER_TEXT), fields_LINEADDRESSSTATUS, status, sizeof status, 0x00030001);
    CHECK(strstr(out, "forward 0\n  forward mode: uncond\n  caller address: \n"
                      "  dest country code: 0\n  dest address: 12\n"
                      "terminal modes: buttons+lamps, none\n") != NULL);
    fields_write(begin(WRITER_JSON), fields_LINEADDRESSSTATUS, status, sizeof status, 0x00020000);
    CHECK(strstr(out, "\"terminalModes\":[[\"buttons\",\"lamps\"],[]]") != NULL);
    put_dword(status, 36, 0xFFFFFFFF); /* as many as it says there are not */
    fields_write(begin(WRITER_TEXT), fields_LINEADDRESSSTATUS, status, sizeof status, 0x00030001);
    CHECK(strstr(out, "forward 1\n") == NULL);
}

TEST(every_structure_survives_every_size)
{
    static const struct field *const tables[] = {
        fields_LINEDEVCAPS,
        fields_LINEADDRESSCAPS,
        fields_LINEDEVSTATUS,
        fields_LINEADDRESSSTATUS,
        fields_PHONECAPS,
        fields_PHONESTATUS,
        fields_PHONEBUTTONINFO,
        fields_LINETRANSLATECAPS,
        fields_LINETRANSLATEOUTPUT,
        fields_LINECOUNTRYLIST,
        fields_LINEPROXYREQUESTLIST,
        fields_LINEAGENTGROUPLIST,
        fields_LINEAGENTACTIVITYLIST,
        fields_LINEAGENTCAPS,
        fields_LINEAGENTSTATUS,
        fields_LINEQUEUELIST,
        fields_LINEQUEUEINFO,
    };
    static const unsigned char fills[] = {0x00, 0x04, 0x08, 0x10, 0x20, 0x7F, 0xFF};

    /* The sanitizer sees what is read behind the end; the output is of no interest. */
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        for (size_t fill = 0; fill < sizeof fills; fill++)
            for (uint32_t size = 0; size < 360; size += 4) {
                unsigned char *structure = malloc(size + 1);
                struct writer writer;

                REQUIRE(structure != NULL);
                memset(structure, 0, size);
                for (uint32_t at = 0; at < size; at += 4)
                    structure[at] = fills[fill]; /* sizes, offsets, counts: small or negative */
                writer_start(&writer, fill % 2 ? WRITER_TEXT : WRITER_JSON, put_nowhere, NULL);
                fields_write(&writer, tables[i], structure, size, 0x00030001);
                free(structure);
            }
}

TEST(words_are_read_back)
{
    uint32_t value = 0;

    CHECK(word_value(WORDS_PHONELAMPMODE, "Flash", &value));
    CHECK_EQ(value, 0x10);
    CHECK(!word_value(WORDS_PHONELAMPMODE, "fla", &value));
    CHECK(!word_value(WORDS_PHONELAMPMODE, "flashes", &value));
    CHECK(!word_value(WORDS_PHONELAMPMODE, "", &value));
}

TEST(every_message_that_an_application_gets_has_a_row)
{
    for (const struct word *word = word_families[WORDS_MESSAGE]; word->word; word++) {
        describe(word->value, 1, 1, 1, 1);
        CHECK(strncmp(out, word->word, strlen(word->word)) == 0);
        if (strstr(word->word, "SPECIFIC") == NULL && !CHECK(strstr(out, "device 0x1, p1") == NULL))
            test_note("%s", out);
    }
}

TEST(hostile_structures_stay_within_their_bytes)
{
    uint32_t *words = malloc(64); /* the sanitizer sees what is read behind it */

    REQUIRE(words != NULL);
    memset(words, 0xFF, 64); /* sizes and offsets of 4 GB */
    words[3] = 10;           /* provider info: the last 10 bytes, then one byte too far */
    words[4] = 54;
    fields_write(begin(WRITER_TEXT), fields_LINEDEVCAPS, words, 64, 0x00030001);
    CHECK(strstr(out, "switch info: \n") != NULL);
    CHECK(strstr(out, "bearer modes: voice") != NULL);
    CHECK(strstr(out, "max rate") != NULL);
    CHECK(strstr(out, "generate tone modes") == NULL); /* at 64 */
    free(words);
}

TEST(an_older_version_has_fewer_members)
{
    static unsigned char caps[400];

    fields_write(begin(WRITER_TEXT), fields_LINEDEVCAPS, caps, sizeof caps, 0x00010003);
    CHECK(strstr(out, "line features: none") != NULL);
    CHECK(strstr(out, "address types") == NULL);
    fields_write(begin(WRITER_TEXT), fields_LINEDEVCAPS, caps, sizeof caps, 0x00030001);
    CHECK(strstr(out, "address types: none") != NULL);
}

static bool parse(struct options *options, char *error, int count, ...)
{
    static char *argv[10];
    va_list arguments;

    va_start(arguments, count);
    argv[0] = "tapictl";
    for (int i = 1; i <= count; i++)
        argv[i] = va_arg(arguments, char *);
    argv[count + 1] = NULL;
    va_end(arguments);
    *error = 0;
    return options_parse(options, count + 1, argv, error, 256);
}

TEST(the_command_line)
{
    struct options options;
    char error[256];

    CHECK(parse(&options, error, 6, "dial", "--json", "101", "--for", "5", "555"));
    CHECK_EQ(options.command, COMMAND_DIAL);
    CHECK_STR(options.words[0], "101");
    CHECK_STR(options.words[1], "555");
    CHECK(options.words[2] == NULL && options.json);
    CHECK_EQ(options.seconds, 5);
    CHECK_EQ(options.timeout, 30);
    CHECK(!parse(&options, error, 0));
    CHECK(!parse(&options, error, 1, "fly"));
    CHECK_STR(error, "there is no command fly; tapictl help lists them");
    CHECK(!parse(&options, error, 2, "dial", "101"));
    CHECK_STR(error, "usage: tapictl dial LINE NUMBER");
    CHECK(!parse(&options, error, 4, "dial", "101", "555", "666"));
    CHECK(!parse(&options, error, 7, "dial", "1", "2", "3", "4", "5", "6"));
    CHECK(!parse(&options, error, 2, "monitor", "--count"));
    CHECK(!parse(&options, error, 3, "monitor", "--count", "0"));
    CHECK(!parse(&options, error, 3, "monitor", "--count", "1x"));
    CHECK(!parse(&options, error, 3, "monitor", "--count", "99999999999"));
    CHECK_STR(error, "--count needs a number from 1 to 1000000");
    CHECK(!parse(&options, error, 2, "monitor", "--quick"));
    CHECK_STR(error, "there is no option --quick");
    CHECK(!parse(&options, error, 2, "list", "ships"));
    CHECK_STR(error, "there is no list of ships; tapictl help names them");
    CHECK(parse(&options, error, 2, "list", "addresses"));
    CHECK(parse(&options, error, 4, "translate", "5", "--card", "3"));
    CHECK_EQ(options.card, 3);
    CHECK(parse(&options, error, 5, "phone", "0", "lamp", "12", "off"));
    CHECK_STR(options.words[3], "off");
    CHECK(parse(&options, error, 3, "monitor", "phone", "0"));
    CHECK(!parse(&options, error, 3, "monitor", "101", "102"));
    CHECK(parse(&options, error, 4, "forward", "101", "102", "noansw"));
    CHECK(!parse(&options, error, 4, "forward", "101", "102", "never"));
}

/* A 32-bit DLL in 512 bytes: one section from address 0x1000 at file offset 0x100, one export. */
static void make_dll(uint8_t dll[512])
{
    static const struct {
        uint16_t at;
        uint32_t value;
    } words[] = {
        {0x3C, 0x40},        {0x40, 0x00004550},   {0x44, 0x0001014c},  /* i386, one section */
        {0x54, 0x00000078},  {0x58, 0x0000010b},   {0x58 + 96, 0x1000}, /* optional header */
        {0xD0 + 12, 0x1000}, {0xD0 + 16, 0x100},   {0xD0 + 20, 0x100},
        {0x100 + 24, 1},     {0x100 + 32, 0x1040}, {0x140, 0x1050},
    };

    memset(dll, 0, 512);
    dll[0] = 'M';
    dll[1] = 'Z';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (int k = 0; k < 4; k++)
            dll[words[i].at + k] = (uint8_t)(words[i].value >> (8 * k));
    memcpy(dll + 0x150, "TSPI_providerInit", 18);
}

TEST(a_dll_says_its_cpu_and_its_exports)
{
    uint8_t dll[512];

    make_dll(dll);
    CHECK_EQ(pe_machine(dll, sizeof dll), PE_I386);
    CHECK_STR(pe_machine_name(PE_I386), "32-bit (x86)");
    CHECK(pe_exports(dll, sizeof dll, "TSPI_providerInit"));
    CHECK(!pe_exports(dll, sizeof dll, "TSPI_provider"));
    CHECK(!pe_exports(dll, sizeof dll, "TSPI_providerShutdown"));
    CHECK_EQ(pe_machine((const uint8_t *)"MZ", 2), 0);
    CHECK_EQ(pe_machine(NULL, 0), 0);
}

TEST(a_damaged_dll_is_survived)
{
    uint8_t dll[512];

    /* Every length, then every byte spoilt: the sanitizer watches. */
    make_dll(dll);
    for (size_t size = 0; size < sizeof dll; size++) {
        uint8_t *part = malloc(size + 1);

        REQUIRE(part != NULL);
        memcpy(part, dll, size);
        CHECK(!pe_exports(part, size, "TSPI_providerInit") || size >= 0x162);
        free(part);
    }
    for (size_t at = 0; at < sizeof dll; at++) {
        uint8_t *part = malloc(sizeof dll);

        REQUIRE(part != NULL);
        memcpy(part, dll, sizeof dll);
        part[at] ^= 0xFF;
        pe_machine(part, sizeof dll);
        CHECK(!pe_exports(part, sizeof dll, "TSPI_nothing"));
        free(part);
    }
}
