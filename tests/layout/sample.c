/* sample.c - see sample.h. It is compiled together with the implementation to see its tables. */
#include "tests/layout/sample.h"

#include <stdio.h>

#include "base/struct_layout.c"
#include "tests/support/test.h"

#define RECORDS 3
#define ENTRIES 4

/* ---- characters ---- */

static uint32_t test_to_ansi(const void *utf16, uint32_t size, void *out, uint32_t room)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i + 1 < size; i += 2) {
        uint16_t unit;
        memcpy(&unit, (const char *)utf16 + i, 2);
        uint32_t bytes = unit < 0x80 ? 1 : 2;
        if (out != NULL && used + bytes > room)
            break;
        if (out != NULL && bytes == 1)
            ((uint8_t *)out)[used] = (uint8_t)unit;
        if (out != NULL && bytes == 2) {
            ((uint8_t *)out)[used] = (uint8_t)(0x80 | (unit & 0x3F));
            ((uint8_t *)out)[used + 1] = (uint8_t)(0x80 | (unit >> 6 & 0x3F));
        }
        used += bytes;
    }
    return used;
}

static uint32_t test_to_utf16(const void *ansi, uint32_t size, void *out, uint32_t room)
{
    const uint8_t *at = ansi;
    uint32_t used = 0;
    for (uint32_t i = 0; i < size; i++) {
        uint16_t unit = at[i];
        if (unit >= 0x80 && i + 1 < size) {
            unit = (uint16_t)((at[i] & 0x3F) | (at[i + 1] & 0x3F) << 6);
            i++;
        }
        if (out != NULL && used + 2 > room)
            break;
        if (out != NULL)
            memcpy((char *)out + used, &unit, 2);
        used += 2;
    }
    return used;
}

const struct struct_text sample_text = {test_to_ansi, test_to_utf16};

uint32_t get32(const void *at, uint32_t offset)
{
    return get(at, offset);
}

void put32(void *at, uint32_t offset, uint32_t value)
{
    put(at, offset, value);
}

/* ---- what each part holds ---- */

/* The text of string `item` of a part, with a letter of two bytes in it; returns its bytes in the
 * form, without terminator. */
static uint32_t text_of(const struct struct_text *ansi, unsigned part, unsigned item, void *out)
{
    uint16_t wide[32];
    char narrow[32];
    int length = snprintf(narrow, sizeof narrow, "part %u", part * 100 + item);
    if (item % 2 == 1)
        length += snprintf(narrow + length, sizeof narrow - (size_t)length, " longer");
    for (int i = 0; i < length; i++)
        wide[i] = (uint16_t)narrow[i];
    wide[length++] = 0xE4;
    if (ansi != NULL)
        return test_to_ansi(wide, (uint32_t)length * 2, out, 64);
    memcpy(out, wide, (size_t)length * 2);
    return (uint32_t)length * 2;
}

/* The whole content of a part that is plain bytes in the form. */
static uint32_t content_of(const struct part_layout *part, unsigned index,
                           const struct struct_text *ansi, uint8_t *out)
{
    uint32_t size = 0, unit = ansi == NULL ? 2 : 1;
    memset(out, 0, 1024);
    switch ((enum part_kind)part->kind) {
    case PART_STRING:
    case PART_VARIANT:
        return text_of(ansi, index, 0, out) + unit;
    case PART_MULTI:
        for (unsigned i = 0; i < 3; i++)
            size += text_of(ansi, index, i, out + size) + unit;
        return size + unit;
    case PART_ARRAY:
        size = ENTRIES * part->element;
        break;
    default:
        size = 21 + index;
        break;
    }
    for (uint32_t i = 0; i < size; i++)
        out[i] = (uint8_t)(index * 7 + i + 1);
    return size;
}

/* The longest string of a table, with terminator. */
static uint32_t table_entry(unsigned index, const struct struct_text *ansi)
{
    uint8_t text[64];
    return text_of(ansi, index, 1, text) + (ansi == NULL ? 2 : 1);
}

static void append_records(enum struct_kind kind, void **made, uint32_t *size,
                           const struct part_layout *part, unsigned index)
{
    uint8_t records[1024] = {0}, text[64];
    uint32_t each = part->record->size[LAYOUT_VERSIONS - 1];
    uint32_t at = layouts[kind].header == HEADER_LIST ? LIST_HEADER : (uint32_t)aligned(*size);
    for (uint32_t i = 0; i < RECORDS * each; i++)
        records[i] = (uint8_t)(i % 251 + 1);
    if (layouts[kind].header == HEADER_LIST) {
        *made = realloc(*made, LIST_HEADER + RECORDS * each);
        memcpy((char *)*made + LIST_HEADER, records, RECORDS * each);
        *size = LIST_HEADER + RECORDS * each;
    } else {
        CHECK(struct_append(kind, made, size, part->member, records, RECORDS * each));
    }
    put(*made, part->count, RECORDS);
    for (unsigned i = 0; i < RECORDS; i++) {
        for (unsigned k = 0; k < part->record->string_count; k++) {
            uint32_t bytes = text_of(NULL, index, i * 10 + k, text);
            memset(text + bytes, 0, 2);
            CHECK(struct_append(kind, made, size, at + i * each + part->record->string[k], text,
                                bytes + 2));
        }
    }
}

