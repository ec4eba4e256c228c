/* hostile_layout_test.c - structures as a provider that lies, or an application that errs, fills
 * them: nothing outside of them is read, and what comes out is always in order. */
#include <stdlib.h>

#include "tests/layout/sample.h"
#include "tests/support/test.h"

static const struct struct_form newest = {0x00030001, NULL};
static const uint32_t versions[] = {0x00010003, 0x00020000, 0x00020002, 0x00030000, 0x00030001};

#define EACH_KIND(kind)                                                                            \
    for (enum struct_kind kind = 0; kind < STRUCT_KIND_COUNT; kind = (enum struct_kind)(kind + 1))

/* What came out is what goes in again: every part inside, terminated, counted. */
static void check_canonical(enum struct_kind kind, const void *out, uint32_t size)
{
    void *again;
    uint32_t again_size;
    CHECK_EQ(get32(out, 0), size);
    if (!CHECK_EQ(struct_upgrade(kind, newest, out, size, &again, &again_size), STRUCT_OK))
        return;
    if (CHECK_EQ(again_size, size))
        CHECK_BYTES(again, out, size);
    free(again);
}

static void upgrade_copy(enum struct_kind kind, struct struct_form form, const uint8_t *structure,
                         uint32_t size)
{
    uint8_t *exact = malloc(size); /* the sanitizer guards both ends */
    void *out;
    uint32_t out_size;
    memcpy(exact, structure, size);
    enum struct_result result = struct_upgrade(kind, form, exact, size, &out, &out_size);
    if (result == STRUCT_OK) {
        check_canonical(kind, out, out_size);
        free(out);
    } else {
        CHECK_EQ(result, STRUCT_TOO_SMALL);
        CHECK(out == NULL);
    }
    if (sample_is_input(kind)) {
        put32(exact, 0, size);
        if (struct_ingest(kind, form, exact, &out, &out_size) == STRUCT_OK) {
            check_canonical(kind, out, out_size);
            free(out);
        } else {
            CHECK(out == NULL);
        }
    }
    free(exact);
}

TEST(offsets_that_lead_outside)
{
    static const uint32_t evil[] = {0, 1, 3, 4, 8, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF};
    EACH_KIND(kind)
    {
        uint32_t size, down_size;
        void *sample = sample_make(kind, &size), *down;
        for (unsigned v = 0; v < 10; v++) {
            struct struct_form form = {versions[v / 2], v % 2 ? &sample_text : NULL};
            REQUIRE_EQ(struct_downgrade(kind, form, sample, size, &down, &down_size), STRUCT_OK);
            for (unsigned p = 0; p < sample_parts(kind, form.version); p++) {
                uint32_t pair = sample_member(kind, p);
                uint32_t old_size = get32(down, pair), old_offset = get32(down, pair + 4);
                for (unsigned i = 0; i < 81; i++) {
                    put32(down, pair, evil[i / 9]);
                    put32(down, pair + 4, evil[i % 9]);
                    upgrade_copy(kind, form, down, down_size);
                }
                for (uint32_t near = down_size - 5; near < down_size + 2; near++) {
                    put32(down, pair, old_size);
                    put32(down, pair + 4, near);
                    upgrade_copy(kind, form, down, down_size);
                    put32(down, pair, down_size - near + 1);
                    upgrade_copy(kind, form, down, down_size);
                }
                put32(down, pair, old_size);
                put32(down, pair + 4, old_offset);
            }
            free(down);
        }
        free(sample);
    }
}

TEST(structures_cut_off_anywhere)
{
    EACH_KIND(kind)
    {
        uint32_t size;
        void *sample = sample_make(kind, &size);
        for (uint32_t cut = 4; cut <= size; cut++) {
            upgrade_copy(kind, newest, sample, cut);
            upgrade_copy(kind, (struct struct_form){0x00010004, &sample_text}, sample, cut);
        }
        free(sample);
    }
}

static uint32_t seed = 20260101;

