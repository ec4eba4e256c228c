/* config.c - the configuration text (docs/simpbx.md): one statement a line, words and "strings". */
#include "acd.h"
#include "core.h"
#include "phone.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES  1024
#define LINE_WORDS  24
#define MAX_MS      86400000u /* a day */
#define MAX_OUTSIDE 10000u
#define MAX_CALLERS 100u
#define MAX_PHONES  1000u

struct line {
    char text[LINE_BYTES];
    const char *word[LINE_WORDS];
    bool quoted[LINE_WORDS];
    size_t count, next;
    char *error;
    size_t error_size;
};

static bool fail(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct line *line, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    if (line->error_size)
        vsnprintf(line->error, line->error_size, format, list);
    va_end(list);
    return false;
}

static bool valid_utf8(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;

    while (*s) {
        unsigned int more = *s < 0x80                 ? 0
                            : *s >= 0xC2 && *s < 0xE0 ? 1
                            : *s >= 0xE0 && *s < 0xF0 ? 2
                            : *s >= 0xF0 && *s < 0xF5 ? 3
                                                      : 9;
        if (more == 9 || (*s < 0x20 && *s != '\t') || *s == 0x7F)
            return false;
        for (s++; more; more--, s++)
            if ((*s & 0xC0) != 0x80)
                return false;
    }
    return true;
}

/* Cuts line->text into words. A '#' that begins a word starts a comment. */
static bool split(struct line *line)
{
    char *s = line->text;

    line->count = line->next = 0;
    if (!valid_utf8(s))
        return fail(line, "not UTF-8 text");
    for (;;) {
        s += strspn(s, " \t");
        if (!*s || *s == '#')
            return true;
        if (line->count == LINE_WORDS)
            return fail(line, "more than %d words", LINE_WORDS);
        line->quoted[line->count] = *s == '"';
        if (*s == '"') {
            char *end = strchr(++s, '"');
            if (!end)
                return fail(line, "a string without its closing \"");
            line->word[line->count++] = s;
            *end = 0;
            s = end + 1;
            if (*s && *s != ' ' && *s != '\t')
                return fail(line, "a blank must follow the closing \"");
        } else {
            line->word[line->count++] = s;
            s += strcspn(s, " \t");
            if (*s)
                *s++ = 0;
        }
    }
}

static const char *peek(const struct line *line)
{
    return line->next < line->count ? line->word[line->next] : NULL;
}

static bool next_is(struct line *line, const char *word)
{
    if (!peek(line) || line->quoted[line->next] || strcmp(peek(line), word))
        return false;
    line->next++;
    return true;
}

static bool take(struct line *line, const char *what, const char **word)
{
    *word = peek(line);
    if (!*word)
        return fail(line, "%s is missing", what);
    line->next++;
    return true;
}

static bool take_count(struct line *line, const char *what, uint32_t least, uint32_t most,
                       uint32_t *value)
{
    const char *word;
    uint64_t number = 0;

    if (!take(line, what, &word))
        return false;
    size_t digits = strspn(word, "0123456789");
    if (!digits || word[digits] || digits > 10)
        return fail(line, "%s: \"%.40s\" is not a number", what, word);
    for (; *word; word++)
        number = number * 10 + (uint64_t)(*word - '0');
    if (number < least || number > most)
        return fail(line, "%s must lie between %u and %u", what, least, most);
    *value = (uint32_t)number;
    return true;
}

static bool take_number(struct line *line, const char *what, char number[PBX_NUMBER])
{
    const char *word;

    if (!take(line, what, &word))
        return false;
    if (!*word || strlen(word) >= PBX_NUMBER)
        return fail(line, "%s must have 1 to %d digits", what, PBX_NUMBER - 1);
    for (const char *s = word; *s; s++)
        if (!pbx_is_digit(*s))
            return fail(line, "%s: \"%.40s\" holds more than the digits 0-9 A-D * #", what, word);
    strcpy(number, word);
    return true;
}

