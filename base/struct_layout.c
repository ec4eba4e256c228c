/* struct_layout.c - see struct_layout.h. One walk over a structure's parts does all the work: it
 * reads them in one form, checked against the source's size, and lays them out in another. */
#include "base/struct_layout.h"

#include <stdlib.h>
#include <string.h>

/* Values of <tapi.h>'s STRINGFORMAT_: this file compiles without it. */
#define FORMAT_ASCII   1u
#define FORMAT_UNICODE 3u

#define LAYOUT_VERSIONS 5
/* Overlapping records of a hostile structure could unfold to any size: more is left out. */
#define UNFOLD_LIMIT (8 * STRUCT_SIZE_LIMIT)

enum { TOTAL_SIZE = 0, NEEDED_SIZE = 4, USED_SIZE = 8 }; /* offsets of the header's members */
#define LIST_HEADER 8u /* LINEFORWARDLIST: dwTotalSize, dwNumEntries, then the records */

enum header_kind { HEADER_FULL, HEADER_TOTAL, HEADER_LIST };
enum part_kind {
    PART_STRING,
    PART_MULTI,
    PART_BYTES,
    PART_VARIANT,
    PART_TABLE,
    PART_ARRAY,
    PART_RECORDS
};

struct record_layout {
    uint8_t size[LAYOUT_VERSIONS];
    uint8_t string_count;
    uint8_t string[6]; /* offsets of the dwXxxSize members; dwXxxOffset follows each */
};

struct part_layout {
    uint8_t kind;
    uint16_t member; /* offset of dwXxxSize; dwXxxOffset follows it */
    uint16_t count;  /* offset of the count member, where the kind has one */
    uint16_t entry;  /* PART_TABLE: offset of the entry size member */
    uint8_t element; /* PART_ARRAY: bytes of an element */
    uint8_t clear;   /* the count becomes 0 when the part is left out */
    const struct record_layout *record;
};

struct layout {
    const char *name;
    uint8_t header;
    uint16_t size[LAYOUT_VERSIONS];
    uint16_t format; /* offset of dwStringFormat; 0: none */
    uint8_t part_count;
    const struct part_layout *part;
};

#include "base/struct_tables.h"

struct reader {
    const uint8_t *at;
    uint32_t size, fixed;
    unsigned column;
    const struct struct_text *ansi;
    bool strict, outside; /* outside: a part lies outside of the structure */
};

struct writer {
    uint8_t *at; /* NULL: only measure */
    uint32_t total, fixed;
    unsigned column;
    const struct struct_text *ansi;
    uint64_t needed, used;
};

struct span {
    uint32_t offset, size;
};

static unsigned column_of(uint32_t version)
{
    return version >= 0x00030001   ? 4
           : version >= 0x00030000 ? 3
           : version >= 0x00020002 ? 2
           : version >= 0x00020000 ? 1
                                   : 0;
}

uint32_t struct_fixed_size(enum struct_kind kind, uint32_t version)
{
    return layouts[kind].size[column_of(version)];
}

const char *struct_name(enum struct_kind kind)
{
    return layouts[kind].name;
}

static uint32_t get(const uint8_t *at, uint32_t offset)
{
    uint32_t value;
    memcpy(&value, at + offset, sizeof value);
    return value;
}

static void put(uint8_t *at, uint32_t offset, uint64_t value)
{
    uint32_t narrow = (uint32_t)value;
    memcpy(at + offset, &narrow, sizeof narrow);
}

static uint64_t aligned(uint64_t offset)
{
    return (offset + 3) & ~(uint64_t)3;
}

/* The part that the member pair at `pair` names, or an empty one. */
static struct span read_span(struct reader *from, uint32_t pair)
{
    struct span span = {get(from->at, pair + 4), get(from->at, pair)};
    if (span.size != 0 && (uint64_t)span.offset + span.size > from->size) {
        from->outside = true;
        span.size = 0;
    }
    if (span.size == 0)
        span.offset = 0;
    return span;
}

/* Reserves room for a part; 0 when it does not fit or nothing is written. */
static uint32_t place(struct writer *to, uint64_t size)
{
    to->needed = aligned(to->needed) + size;
    uint64_t offset = aligned(to->used);
    if (offset + size > to->total)
        return 0;
    if (to->at != NULL)
        memset(to->at + to->used, 0, (size_t)(offset - to->used));
    to->used = offset + size;
    return to->at == NULL ? 0 : (uint32_t)offset;
}

