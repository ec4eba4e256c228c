/* fields.c - writes structures member by member. */
#include "tools/tapictl/fields.h"

#include <stdio.h>
#include <string.h>

#include "tools/tapictl/field_tables.h"

static uint32_t number_at(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t field_size(enum field_kind kind)
{
    switch (kind) {
    case FIELD_TEXT:
    case FIELD_MULTI:
    case FIELD_BYTES:
    case FIELD_TEXTS:
    case FIELD_EACH_BITS:
    case FIELD_EACH_VALUE:
    case FIELD_EACH_NUMBER:
    case FIELD_ENTRIES:
        return 8;
    case FIELD_GUID:
    case FIELD_DIALPARAMS:
        return 16;
    default:
        return 4;
    }
}

static void write_guid(struct writer *writer, const char *key, const unsigned char *at)
{
    char text[40];

    snprintf(text, sizeof text, "{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}",
             (unsigned)number_at(at), (unsigned)(number_at(at + 4) & 0xFFFF),
             (unsigned)(number_at(at + 4) >> 16), at[8], at[9], at[10], at[11], at[12], at[13],
             at[14], at[15]);
    writer_text(writer, key, text);
}

static void write_dial_params(struct writer *writer, const char *key, const unsigned char *at)
{
    static const char *const keys[] = {"dialPause", "dialSpeed", "digitDuration",
                                       "waitForDialtone"};

    writer_object(writer, key, NULL);
    for (int i = 0; i < 4; i++)
        writer_number(writer, keys[i], number_at(at + 4 * i));
    writer_end(writer);
}

static void write_multi(struct writer *writer, const char *key, const unsigned char *at,
                        uint32_t units)
{
    uint32_t start = 0;

    writer_array(writer, key);
    while (start < units) {
        uint32_t end = start;

        while (end < units && (at[2 * end] || at[2 * end + 1]))
            end++;
        if (end == start)
            break;
        writer_utf16(writer, writer->style == WRITER_JSON ? NULL : key, at + 2 * start,
                     end - start);
        start = end + 1;
    }
    writer_end(writer);
}

/* A structure of which a field table tells: where it and its texts are. */
struct view {
    const unsigned char *base; /* that offsets count from */
    uint32_t total;
    uint32_t version;
};

static void write_field(struct writer *writer, const struct field *field, const struct view *view,
                        uint32_t at);

static void write_texts(struct writer *writer, const char *key, const unsigned char *at,
                        uint32_t size, uint32_t each)
{
    writer_array(writer, key);
    for (uint32_t i = 0; each >= 2 && i < size / each; i++)
        writer_utf16(writer, writer->style == WRITER_JSON ? NULL : key, at + i * each, each / 2);
    writer_end(writer);
}

/* One element of an array as text. */
static void element_text(const struct field *field, uint32_t value, char *text, size_t size)
{
    char spare[WORD_SPARE];
    size_t used = 0;

    if (field->kind == FIELD_EACH_NUMBER) {
        snprintf(text, size, "%u", (unsigned)value);
        return;
    }
    if (field->kind == FIELD_EACH_VALUE) {
        snprintf(text, size, "%s", word_or_number(field->family, value, spare));
        return;
    }
    snprintf(text, size, "none");
    while (value && used < size) {
        const char *word = word_next_bit(field->family, &value, spare);

        used += (size_t)snprintf(text + used, size - used, used ? "+%s" : "%s", word);
    }
}

/* People get the array as one line. */
static void write_each(struct writer *writer, const struct field *field, const unsigned char *at,
                       uint32_t size)
{
    char line[4096] = "", text[256];
    size_t used = 0;

    if (writer->style == WRITER_JSON)
        writer_array(writer, field->key);
    for (uint32_t i = 0; i < size / 4; i++) {
        uint32_t value = number_at(at + 4 * i);

        if (writer->style == WRITER_JSON && field->kind == FIELD_EACH_BITS) {
            writer_bits(writer, NULL, field->family, value);
            continue;
        }
        element_text(field, value, text, sizeof text);
        if (writer->style == WRITER_JSON && field->kind == FIELD_EACH_VALUE)
            writer_text(writer, NULL, text);
        else if (writer->style == WRITER_JSON)
            writer_number(writer, NULL, value);
        else if (used < sizeof line)
            used += (size_t)snprintf(line + used, sizeof line - used, i ? ", %s" : "%s", text);
    }
    if (writer->style == WRITER_JSON)
        writer_end(writer);
    else
        writer_text(writer, field->key, *line ? line : "none");
}

/* The size of a structure in a version. */
static uint32_t structure_size(const struct field *fields, uint32_t version)
{
    uint32_t end = 0;

    for (; fields->key; fields++)
        if (fields->since <= version && fields->offset + field_size(fields->kind) > end)
            end = fields->offset + field_size(fields->kind);
    return end;
}

/* What people read above an entry: "locationList" has "location 0". */
static void entry_title(char title[64], const char *key, uint32_t index)
{
    size_t length = strlen(key);

    if (length > 4 && !strcmp(key + length - 4, "List"))
        snprintf(title, 64, "%.*s %u", (int)length - 4, key, (unsigned)index);
    else
        snprintf(title, 64, "%s %u", key, (unsigned)index);
}

static void write_entries(struct writer *writer, const struct field *field, const struct view *view,
                          uint32_t offset, uint32_t size, uint32_t count)
{
    /* LINEFORWARD has become larger, and providers fill it in as they were built. */
    uint32_t each = structure_size(field->entries, view->version);
    struct view inner = *view;

    if (view->version > 0x00030000 && count && size / count < each) {
        inner.version = 0x00030000;
        each = structure_size(field->entries, inner.version);
    }
    writer_array(writer, field->key);
    for (uint32_t i = 0; i < count && i < size / each; i++) {
        char title[64];

        entry_title(title, field->key, i);
        writer_object(writer, NULL, title);
        for (const struct field *member = field->entries; member->key; member++)
            if (member->since <= inner.version)
                write_field(writer, member, &inner, offset + i * each + member->offset);
        writer_end(writer);
    }
    writer_end(writer);
}

/* The part that the size and the offset at this place name; outside of the structure it is empty.
 */
static void write_part(struct writer *writer, const struct field *field, const struct view *view,
                       uint32_t at)
{
    uint32_t size = number_at(view->base + at), offset = number_at(view->base + at + 4);
    uint32_t count = field->count ? number_at(view->base + field->count) : 0;
    const unsigned char *part;

    if (field->kind == FIELD_BYTES) {
        char key[64];

        snprintf(key, sizeof key, "%sSize", field->key);
        writer_number(writer, key, size);
        return;
    }
    if (offset > view->total || size > view->total - offset)
        size = 0;
    part = view->base + (size ? offset : 0);
    switch (field->kind) {
    case FIELD_MULTI:
        write_multi(writer, field->key, part, size / 2);
        break;
    case FIELD_TEXTS:
        write_texts(writer, field->key, part, size, count);
        break;
    case FIELD_ENTRIES:
        write_entries(writer, field, view, size ? offset : 0, size, count);
        break;
    case FIELD_TEXT:
        writer_utf16(writer, field->key, part, size / 2);
        break;
    default:
        write_each(writer, field, part, size);
    }
}

static void write_field(struct writer *writer, const struct field *field, const struct view *view,
                        uint32_t at)
{
    const unsigned char *bytes = view->base + at;

    switch (field->kind) {
    case FIELD_NUMBER:
        writer_number(writer, field->key, number_at(bytes));
        break;
    case FIELD_BITS:
        writer_bits(writer, field->key, field->family, number_at(bytes));
        break;
    case FIELD_VALUE:
        writer_word(writer, field->key, field->family, number_at(bytes));
        break;
    case FIELD_GUID:
        write_guid(writer, field->key, bytes);
        break;
    case FIELD_DIALPARAMS:
        write_dial_params(writer, field->key, bytes);
        break;
    default:
        write_part(writer, field, view, at);
    }
}

void fields_write(struct writer *writer, const struct field *fields, const void *structure,
                  uint32_t size, uint32_t version)
{
    for (const struct field *field = fields; field->key; field++)
        fields_write_one(writer, field, field->key, structure, size, version);
}

void fields_write_one(struct writer *writer, const struct field *fields, const char *key,
                      const void *structure, uint32_t size, uint32_t version)
{
    struct view view = {structure, size, version};

    while (fields->key && strcmp(fields->key, key))
        fields++;
    if (fields->key && fields->since <= version && fields->count + 4 <= size &&
        fields->offset + field_size(fields->kind) <= size)
        write_field(writer, fields, &view, fields->offset);
}