static bool take_pattern(struct line *line, char pattern[PBX_NUMBER])
{
    const char *word;

    if (!take(line, "the outside number", &word))
        return false;
    if (!*word || strlen(word) >= PBX_NUMBER)
        return fail(line, "the outside number must have 1 to %d characters", PBX_NUMBER - 1);
    for (const char *s = word; *s; s++)
        if (!pbx_is_digit(*s) && *s != 'X')
            return fail(line, "outside number \"%.40s\": only digits, X and a final *", word);
    strcpy(pattern, word);
    return true;
}

static bool take_name(struct line *line, char name[PBX_NAME])
{
    if (line->next < line->count && line->quoted[line->next])
        pbx_copy(name, PBX_NAME, line->word[line->next++]);
    return true;
}

static bool take_digits(struct line *line, char digits[PBX_DIGITS])
{
    const char *word;

    if (!take(line, "the digits", &word))
        return false;
    if (strlen(word) >= PBX_DIGITS)
        return fail(line, "more than %d digits", PBX_DIGITS - 1);
    for (const char *s = word; *s; s++)
        if (!pbx_is_digit(*s) && *s != ',')
            return fail(line, "\"%.40s\" holds more than the digits 0-9 A-D * # and commas", word);
    strcpy(digits, word);
    return true;
}

/* "hangup" or "digits" with what belongs to it, if that is what comes next. */
static bool take_then(struct line *line, struct pbx_behaviour *b, bool *taken)
{
    *taken = true;
    if (next_is(line, "hangup")) {
        b->hangs_up = true;
        return take_count(line, "the time until hangup in ms", 0, MAX_MS, &b->hangup_after);
    }
    if (next_is(line, "digits"))
        return take_count(line, "the time until the digits in ms", 0, MAX_MS, &b->digits_after) &&
               take_digits(line, b->digits);
    *taken = false;
    return true;
}

static bool take_behaviour(struct line *line, struct pbx_behaviour *b)
{
    static const struct {
        const char *word;
        enum pbx_outside_kind kind;
        int time; /* 0 none, 1 optional, 2 needed */
    } kinds[] = {
        {"silent", PBX_OUTSIDE_SILENT, 0},       {"answer", PBX_OUTSIDE_ANSWER, 1},
        {"busy", PBX_OUTSIDE_BUSY, 0},           {"ring", PBX_OUTSIDE_RING, 1},
        {"reject", PBX_OUTSIDE_REJECT, 1},       {"drop", PBX_OUTSIDE_DROP, 2},
        {"congested", PBX_OUTSIDE_CONGESTED, 0}, {"invalid", PBX_OUTSIDE_INVALID, 0},
    };
    const size_t count = sizeof(kinds) / sizeof(*kinds);
    const char *word;
    size_t kind;

    memset(b, 0, sizeof(*b));
    if (!take(line, "what the number does", &word))
        return false;
    for (kind = 0; kind < count && strcmp(kinds[kind].word, word); kind++)
        ;
    if (kind == count)
        return fail(line,
                    "\"%.40s\" is none of answer, busy, ring, reject, drop, congested, invalid, "
                    "silent",
                    word);
    b->kind = kinds[kind].kind;
    bool time = peek(line) && peek(line)[0] >= '0' && peek(line)[0] <= '9';
    if (kinds[kind].time == 2 || (kinds[kind].time == 1 && time))
        if (!take_count(line, "the time in ms", 0, MAX_MS, &b->after))
            return false;
    if (b->kind == PBX_OUTSIDE_DROP) {
        b->hangs_up = true;
        b->hangup_after = b->after;
        b->after = 0;
    }
    while (peek(line)) {
        if (b->kind != PBX_OUTSIDE_ANSWER && b->kind != PBX_OUTSIDE_DROP)
            return fail(line, "\"%.40s\" is one word too many", peek(line));
        bool taken;
        if (!take_then(line, b, &taken))
            return false;
        if (!taken)
            return fail(line, "\"%.40s\" is neither hangup nor digits", peek(line));
    }
    return true;
}