/* ---- text ---- */

static uint32_t unit_of(const struct struct_text *ansi)
{
    return ansi == NULL ? 2 : 1;
}

static bool unit_is_zero(const uint8_t *at, uint32_t unit)
{
    return at[0] == 0 && (unit == 1 || at[1] == 0);
}

/* Bytes of text before its terminator, which may be missing; lists of strings end with two. */
static uint32_t text_length(const struct reader *from, struct span span, bool multi)
{
    const uint8_t *at = from->at + span.offset;
    uint32_t unit = unit_of(from->ansi), end = span.size - span.size % unit;
    for (uint32_t i = 0; i < end; i += unit) {
        if (!unit_is_zero(at + i, unit))
            continue;
        if (!multi || i == 0 || i + unit >= end || unit_is_zero(at + i + unit, unit))
            return i;
    }
    return end;
}

static uint32_t text_convert(const struct reader *from, struct span span, const struct writer *to,
                             uint8_t *out, uint32_t room)
{
    const uint8_t *at = from->at + span.offset;
    if (span.size == 0)
        return 0;
    if (from->ansi == NULL && to->ansi != NULL)
        return to->ansi->to_ansi(at, span.size, out, room);
    if (from->ansi != NULL && to->ansi == NULL)
        return from->ansi->to_utf16(at, span.size, out, room);
    if (out != NULL)
        memcpy(out, at, span.size < room ? span.size : room);
    return span.size;
}

/* One string on its way: where its text is, and its bytes with terminator in the new form. */
struct text {
    struct span span;
    uint32_t bytes, content;
};

static struct text text_read(const struct reader *from, struct span span, bool multi,
                             const struct writer *to)
{
    struct text text = {{span.offset, text_length(from, span, multi)}, 0, 0};
    if (span.size < unit_of(from->ansi))
        return text;
    text.content = text_convert(from, text.span, to, NULL, 0);
    text.bytes = text.content + unit_of(to->ansi) * (multi ? 2 : 1);
    return text;
}

static void text_write(const struct reader *from, const struct text *text, struct writer *to,
                       uint32_t offset)
{
    memset(to->at + offset, 0, text->bytes);
    text_convert(from, text->span, to, to->at + offset, text->content);
}

/* ---- the kinds of parts: each returns nothing and sets the member pair when it was placed ---- */

static void set_pair(struct writer *to, uint32_t pair, uint32_t offset, uint64_t size)
{
    if (offset == 0)
        return; /* the pair was zeroed before */
    put(to->at, pair, size);
    put(to->at, pair + 4, offset);
}

static void copy_bytes(struct reader *from, struct writer *to, const struct part_layout *part,
                       struct span span)
{
    uint32_t offset = place(to, span.size);
    if (offset != 0)
        memcpy(to->at + offset, from->at + span.offset, span.size);
    set_pair(to, part->member, offset, span.size);
}

static void copy_text(struct reader *from, struct writer *to, const struct part_layout *part,
                      struct span span)
{
    struct text text = text_read(from, span, part->kind == PART_MULTI, to);
    if (text.bytes == 0)
        return;
    uint32_t offset = place(to, text.bytes);
    if (offset != 0)
        text_write(from, &text, to, offset);
    set_pair(to, part->member, offset, text.bytes);
}

/* VARSTRING: dwStringFormat says whether its content is text to convert. A provider's or an
 * application's ASCII stays what it says it is. */
static void copy_variant(struct reader *from, struct writer *to, const struct part_layout *part,
                         struct span span, uint32_t format_member)
{
    if (get(from->at, format_member) != FORMAT_UNICODE) {
        copy_bytes(from, to, part, span);
        return;
    }
    struct reader wide = *from;
    wide.ansi = NULL;
    copy_text(&wide, to, part, span);
    if (to->at != NULL && to->ansi != NULL)
        put(to->at, format_member, FORMAT_ASCII);
}

