/* writer.c - text and JSON from the same values. */
#include "tools/tapictl/writer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void put(struct writer *writer, const char *text)
{
    writer->put(writer->context, text, strlen(text));
}

void writer_start(struct writer *writer, enum writer_style style,
                  void (*put_text)(void *context, const char *text, size_t length), void *context)
{
    memset(writer, 0, sizeof(*writer));
    writer->style = style;
    writer->put = put_text;
    writer->context = context;
}

/* ---- characters ---- */

/* The length of the UTF-8 character at text, 0 where there is none: too long a form, a surrogate,
 * beyond U+10FFFF, cut off. */
static size_t utf8_length(const unsigned char *text)
{
    static const struct {
        unsigned char first, last, second_from, second_to, length;
    } forms[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (text[0] < forms[i].first || text[0] > forms[i].last)
            continue;
        if (forms[i].length > 1 && (text[1] < forms[i].second_from || text[1] > forms[i].second_to))
            return 0;
        for (size_t k = 2; k < forms[i].length; k++)
            if ((text[k] & 0xC0) != 0x80)
                return 0;
        return forms[i].length;
    }
    return 0;
}

static void put_json_string(struct writer *writer, const char *text)
{
    static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

    put(writer, "\"");
    while (*text) {
        size_t length = utf8_length((const unsigned char *)text);
        const char *found = strchr(special, *text);
        char escaped[8];

        if (found) {
            snprintf(escaped, sizeof escaped, "\\%c", letters[found - special]);
            put(writer, escaped);
        } else if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)*text);
            put(writer, escaped);
        } else if (!length) {
            put(writer, "\xEF\xBF\xBD");
        } else {
            writer->put(writer->context, text, length);
        }
        text += length ? length : 1;
    }
    put(writer, "\"");
}

/* A provider's text must not move the cursor or break the line. */
static void put_plain(struct writer *writer, const char *text)
{
    while (*text) {
        size_t length = utf8_length((const unsigned char *)text);

        if (!length)
            put(writer, "\xEF\xBF\xBD");
        else if ((unsigned char)*text < 0x20 || *text == 0x7F)
            put(writer, " ");
        else
            writer->put(writer->context, text, length);
        text += length ? length : 1;
    }
}

size_t writer_from_utf16(const void *text, size_t length, char *to, size_t size)
{
    const unsigned char *at = text;
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        uint32_t code = at[2 * i] | (uint32_t)at[2 * i + 1] << 8;
        char bytes[4];
        size_t count = 0;

        if (!code)
            break;
        if (code >= 0xD800 && code < 0xDC00 && i + 1 < length) {
            uint32_t low = at[2 * i + 2] | (uint32_t)at[2 * i + 3] << 8;

            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                i++;
            }
        }
        if (code >= 0xD800 && code < 0xE000)
            code = 0xFFFD;
        if (code < 0x80) {
            bytes[count++] = (char)code;
        } else {
            int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;

            bytes[count++] = (char)((0xFF00 >> (more + 1)) | code >> (6 * more));
            while (more--)
                bytes[count++] = (char)(0x80 | (code >> (6 * more) & 0x3F));
        }
        if (used + count >= size)
            break;
        memcpy(to + used, bytes, count);
        used += count;
    }
    if (size)
        to[used] = 0;
    return used;
}

/* ---- the frame ---- */

/* "addressModes": "address modes"; "callerIDFlags": "caller ID flags". */
static void put_words(struct writer *writer, const char *key)
{
    while (*key) {
        bool capitals = isupper((unsigned char)key[0]) && isupper((unsigned char)key[1]);
        size_t length = 1;
        char word[32];

        while (key[length] && length < sizeof word - 1) {
            bool upper = isupper((unsigned char)key[length]) != 0;

            if (capitals ? !upper || islower((unsigned char)key[length + 1]) : upper)
                break;
            length++;
        }
        memcpy(word, key, length);
        word[length] = 0;
        if (!capitals)
            word[0] = (char)tolower((unsigned char)word[0]);
        put(writer, word);
        key += length;
        if (*key)
            put(writer, " ");
    }
}

static void put_indent(struct writer *writer)
{
    for (int i = 0; i < writer->indent; i++)
        put(writer, "  ");
}