bool pbx_behaviour_parse(struct pbx_behaviour *behaviour, const char *text, char *error,
                         size_t error_size)
{
    struct line line = {.error = error, .error_size = error_size};

    if (strlen(text) >= LINE_BYTES)
        return fail(&line, "longer than %d bytes", LINE_BYTES - 1);
    strcpy(line.text, text);
    return split(&line) && take_behaviour(&line, behaviour);
}

static void *grow(void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    size_t wanted = *capacity ? 2 * *capacity : 16;
    void *grown = realloc(array, wanted * size);
    if (grown)
        *capacity = wanted;
    return grown;
}

static struct pbx_config_extension *add_extension(struct line *line, struct pbx_config *config)
{
    if (config->extension_count >= PBX_MAX_EXTENSIONS) {
        fail(line, "more than %u extensions", PBX_MAX_EXTENSIONS);
        return NULL;
    }
    void *grown = grow(config->extensions, config->extension_count, &config->extension_capacity,
                       sizeof(*config->extensions));
    if (!grown) {
        fail(line, "out of memory");
        return NULL;
    }
    config->extensions = grown;
    struct pbx_config_extension *e = &config->extensions[config->extension_count++];
    memset(e, 0, sizeof(*e));
    return e;
}

static bool do_extension(struct line *line, struct pbx_config *config)
{
    struct pbx_config_extension *e = add_extension(line, config);

    if (!e || !take_number(line, "the extension's number", e->number))
        return false;
    take_name(line, e->name);
    while (peek(line)) {
        if (next_is(line, "group")) {
            if (!take_number(line, "the group", e->group))
                return false;
        } else if (next_is(line, "forward")) {
            enum pbx_forward_kind kind = next_is(line, "busy")       ? PBX_FWD_BUSY
                                         : next_is(line, "noanswer") ? PBX_FWD_NOANSWER
                                                                     : PBX_FWD_UNCOND;
            if (!take_number(line, "the number to forward to", e->forward[kind].number))
                return false;
        } else {
            return fail(line, "\"%.40s\" is neither group nor forward", peek(line));
        }
    }
    return true;
}

static bool do_extensions(struct line *line, struct pbx_config *config)
{
    uint32_t first, last;
    char name[PBX_NAME] = "Extension";

    if (!take_count(line, "the first number", 1, 4294967295u, &first) ||
        !take_count(line, "the last number", first, 4294967295u, &last))
        return false;
    take_name(line, name);
    if (last - first >= PBX_MAX_EXTENSIONS)
        return fail(line, "more than %u extensions", PBX_MAX_EXTENSIONS);
    for (uint64_t number = first; number <= last; number++) {
        char text[PBX_NAME + 16];
        struct pbx_config_extension *e = add_extension(line, config);
        if (!e)
            return false;
        snprintf(e->number, sizeof(e->number), "%u", (uint32_t)number);
        snprintf(text, sizeof(text), "%.48s %u", name, (uint32_t)number);
        pbx_copy(e->name, sizeof(e->name), text);
    }
    return true;
}

static bool do_outside(struct line *line, struct pbx_config *config)
{
    if (config->outside_count >= MAX_OUTSIDE)
        return fail(line, "more than %u outside numbers", MAX_OUTSIDE);
    void *grown = grow(config->outside, config->outside_count, &config->outside_capacity,
                       sizeof(*config->outside));
    if (!grown)
        return fail(line, "out of memory");
    config->outside = grown;
    struct pbx_outside *o = &config->outside[config->outside_count++];
    memset(o, 0, sizeof(*o));
    return take_pattern(line, o->pattern) && take_name(line, o->name) &&
           take_behaviour(line, &o->behaviour);
}