static void copy_table(struct reader *from, struct writer *to, const struct part_layout *part,
                       struct span span)
{
    uint32_t entry = get(from->at, part->entry), longest = 0;
    uint32_t count = get(from->at, part->count);
    uint32_t fits = entry == 0 ? 0 : span.size / entry;
    if (count > fits)
        count = fits;
    for (uint32_t i = 0; i < count; i++) {
        struct text text =
            text_read(from, (struct span){span.offset + i * entry, entry}, false, to);
        if (text.bytes > longest)
            longest = text.bytes;
    }
    if (longest == 0)
        return;
    uint64_t size = (uint64_t)longest * count;
    uint32_t offset = place(to, size);
    set_pair(to, part->member, offset, size);
    if (to->at != NULL)
        put(to->at, part->entry, longest);
    if (offset == 0)
        return;
    memset(to->at + offset, 0, (size_t)size);
    for (uint32_t i = 0; i < count; i++) {
        struct text text =
            text_read(from, (struct span){span.offset + i * entry, entry}, false, to);
        text_write(from, &text, to, offset + i * longest);
    }
}

static void set_count(struct writer *to, const struct part_layout *part, uint32_t count)
{
    if (part->clear && to->at != NULL)
        put(to->at, part->count, count);
}

static void copy_array(struct reader *from, struct writer *to, const struct part_layout *part,
                       struct span span)
{
    uint32_t count = get(from->at, part->count);
    if (count > span.size / part->element)
        count = span.size / part->element;
    set_count(to, part, 0);
    if (count == 0)
        return;
    uint32_t size = count * part->element, offset = place(to, size);
    if (offset == 0)
        return;
    memcpy(to->at + offset, from->at + span.offset, size);
    set_pair(to, part->member, offset, size);
    set_count(to, part, count);
}

/* Bytes that the strings of `count` records take behind them; may stop counting at the limit. */
static uint64_t measure_records(struct reader *from, const struct writer *to,
                                const struct record_layout *record, uint32_t at, uint32_t count)
{
    uint64_t size = 0;
    for (uint32_t i = 0; i < count && size <= UNFOLD_LIMIT; i++) {
        for (uint32_t k = 0; k < record->string_count; k++) {
            uint32_t pair = at + i * record->size[from->column] + record->string[k];
            struct text text = text_read(from, read_span(from, pair), false, to);
            size = aligned(size + text.bytes);
        }
    }
    return size;
}

static void write_records(struct reader *from, struct writer *to,
                          const struct record_layout *record, uint32_t at, uint32_t count,
                          uint32_t offset)
{
    uint32_t old = record->size[from->column], new = record->size[to->column];
    uint32_t strings = offset + count * new;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t source = at + i * old, target = offset + i * new;
        memset(to->at + target, 0, new);
        memcpy(to->at + target, from->at + source, old < new ? old : new);
        for (uint32_t k = 0; k < record->string_count; k++) {
            uint32_t pair = record->string[k];
            struct text text = text_read(from, read_span(from, source + pair), false, to);
            put(to->at, target + pair, text.bytes);
            put(to->at, target + pair + 4, text.bytes == 0 ? 0 : strings);
            if (text.bytes == 0)
                continue;
            text_write(from, &text, to, strings);
            strings = (uint32_t)aligned(strings + text.bytes);
        }
    }
}

static void copy_records(struct reader *from, struct writer *to, const struct part_layout *part,
                         struct span span)
{
    const struct record_layout *record = part->record;
    uint32_t count = get(from->at, part->count), old = record->size[from->column];
    if (count > span.size / old)
        count = span.size / old;
    set_count(to, part, 0);
    if (count == 0)
        return;
    uint64_t records = (uint64_t)count * record->size[to->column];
    uint64_t strings = measure_records(from, to, record, span.offset, count);
    if (strings > UNFOLD_LIMIT)
        return;
    uint32_t offset = place(to, records + strings);
    if (offset == 0)
        return;
    memset(to->at + offset, 0, (size_t)(records + strings));
    write_records(from, to, record, span.offset, count, offset);
    set_pair(to, part->member, offset, records);
    set_count(to, part, count);
}

