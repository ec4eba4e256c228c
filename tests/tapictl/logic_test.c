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