static void append_table(enum struct_kind kind, void **made, uint32_t *size,
                         const struct part_layout *part, unsigned index)
{
    uint8_t table[1024] = {0};
    uint32_t entry = table_entry(index, NULL) + 6; /* roomier than needed */
    for (unsigned i = 0; i < ENTRIES; i++)
        text_of(NULL, index, i, table + i * entry);
    CHECK(struct_append(kind, made, size, part->member, table, ENTRIES * entry));
    put(*made, part->count, ENTRIES);
    put(*made, part->entry, entry);
}

void *sample_make(enum struct_kind kind, uint32_t *size)
{
    const struct layout *layout = &layouts[kind];
    uint8_t content[1024];
    void *made = struct_create(kind, size);
    CHECK(made != NULL);
    for (uint32_t i = layout->header == HEADER_FULL ? 12 : 4; i < *size; i++)
        ((uint8_t *)made)[i] = (uint8_t)(i % 199 + 1);
    for (unsigned i = 0; i < layout->part_count; i++)
        if (layout->header != HEADER_LIST)
            memset((char *)made + layout->part[i].member, 0, 8);
    if (layout->format != 0)
        put(made, layout->format, FORMAT_UNICODE);
    for (unsigned i = 0; i < layout->part_count; i++) {
        const struct part_layout *part = &layout->part[i];
        if (part->kind == PART_RECORDS) {
            append_records(kind, &made, size, part, i);
        } else if (part->kind == PART_TABLE) {
            append_table(kind, &made, size, part, i);
        } else {
            if (part->kind == PART_ARRAY)
                put(made, part->count, ENTRIES);
            uint32_t bytes = content_of(part, i, NULL, content);
            CHECK(struct_append(kind, &made, size, part->member, content, bytes));
        }
    }
    return made;
}

/* ---- checking ---- */

unsigned sample_parts(enum struct_kind kind, uint32_t version)
{
    const struct layout *layout = &layouts[kind];
    unsigned count = 0;
    while (count < layout->part_count &&
           (layout->header == HEADER_LIST ||
            layout->part[count].member + 8u <= struct_fixed_size(kind, version)))
        count++;
    /* newer parts come last in every structure's table, or the rest is not counted */
    for (unsigned i = count; i < layout->part_count; i++)
        CHECK(layout->part[i].member + 8u > struct_fixed_size(kind, version));
    return count;
}

uint32_t sample_member(enum struct_kind kind, unsigned index)
{
    return layouts[kind].part[index].member;
}

bool sample_is_input(enum struct_kind kind)
{
    return layouts[kind].header != HEADER_FULL;
}

static void check_string(struct struct_form form, const uint8_t *structure, uint32_t size,
                         uint32_t pair, unsigned part, unsigned item)
{
    uint8_t expected[64] = {0};
    uint32_t bytes = text_of(form.ansi, part, item, expected) + (form.ansi == NULL ? 2 : 1);
    uint32_t offset = get(structure, pair + 4);
    CHECK_EQ(get(structure, pair), bytes);
    if (CHECK((uint64_t)offset + bytes <= size))
        CHECK_BYTES(structure + offset, expected, bytes);
}

static void check_records(struct struct_form form, const uint8_t *structure, uint32_t size,
                          const struct part_layout *part, unsigned index, uint32_t offset)
{
    uint32_t each = part->record->size[column_of(form.version)];
    CHECK_EQ(get(structure, part->count), RECORDS);
    if (!CHECK((uint64_t)offset + RECORDS * each <= size))
        return;
    for (unsigned i = 0; i < RECORDS; i++)
        for (unsigned k = 0; k < part->record->string_count; k++)
            check_string(form, structure, size, offset + i * each + part->record->string[k], index,
                         i * 10 + k);
}

static void check_table(struct struct_form form, const uint8_t *structure,
                        const struct part_layout *part, unsigned index, uint32_t offset)
{
    uint8_t text[64];
    uint32_t entry = get(structure, part->entry);
    CHECK_EQ(entry, table_entry(index, form.ansi));
    CHECK_EQ(get(structure, part->member), entry * ENTRIES);
    for (unsigned i = 0; i < ENTRIES; i++) {
        memset(text, 0, sizeof text);
        text_of(form.ansi, index, i, text);
        CHECK_BYTES(structure + offset + i * entry, text, entry);
    }
}

bool sample_check_part(enum struct_kind kind, struct struct_form form, const void *structure,
                       uint32_t size, unsigned index)
{
    const struct layout *layout = &layouts[kind];
    const struct part_layout *part = &layout->part[index];
    uint8_t expected[1024];
    if (layout->header == HEADER_LIST) {
        check_records(form, structure, size, part, index, LIST_HEADER);
        return true;
    }
    uint32_t bytes = get(structure, part->member), offset = get(structure, part->member + 4);
    if (bytes == 0) {
        CHECK_EQ(offset, 0);
        if (part->clear)
            CHECK_EQ(get(structure, part->count), 0);
        return false;
    }
    if (!CHECK((uint64_t)offset + bytes <= size) || !CHECK_EQ(offset % 4, 0))
        return true;
    if (part->kind == PART_RECORDS) {
        CHECK_EQ(bytes, RECORDS * part->record->size[column_of(form.version)]);
        check_records(form, structure, size, part, index, offset);
    } else if (part->kind == PART_TABLE) {
        check_table(form, structure, part, index, offset);
    } else {
        uint32_t length = content_of(part, index, form.ansi, expected);
        if (CHECK_EQ(bytes, length))
            CHECK_BYTES((const char *)structure + offset, expected, bytes);
    }
    return true;
}
