/*
 * phone.c - what a hand does at a phone: each a row, and a function that starts the request.
 *
 * The phone is opened as its owner; messages are shown until the reply, and with --for a while
 * longer. Without an operation the phone's state is shown.
 */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOT_UNDERSTOOD 2

struct setting {
    HPHONE phone;
    DWORD numbers[2]; /* the words behind the operation, as its row reads them */
    const char *text;
};

static LONG set_hookswitch(const struct setting *setting)
{
    return phoneSetHookSwitch(setting->phone, setting->numbers[0], setting->numbers[1]);
}

static LONG set_volume(const struct setting *setting)
{
    return phoneSetVolume(setting->phone, setting->numbers[0], setting->numbers[1]);
}

static LONG set_gain(const struct setting *setting)
{
    return phoneSetGain(setting->phone, setting->numbers[0], setting->numbers[1]);
}

static LONG set_ring(const struct setting *setting)
{
    return phoneSetRing(setting->phone, setting->numbers[0], setting->numbers[1]);
}

static LONG set_lamp(const struct setting *setting)
{
    return phoneSetLamp(setting->phone, setting->numbers[0], setting->numbers[1]);
}

/* Places are bytes in what most phones show; which others there are, only their makers know. */
static LONG set_display(const struct setting *setting)
{
    WCHAR wide[256];
    char bytes[256];
    int units = MultiByteToWideChar(CP_UTF8, 0, setting->text, -1, wide, 256), length = 0;

    if (units > 0)
        length = WideCharToMultiByte(CP_ACP, 0, wide, -1, bytes, sizeof bytes, NULL, NULL);
    return phoneSetDisplay(setting->phone, setting->numbers[0], 0, bytes,
                           length > 0 ? (DWORD)length - 1 : 0);
}

enum word_kind {
    WORD_NONE,
    WORD_OF, /* of a family */
    WORD_NUMBER,
    WORD_TEXT,
};

static const struct setting_row {
    const char *name, *usage;
    LONG (*start)(const struct setting *setting);
    struct {
        enum word_kind kind;
        enum word_family family;
    } words[2];
} rows[] = {
    {"hookswitch",
     "hookswitch handset|speaker|headset MODE",
     set_hookswitch,
     {{WORD_OF, WORDS_PHONEHOOKSWITCHDEV}, {WORD_OF, WORDS_PHONEHOOKSWITCHMODE}}},
    {"volume",
     "volume handset|speaker|headset 0..65535",
     set_volume,
     {{WORD_OF, WORDS_PHONEHOOKSWITCHDEV}, {WORD_NUMBER, 0}}},
    {"gain",
     "gain handset|speaker|headset 0..65535",
     set_gain,
     {{WORD_OF, WORDS_PHONEHOOKSWITCHDEV}, {WORD_NUMBER, 0}}},
    {"ring", "ring MODE 0..65535", set_ring, {{WORD_NUMBER, 0}, {WORD_NUMBER, 0}}},
    {"lamp", "lamp BUTTON MODE", set_lamp, {{WORD_NUMBER, 0}, {WORD_OF, WORDS_PHONELAMPMODE}}},
    {"display", "display ROW TEXT", set_display, {{WORD_NUMBER, 0}, {WORD_TEXT, 0}}},
};

static const struct setting_row *find_row(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(rows[i].name, name))
            return &rows[i];
    fprintf(stderr, "tapictl: a phone has no %s; what can be set:\n", name);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        fprintf(stderr, "  tapictl phone PHONE %s\n", rows[i].usage);
    return NULL;
}

static bool read_decimal(const char *text, DWORD *number)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    *number = (DWORD)value;
    return *text >= '0' && *text <= '9' && !*end && value < 0x10000;
}

/* Reads the words behind the operation. False: it has said which is wrong. */
static bool read_words(const struct setting_row *row, const char *const *words,
                       struct setting *setting)
{
    for (int i = 0; i < 2; i++) {
        const char *word = words[i];

        if (!word) {
            fprintf(stderr, "tapictl: usage: tapictl phone PHONE %s\n", row->usage);
            return false;
        }
        if (row->words[i].kind == WORD_TEXT) {
            setting->text = word;
        } else if (row->words[i].kind == WORD_NUMBER) {
            if (!read_decimal(word, &setting->numbers[i])) {
                fprintf(stderr, "tapictl: %s is no number from 0 to 65535\n", word);
                return false;
            }
        } else {
            uint32_t value;

            if (!word_value(row->words[i].family, word, &value)) {
                fprintf(stderr, "tapictl: %s is none of:", word);
                for (const struct word *known = word_families[row->words[i].family]; known->word;
                     known++)
                    fprintf(stderr, " %s", known->word);
                fprintf(stderr, "\n");
                return false;
            }
            setting->numbers[i] = value;
        }
    }
    return true;
}

static void show_state(struct session *session, DWORD device, HPHONE phone)
{
    DWORD version = session_phone_version(session, device);
    LONG error;
    PHONECAPS *caps = session_phone_caps(session, device, version, &error);

    if (!caps) {
        session_error(session, "phoneGetDevCaps", error);
        return;
    }
    writer_object(&session->writer, NULL, NULL);
    phone_write_state(session, phone, caps, version);
    writer_end(&session->writer);
    free(caps);
}

static void stay(struct session *session, unsigned seconds)
{
    ULONGLONG until = GetTickCount64() + seconds * 1000ull, now;
    LINEMESSAGE message;

    while ((now = GetTickCount64()) < until &&
           session_next(session, &message, (DWORD)(until - now)))
        session_show(session, &message);
}

int command_phone(const struct options *options)
{
    const struct setting_row *row = options->words[1] ? find_row(options->words[1]) : NULL;
    struct setting setting = {.text = ""};
    struct session session;
    DWORD device;
    LONG result;

    if (options->words[1] && (!row || !read_words(row, options->words + 2, &setting)))
        return NOT_UNDERSTOOD;
    session_output(&session, options->json);
    if (!session_start_phones(&session))
        return 1;
    if (!session_find_phone(&session, options->words[0], &device))
        goto done;
    setting.phone =
        session_open_phone(&session, device, row ? PHONEPRIVILEGE_OWNER : PHONEPRIVILEGE_MONITOR);
    if (!setting.phone)
        goto done;
    if (!row) {
        show_state(&session, device, setting.phone);
    } else {
        result = row->start(&setting);
        if (result > 0)
            result = session_reply(&session, result, options->timeout);
        if (session.waiting) {
            fprintf(stderr, "tapictl: %s: no reply came within %u s\n", row->name,
                    options->timeout);
            session.failed = true;
        } else if (result) {
            session_error(&session, row->name, result);
        }
    }
    if (!session.failed)
        stay(&session, options->seconds);
    phoneClose(setting.phone);
done:
    session_end(&session);
    return session.failed;
}