/* What stands before a value. */
static void before(struct writer *writer, const char *key)
{
    /* Objects inside a line are part of it. */
    int level = writer->style == WRITER_LINE ? 0 : writer->depth;
    bool first = writer->count[level]++ == 0;

    if (writer->style == WRITER_TEXT)
        put_indent(writer);
    else if (!first && writer->depth)
        put(writer, writer->style == WRITER_JSON ? "," : ", ");
    if (!key)
        return;
    if (writer->style == WRITER_JSON)
        put_json_string(writer, key);
    else
        put_words(writer, key);
    put(writer, writer->style == WRITER_JSON ? ":" : writer->style == WRITER_LINE ? " " : ": ");
}

static void after(struct writer *writer)
{
    if (writer->style == WRITER_TEXT)
        put(writer, "\n");
}

static void open(struct writer *writer, const char *key, bool array, bool heading)
{
    if (writer->style == WRITER_JSON) {
        before(writer, key);
        put(writer, array ? "[" : "{");
    }
    if (!writer->depth && writer->style == WRITER_LINE)
        writer->count[0] = 0;
    writer->depth++;
    writer->in_array[writer->depth] = array;
    writer->heading[writer->depth] = heading;
    writer->indent += heading;
    writer->count[writer->depth] = 0;
}

void writer_object(struct writer *writer, const char *key, const char *title)
{
    bool heading = writer->style == WRITER_TEXT && (title || key);

    if (heading)
        put_indent(writer);
    if (title && (heading || (writer->style == WRITER_LINE && !writer->depth))) {
        put_plain(writer, title);
        put(writer, heading ? "" : " ");
    } else if (heading) {
        put_words(writer, key);
    }
    if (heading)
        put(writer, "\n");
    open(writer, key, false, heading);
}

void writer_array(struct writer *writer, const char *key)
{
    open(writer, key, true, false);
}

void writer_end(struct writer *writer)
{
    if (writer->style == WRITER_JSON)
        put(writer, writer->in_array[writer->depth] ? "]" : "}");
    writer->indent -= writer->heading[writer->depth];
    writer->depth--;
    if (!writer->depth && writer->style != WRITER_TEXT)
        put(writer, "\n");
}

/* ---- values ---- */

void writer_text(struct writer *writer, const char *key, const char *utf8)
{
    before(writer, key);
    if (writer->style == WRITER_JSON)
        put_json_string(writer, utf8);
    else
        put_plain(writer, utf8);
    after(writer);
}

void writer_utf16(struct writer *writer, const char *key, const void *text, size_t length)
{
    char utf8[1024];

    writer_from_utf16(text, length, utf8, sizeof utf8);
    writer_text(writer, key, utf8);
}

static void write_raw(struct writer *writer, const char *key, const char *text)
{
    before(writer, key);
    put(writer, text);
    after(writer);
}

void writer_number(struct writer *writer, const char *key, uint64_t value)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    write_raw(writer, key, text);
}

void writer_handle(struct writer *writer, const char *key, uint64_t value)
{
    char text[24];

    snprintf(text, sizeof text, writer->style == WRITER_JSON ? "%llu" : "0x%llx",
             (unsigned long long)value);
    write_raw(writer, key, text);
}

void writer_bool(struct writer *writer, const char *key, bool value)
{
    static const char *const words[2][2] = {{"no", "yes"}, {"false", "true"}};

    write_raw(writer, key, words[writer->style == WRITER_JSON][value]);
}

void writer_bits(struct writer *writer, const char *key, enum word_family family, uint32_t bits)
{
    bool json = writer->style == WRITER_JSON, first = true;
    char spare[WORD_SPARE];

    before(writer, key);
    put(writer, json ? "[" : bits ? "" : "none");
    while (bits) {
        const char *word = word_next_bit(family, &bits, spare);

        if (!first)
            put(writer, json ? "," : writer->style == WRITER_LINE ? "+" : ", ");
        if (json)
            put_json_string(writer, word);
        else
            put(writer, word);
        first = false;
    }
    if (json)
        put(writer, "]");
    after(writer);
}

void writer_word(struct writer *writer, const char *key, enum word_family family, uint32_t value)
{
    char spare[WORD_SPARE];

    writer_text(writer, key, word_or_number(family, value, spare));
}