static bool do_caller(struct line *line, struct pbx_config *config)
{
    if (config->caller_count >= MAX_CALLERS)
        return fail(line, "more than %u callers", MAX_CALLERS);
    void *grown = grow(config->callers, config->caller_count, &config->caller_capacity,
                       sizeof(*config->callers));
    if (!grown)
        return fail(line, "out of memory");
    config->callers = grown;
    struct pbx_caller_plan *c = &config->callers[config->caller_count++];
    memset(c, 0, sizeof(*c));
    if (!take_number(line, "the caller's number", c->number) || !take_name(line, c->name))
        return false;
    if (!next_is(line, "calls"))
        return fail(line, "\"calls\" and an extension must follow the caller");
    if (!take_number(line, "the extension to call", c->extension))
        return false;
    while (peek(line)) {
        bool taken;
        if (next_is(line, "after")) {
            if (!take_count(line, "the time until the call in ms", 0, MAX_MS, &c->after))
                return false;
        } else if (next_is(line, "answered")) {
            c->answered = true;
            if (!take_count(line, "the time until the answer in ms", 0, MAX_MS, &c->answered_after))
                return false;
        } else if (!take_then(line, &c->behaviour, &taken)) {
            return false;
        } else if (!taken) {
            return fail(line, "\"%.40s\" is none of after, answered, hangup, digits", peek(line));
        }
    }
    return true;
}

static bool do_phone(struct line *line, struct pbx_config *config)
{
    char error[100];

    if (config->phone_count >= MAX_PHONES)
        return fail(line, "more than %u phones", MAX_PHONES);
    void *grown =
        grow(config->phones, config->phone_count, &config->phone_capacity, sizeof(*config->phones));
    if (!grown)
        return fail(line, "out of memory");
    config->phones = grown;
    struct pbx_phone_plan *p = &config->phones[config->phone_count++];
    memset(p, 0, sizeof(*p));
    if (!take_number(line, "the phone's extension", p->extension))
        return false;
    if (!pbx_phone_plan_read(p, line->word + line->next, line->count - line->next, error,
                             sizeof(error)))
        return fail(line, "%s", error);
    line->next = line->count;
    return true;
}

/* A queue, route point or group: an extension, and what happens to its calls. */
static bool do_acd(struct line *line, struct pbx_config *config, enum pbx_acd_kind kind)
{
    struct pbx_config_extension *e = add_extension(line, config);
    char error[120];

    if (!e || !take_number(line, "the number", e->number))
        return false;
    take_name(line, e->name);
    void *grown =
        grow(config->acds, config->acd_count, &config->acd_capacity, sizeof(*config->acds));
    if (!grown)
        return fail(line, "out of memory");
    config->acds = grown;
    struct pbx_acd_plan *plan = &config->acds[config->acd_count++];
    memset(plan, 0, sizeof(*plan));
    plan->kind = kind;
    memcpy(plan->extension, e->number, sizeof(plan->extension));
    if (!pbx_acd_plan_read(plan, line->word + line->next, line->count - line->next, error,
                           sizeof(error)))
        return fail(line, "%s", error);
    line->next = line->count;
    return true;
}

static bool do_queue(struct line *line, struct pbx_config *config)
{
    return do_acd(line, config, PBX_ACD_QUEUE);
}

static bool do_routepoint(struct line *line, struct pbx_config *config)
{
    return do_acd(line, config, PBX_ACD_ROUTEPOINT);
}

static bool do_acdgroup(struct line *line, struct pbx_config *config)
{
    return do_acd(line, config, PBX_ACD_GROUP);
}

static bool do_clock(struct line *line, struct pbx_config *config)
{
    if (next_is(line, "stepped"))
        config->settings.stepped = true;
    else if (next_is(line, "real"))
        config->settings.stepped = false;
    else
        return fail(line, "the clock is \"real\" or \"stepped\"");
    return true;
}

static bool do_waiting(struct line *line, struct pbx_config *config)
{
    if (next_is(line, "on"))
        config->settings.call_waiting = true;
    else if (next_is(line, "off"))
        config->settings.call_waiting = false;
    else
        return fail(line, "call waiting is \"on\" or \"off\"");
    return true;
}

