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

static void write_part(struct writer *writer, const struct field *field, const unsigned char *base,
                       uint32_t total)
{
    uint32_t size = number_at(base + field->offset), offset = number_at(base + field->offset + 4);

    if (field->kind == FIELD_BYTES) {
        char key[64];

        snprintf(key, sizeof key, "%sSize", field->key);
        writer_number(writer, key, size);
        return;
    }
    if (offset > total || size > total - offset)
        size = 0;
    if (field->kind == FIELD_MULTI)
        write_multi(writer, field->key, base + offset, size / 2);
    else
        writer_utf16(writer, field->key, base + (size ? offset : 0), size / 2);
}

void fields_write(struct writer *writer, const struct field *fields, const void *structure,
                  uint32_t size, uint32_t version)
{
    const unsigned char *base = structure;

    for (const struct field *field = fields; field->key; field++) {
        const unsigned char *at = base + field->offset;

        if (field->since > version || field->offset + field_size(field->kind) > size)
            continue;
        switch (field->kind) {
        case FIELD_NUMBER:
            writer_number(writer, field->key, number_at(at));
            break;
        case FIELD_BITS:
            writer_bits(writer, field->key, field->family, number_at(at));
            break;
        case FIELD_VALUE:
            writer_word(writer, field->key, field->family, number_at(at));
            break;
        case FIELD_GUID:
            write_guid(writer, field->key, at);
            break;
        case FIELD_DIALPARAMS:
            write_dial_params(writer, field->key, at);
            break;
        default:
            write_part(writer, field, base, size);
        }
    }
}