static uint32_t random_next(void)
{
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

TEST(random_damage)
{
    EACH_KIND(kind)
    {
        uint32_t size, down_size;
        void *sample = sample_make(kind, &size), *down;
        for (unsigned round = 0; round < 600; round++) {
            struct struct_form form = {versions[round % 5], round % 2 ? &sample_text : NULL};
            REQUIRE_EQ(struct_downgrade(kind, form, sample, size, &down, &down_size), STRUCT_OK);
            for (unsigned i = 0; i < 1 + round % 7; i++) {
                uint32_t at = random_next() % (down_size - 3);
                put32(down, random_next() % 2 ? at & ~3u : at,
                      random_next() % 3 ? random_next() % (down_size + 8) : random_next() << 8);
            }
            upgrade_copy(kind, form, down, down_size);
            free(down);
        }
        free(sample);
    }
}

/* Many records that all share one long string would unfold to gigabytes. */
TEST(records_that_share_a_string_do_not_explode)
{
    enum { SIZE = 0x40000 };
    uint8_t *list = calloc(1, SIZE);
    void *out;
    uint32_t size, count = (SIZE / 2 - 24) / 40;
    put32(list, 0, SIZE);
    put32(list, 12, count); /* LINEDEVSTATUS: dwNumOpens, dwAppInfo */
    memset(list + SIZE / 2, 'x', SIZE / 2);
    put32(list, 80, count * 40);
    put32(list, 84, 88);
    for (uint32_t i = 0; i < count - 2; i++) {
        for (uint32_t k = 0; k < 4; k++) {
            put32(list, 88 + i * 40 + k * 8, SIZE / 2);
            put32(list, 88 + i * 40 + k * 8 + 4, SIZE / 2);
        }
    }
    REQUIRE_EQ(struct_upgrade(STRUCT_LINEDEVSTATUS, newest, list, SIZE, &out, &size), STRUCT_OK);
    CHECK(size < 0x1000000);
    CHECK_EQ(get32(out, 80), 0);
    free(out);
    free(list);
}

TEST(a_string_without_terminator_gets_one)
{
    static const uint8_t text[] = {'o', 0, 'k', 0};
    uint32_t size, out_size;
    void *made = struct_create(STRUCT_LINECALLINFO, &size), *out;
    uint32_t pair = sample_member(STRUCT_LINECALLINFO, 0);
    REQUIRE(struct_append(STRUCT_LINECALLINFO, &made, &size, pair, text, sizeof text));
    REQUIRE_EQ(struct_upgrade(STRUCT_LINECALLINFO, newest, made, size, &out, &out_size), STRUCT_OK);
    CHECK_EQ(get32(out, pair), 6);
    CHECK_BYTES((char *)out + get32(out, pair + 4), "o\0k\0\0", 6);
    free(out);
    free(made);
}

TEST(ingest_refuses_what_lies_outside)
{
    uint32_t size, out_size;
    void *sample = sample_make(STRUCT_LINECALLPARAMS, &size), *out;
    put32(sample, sample_member(STRUCT_LINECALLPARAMS, 0) + 4, size - 1);
    POISON(out);
    CHECK_EQ(struct_ingest(STRUCT_LINECALLPARAMS, newest, sample, &out, &out_size), STRUCT_INVALID);
    CHECK(out == NULL);
    free(sample);

    sample = sample_make(STRUCT_LINEFORWARDLIST, &size);
    put32(sample, 4, 1000);
    CHECK_EQ(struct_ingest(STRUCT_LINEFORWARDLIST, newest, sample, &out, &out_size),
             STRUCT_INVALID);
    free(sample);
}

TEST(a_second_try_is_wanted_only_within_reason)
{
    uint8_t structure[24] = {0};
    put32(structure, 4, 24);
    CHECK_EQ(struct_wanted(structure, 24), 0);
    put32(structure, 4, 25);
    CHECK_EQ(struct_wanted(structure, 24), 25);
    put32(structure, 4, STRUCT_SIZE_LIMIT + 1);
    CHECK_EQ(struct_wanted(structure, 24), 0);
    put32(structure, 4, 0xFFFFFFFF);
    CHECK_EQ(struct_wanted(structure, 24), 0);
}