static bool do_prefix(struct line *line, struct pbx_config *config)
{
    return take_number(line, "the prefix", config->settings.prefix);
}

static bool do_park(struct line *line, struct pbx_config *config)
{
    return take_number(line, "the first parking place", config->settings.park_first) &&
           take_count(line, "the number of parking places", 1, 1000, &config->settings.park_count);
}

static bool do_audio(struct line *line, struct pbx_config *config)
{
    struct pbx_settings *s = &config->settings;

    if (!take_count(line, "the samples per second", 4000, 192000, &s->audio_rate) ||
        !take_count(line, "the bits per sample", 8, 32, &s->audio_bits) ||
        !take_count(line, "the channels", 1, 2, &s->audio_channels))
        return false;
    if (s->audio_bits % 8)
        return fail(line, "the bits per sample must be 8, 16, 24 or 32");
    return true;
}

static bool do_completion(struct line *line, struct pbx_config *config)
{
    uint32_t delay;

    if (next_is(line, "thread")) {
        config->settings.completion_delay = -1;
        return true;
    }
    if (!take_count(line, "the completion delay in ms", 0, MAX_MS, &delay))
        return false;
    config->settings.completion_delay = (int32_t)delay;
    return true;
}

struct statement {
    const char *word;
    bool (*read)(struct line *line, struct pbx_config *config);
    size_t setting; /* otherwise: a number of pbx_settings */
    uint32_t least, most;
};
#define SETTING(member) NULL, offsetof(struct pbx_settings, member)

static const struct statement statements[] = {
    {"extension", do_extension, 0, 0, 0},
    {"extensions", do_extensions, 0, 0, 0},
    {"outside", do_outside, 0, 0, 0},
    {"caller", do_caller, 0, 0, 0},
    {"phone", do_phone, 0, 0, 0},
    {"queue", do_queue, 0, 0, 0},
    {"routepoint", do_routepoint, 0, 0, 0},
    {"acdgroup", do_acdgroup, 0, 0, 0},
    {"clock", do_clock, 0, 0, 0},
    {"call-waiting", do_waiting, 0, 0, 0},
    {"prefix", do_prefix, 0, 0, 0},
    {"park", do_park, 0, 0, 0},
    {"audio", do_audio, 0, 0, 0},
    {"completion-delay", do_completion, 0, 0, 0},
    {"bandwidth", SETTING(bandwidth), 0, 100000000},
    {"calls", SETTING(calls), 1, 1000},
    {"conference", SETTING(conference), 2, 1000},
    {"no-answer", SETTING(no_answer), 0, MAX_MS},
    {"ring-cycle", SETTING(ring_cycle), 100, MAX_MS},
    {"park-timeout", SETTING(park_timeout), 0, MAX_MS},
    {"digit-time", SETTING(digit_time), 1, 10000},
    {"digit-gap", SETTING(digit_gap), 0, 10000},
};

static bool read_line(struct line *line, struct pbx_config *config)
{
    const char *word;

    if (!split(line))
        return false;
    if (!line->count)
        return true;
    take(line, "a statement", &word);
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
        const struct statement *s = &statements[i];
        if (strcmp(s->word, word))
            continue;
        void *setting = (char *)&config->settings + s->setting;
        bool done =
            s->read ? s->read(line, config) : take_count(line, word, s->least, s->most, setting);
        if (done && peek(line))
            return fail(line, "\"%.40s\" is one word too many", peek(line));
        return done;
    }
    return fail(line, "\"%.40s\" is no statement of this file", word);
}

static int by_number(const void *a, const void *b)
{
    const struct pbx_config_extension *const *x = a, *const *y = b;

    return strcmp((*x)->number, (*y)->number);
}

