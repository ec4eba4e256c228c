/*
 * writer.h - what tapictl says: the same values as text for people or as JSON. Win32-free.
 *
 * A value has a key in JSON's manner ("addressModes"), which text shows as words ("address modes").
 * JSON is one line; strings are UTF-8, what is not valid UTF-8 becomes U+FFFD.
 */
#ifndef TAPICTL_WRITER_H
#define TAPICTL_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/tapictl/words.h"

#define WRITER_DEPTH 8 /* objects within objects: tapictl has four */

enum writer_style {
    WRITER_TEXT, /* a line each, indented */
    WRITER_LINE, /* "key value, key value": objects inside are not shown by name */
    WRITER_JSON,
};

struct writer {
    enum writer_style style;
    void (*put)(void *context, const char *text, size_t length);
    void *context;
    int depth, indent;
    bool in_array[WRITER_DEPTH];
    bool heading[WRITER_DEPTH];   /* its name was shown: what is in it stands further right */
    unsigned count[WRITER_DEPTH]; /* values so far */
};

/* put gets all output, in pieces that end anywhere. */
void writer_start(struct writer *writer, enum writer_style style,
                  void (*put)(void *context, const char *text, size_t length), void *context);

/* Opens and ends an object or an array. key is NULL inside of arrays and for the outermost;
 * title is the object's heading in text, and no part of JSON (NULL: the key). */
void writer_object(struct writer *writer, const char *key, const char *title);
void writer_array(struct writer *writer, const char *key);
void writer_end(struct writer *writer);

void writer_text(struct writer *writer, const char *key, const char *utf8);
/* length UTF-16 units at any alignment; lone surrogates become U+FFFD; ends at a NUL. */
void writer_utf16(struct writer *writer, const char *key, const void *text, size_t length);
void writer_number(struct writer *writer, const char *key, uint64_t value);
/* A handle or ID: 0x1a2b in text, a number in JSON. */
void writer_handle(struct writer *writer, const char *key, uint64_t value);
void writer_bool(struct writer *writer, const char *key, bool value);
/* The set bits as words: an array of strings in JSON. Bits without a name are "0x...". */
void writer_bits(struct writer *writer, const char *key, enum word_family family, uint32_t bits);
/* One value as a word. */
void writer_word(struct writer *writer, const char *key, enum word_family family, uint32_t value);

/* UTF-16 to UTF-8 with a terminator, cut at a whole character where size is too small. Returns the
 * length. */
size_t writer_from_utf16(const void *text, size_t length, char *to, size_t size);

#endif