static void copy_part(struct reader *from, struct writer *to, const struct layout *layout,
                      const struct part_layout *part)
{
    /* A part that one of the two versions does not have yet: its members would lie past the end. */
    if (part->member + 8u > to->fixed)
        return;
    if (part->member + 8u > from->fixed) {
        if (to->at != NULL)
            memset(to->at + part->member, 0, 8);
        set_count(to, part, 0);
        return;
    }
    struct span span = read_span(from, part->member);
    if (to->at != NULL) {
        put(to->at, part->member, 0);
        put(to->at, part->member + 4, 0);
    }
    if (span.size == 0) {
        set_count(to, part, 0);
        return;
    }
    if (to->needed > UNFOLD_LIMIT)
        return;
    switch ((enum part_kind)part->kind) {
    case PART_STRING:
    case PART_MULTI:
        copy_text(from, to, part, span);
        break;
    case PART_BYTES:
        copy_bytes(from, to, part, span);
        break;
    case PART_VARIANT:
        copy_variant(from, to, part, span, layout->format);
        break;
    case PART_TABLE:
        copy_table(from, to, part, span);
        break;
    case PART_ARRAY:
        copy_array(from, to, part, span);
        break;
    case PART_RECORDS:
        copy_records(from, to, part, span);
        break;
    }
}

/* LINEFORWARDLIST has its records inline, after dwTotalSize and dwNumEntries. */
static void copy_list(struct reader *from, struct writer *to, const struct layout *layout)
{
    const struct record_layout *record = layout->part[0].record;
    uint32_t old = record->size[from->column], new = record->size[to->column];
    uint32_t count = get(from->at, 4), room = (from->size - LIST_HEADER) / old;
    if (count > room) {
        from->outside = true;
        count = room;
    }
    uint64_t strings = measure_records(from, to, record, LIST_HEADER, count);
    if (strings > UNFOLD_LIMIT)
        count = 0, strings = 0;
    uint64_t size = LIST_HEADER + (uint64_t)count * new + strings;
    to->needed = to->used = size < to->fixed ? to->fixed : size;
    if (to->at == NULL || to->used > to->total)
        return;
    memset(to->at, 0, (size_t)to->used);
    put(to->at, 4, count);
    write_records(from, to, record, LIST_HEADER, count, LIST_HEADER);
}

/* Lays `from` out in `to`, whose fixed part fits in to->total. */
static void copy_structure(const struct layout *layout, struct reader *from, struct writer *to)
{
    if (layout->header == HEADER_LIST) {
        copy_list(from, to, layout);
        return;
    }
    to->needed = to->used = to->fixed;
    if (to->at != NULL) {
        uint32_t common = from->fixed < to->fixed ? from->fixed : to->fixed;
        memcpy(to->at + 4, from->at + 4, common - 4);
        memset(to->at + common, 0, to->fixed - common);
        if (layout->format != 0 && layout->part[0].kind != PART_VARIANT)
            put(to->at, layout->format, to->ansi != NULL ? FORMAT_ASCII : FORMAT_UNICODE);
    }
    for (unsigned i = 0; i < layout->part_count; i++)
        copy_part(from, to, layout, &layout->part[i]);
}

/* Both passes: measure, allocate, write. */
static enum struct_result copy_new(const struct layout *layout, struct reader *from,
                                   struct struct_form form, void **out, uint32_t *out_size)
{
    struct writer to = {.total = UINT32_MAX, .ansi = form.ansi};
    to.column = column_of(form.version);
    to.fixed = layout->size[to.column];
    copy_structure(layout, from, &to);
    if (from->strict && from->outside)
        return STRUCT_INVALID;
    to.total = (uint32_t)to.needed;
    to.at = malloc(to.total);
    if (to.at == NULL)
        return STRUCT_NO_MEMORY;
    copy_structure(layout, from, &to);
    put(to.at, TOTAL_SIZE, to.total);
    if (layout->header == HEADER_FULL) {
        put(to.at, NEEDED_SIZE, to.total);
        put(to.at, USED_SIZE, to.total);
    }
    *out = to.at;
    *out_size = to.total;
    return STRUCT_OK;
}

static const struct struct_form newest = {UINT32_MAX, NULL};

static struct reader reader_of(const struct layout *layout, struct struct_form form,
                               const void *src, uint32_t size)
{
    struct reader from = {.at = src, .size = size, .ansi = form.ansi};
    from.column = column_of(form.version);
    from.fixed = layout->header == HEADER_LIST ? LIST_HEADER : layout->size[from.column];
    if (from.fixed > size)
        from.fixed = size;
    return from;
}