static bool numbers_differ(const struct pbx_config *config, char *error, size_t error_size)
{
    const struct pbx_config_extension **sorted;
    bool differ = true;

    if (config->extension_count < 2)
        return true;
    sorted = malloc(config->extension_count * sizeof(*sorted));
    if (!sorted) {
        snprintf(error, error_size, "out of memory");
        return false;
    }
    for (size_t i = 0; i < config->extension_count; i++)
        sorted[i] = &config->extensions[i];
    qsort(sorted, config->extension_count, sizeof(*sorted), by_number);
    for (size_t i = 1; i < config->extension_count && differ; i++) {
        differ = strcmp(sorted[i - 1]->number, sorted[i]->number) != 0;
        if (!differ)
            snprintf(error, error_size, "extension %s is there twice", sorted[i]->number);
    }
    free(sorted);
    return differ;
}

static bool callers_have_somebody(const struct pbx_config *config, char *error, size_t error_size)
{
    for (size_t i = 0; i < config->caller_count; i++) {
        const struct pbx_caller_plan *c = &config->callers[i];
        size_t k = 0;
        while (k < config->extension_count && strcmp(config->extensions[k].number, c->extension))
            k++;
        if (k == config->extension_count) {
            snprintf(error, error_size, "caller %s calls %s, which is no extension", c->number,
                     c->extension);
            return false;
        }
    }
    return true;
}

static bool phones_have_extensions(const struct pbx_config *config, char *error, size_t error_size)
{
    for (size_t i = 0; i < config->phone_count; i++) {
        const char *number = config->phones[i].extension;
        size_t k = 0;
        while (k < config->extension_count && strcmp(config->extensions[k].number, number))
            k++;
        if (k == config->extension_count) {
            snprintf(error, error_size, "phone %s belongs to no extension", number);
            return false;
        }
        for (k = 0; k < i; k++)
            if (!strcmp(config->phones[k].extension, number)) {
                snprintf(error, error_size, "phone %s is there twice", number);
                return false;
            }
    }
    return true;
}

bool pbx_config_parse(struct pbx_config *config, const char *text, size_t size, char *error,
                      size_t error_size)
{
    const char *end = text + size;
    char reason[200] = "";
    struct line line = {.error = reason, .error_size = sizeof(reason)};
    unsigned int number = 0;

    memset(config, 0, sizeof(*config));
    pbx_defaults(&config->settings);
    if (error_size)
        error[0] = 0;
    if (size >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);
        const char *next = stop ? stop + 1 : end;

        number++;
        if (length && text[length - 1] == '\r')
            length--;
        bool good = length < LINE_BYTES;
        if (!good) {
            fail(&line, "longer than %d bytes", LINE_BYTES - 1);
        } else if (memchr(text, 0, length)) {
            good = fail(&line, "not text");
        } else {
            memcpy(line.text, text, length);
            line.text[length] = 0;
            good = read_line(&line, config);
        }
        if (!good) {
            if (error_size)
                snprintf(error, error_size, "line %u: %s", number, reason);
            pbx_config_free(config);
            return false;
        }
        text = next;
    }
    if (!numbers_differ(config, reason, sizeof(reason)) ||
        !callers_have_somebody(config, reason, sizeof(reason)) ||
        !phones_have_extensions(config, reason, sizeof(reason))) {
        if (error_size)
            snprintf(error, error_size, "%s", reason);
        pbx_config_free(config);
        return false;
    }
    return true;
}

void pbx_config_free(struct pbx_config *config)
{
    free(config->extensions);
    free(config->outside);
    free(config->callers);
    free(config->phones);
    free(config->acds);
    config->extensions = NULL;
    config->outside = NULL;
    config->callers = NULL;
    config->phones = NULL;
    config->acds = NULL;
    config->extension_count = config->extension_capacity = 0;
    config->outside_count = config->outside_capacity = 0;
    config->caller_count = config->caller_capacity = 0;
    config->phone_count = config->phone_capacity = 0;
    config->acd_count = config->acd_capacity = 0;
}