enum struct_result struct_upgrade(enum struct_kind kind, struct struct_form form, const void *src,
                                  uint32_t size, void **out, uint32_t *out_size)
{
    const struct layout *layout = &layouts[kind];
    *out = NULL;
    *out_size = 0;
    if (size < (layout->header == HEADER_LIST ? LIST_HEADER : layout->size[0]))
        return STRUCT_TOO_SMALL;
    struct reader from = reader_of(layout, form, src, size);
    return copy_new(layout, &from, newest, out, out_size);
}

uint32_t struct_wanted(const void *src, uint32_t size)
{
    uint32_t needed = get(src, NEEDED_SIZE);
    return needed > size && needed <= STRUCT_SIZE_LIMIT ? needed : 0;
}

enum struct_result struct_ingest(enum struct_kind kind, struct struct_form form, const void *src,
                                 void **out, uint32_t *out_size)
{
    const struct layout *layout = &layouts[kind];
    uint32_t size = get(src, TOTAL_SIZE);
    *out = NULL;
    *out_size = 0;
    if (size <
        (layout->header == HEADER_LIST ? LIST_HEADER : struct_fixed_size(kind, form.version)))
        return STRUCT_TOO_SMALL;
    struct reader from = reader_of(layout, form, src, size);
    from.strict = true;
    return copy_new(layout, &from, newest, out, out_size);
}

enum struct_result struct_downgrade(enum struct_kind kind, struct struct_form form, const void *src,
                                    uint32_t size, void **out, uint32_t *out_size)
{
    const struct layout *layout = &layouts[kind];
    *out = NULL;
    *out_size = 0;
    if (size < (layout->header == HEADER_LIST ? LIST_HEADER : layout->size[0]))
        return STRUCT_TOO_SMALL;
    struct reader from = reader_of(layout, newest, src, size);
    return copy_new(layout, &from, form, out, out_size);
}

enum struct_result struct_deliver(enum struct_kind kind, struct struct_form form, const void *src,
                                  uint32_t size, void *dst)
{
    const struct layout *layout = &layouts[kind];
    struct reader from = reader_of(layout, newest, src, size);
    struct writer to = {.at = dst, .ansi = form.ansi};
    to.total = get(dst, TOTAL_SIZE);
    to.column = column_of(form.version);
    to.fixed = layout->size[to.column];
    if (size < layout->size[0])
        return STRUCT_INVALID;
    if (to.total < to.fixed) {
        if (to.total >= NEEDED_SIZE + 4) {
            to.at = NULL;
            copy_structure(layout, &from, &to);
            put(dst, NEEDED_SIZE, to.needed);
        }
        return STRUCT_TOO_SMALL;
    }
    copy_structure(layout, &from, &to);
    if (layout->header == HEADER_FULL) {
        put(to.at, NEEDED_SIZE, to.needed);
        put(to.at, USED_SIZE, to.used);
    }
    return STRUCT_OK;
}

void *struct_create(enum struct_kind kind, uint32_t *size)
{
    const struct layout *layout = &layouts[kind];
    uint32_t fixed = layout->size[LAYOUT_VERSIONS - 1];
    uint8_t *made = calloc(1, fixed);
    *size = made == NULL ? 0 : fixed;
    if (made == NULL)
        return NULL;
    put(made, TOTAL_SIZE, fixed);
    if (layout->header == HEADER_FULL) {
        put(made, NEEDED_SIZE, fixed);
        put(made, USED_SIZE, fixed);
    }
    if (layout->format != 0)
        put(made, layout->format, FORMAT_UNICODE);
    return made;
}

bool struct_append(enum struct_kind kind, void **structure, uint32_t *size, uint32_t member,
                   const void *data, uint32_t bytes)
{
    if (data == NULL || bytes == 0)
        return true;
    uint64_t offset = aligned(*size), total = offset + bytes;
    if (total > UINT32_MAX)
        return false;
    uint8_t *grown = realloc(*structure, (size_t)total);
    if (grown == NULL)
        return false;
    memset(grown + *size, 0, (size_t)(offset - *size));
    memcpy(grown + offset, data, bytes);
    put(grown, member, bytes);
    put(grown, member + 4, offset);
    put(grown, TOTAL_SIZE, total);
    if (layouts[kind].header == HEADER_FULL) {
        put(grown, NEEDED_SIZE, total);
        put(grown, USED_SIZE, total);
    }
    *structure = grown;
    *size = (uint32_t)total;
    return true;
}
