/* layout_test.c - every structure, in every version, A and W, in buffers of every size. */
#include <stdlib.h>

#include "tests/layout/sample.h"
#include "tests/support/test.h"

static const uint32_t versions[] = {0x00010003, 0x00010004, 0x00020000, 0x00020001,
                                    0x00020002, 0x00030000, 0x00030001};

#define EACH_KIND(kind)                                                                            \
    for (enum struct_kind kind = 0; kind < STRUCT_KIND_COUNT; kind = (enum struct_kind)(kind + 1))
#define EACH_FORM(form)                                                                            \
    for (unsigned form##_i = 0; form##_i < 14; form##_i++)                                         \
        for (struct struct_form                                                                    \
                 form = {versions[form##_i / 2], form##_i % 2 ? &sample_text : NULL},              \
                 *form##_once = &form;                                                             \
             form##_once != NULL; form##_once = NULL)

static unsigned present(enum struct_kind kind, struct struct_form form, const void *structure,
                        uint32_t size)
{
    unsigned count = 0;
    for (unsigned i = 0; i < sample_parts(kind, form.version); i++)
        count += sample_check_part(kind, form, structure, size, i);
    return count;
}

/* One delivery into a block of exactly `total` bytes: the sanitizer guards what lies behind. */
static void deliver_once(enum struct_kind kind, struct struct_form form, const void *sample,
                         uint32_t size, uint32_t total, uint32_t needed)
{
    uint32_t fixed = struct_fixed_size(kind, form.version);
    uint8_t *buffer = malloc(total);
    memset(buffer, 0xCC, total);
    put32(buffer, 0, total);
    enum struct_result result = struct_deliver(kind, form, sample, size, buffer);
    CHECK_EQ(get32(buffer, 0), total);
    if (total >= 8)
        CHECK_EQ(get32(buffer, 4), needed);
    if (total < fixed) {
        CHECK_EQ(result, STRUCT_TOO_SMALL);
        for (uint32_t i = 8; i < total; i++)
            CHECK_EQ(buffer[i], 0xCC);
    } else {
        uint32_t used = get32(buffer, 8);
        CHECK_EQ(result, STRUCT_OK);
        CHECK(used >= fixed && used <= total && used <= needed);
        CHECK_EQ(present(kind, form, buffer, used) == sample_parts(kind, form.version),
                 total >= needed);
        CHECK_EQ(used == needed, total >= needed);
        for (uint32_t i = used; i < total; i++)
            CHECK_EQ(buffer[i], 0xCC);
    }
    free(buffer);
}

TEST(delivery_honours_every_buffer_size)
{
    EACH_KIND(kind)
    {
        uint32_t size;
        void *sample = sample_make(kind, &size);
        EACH_FORM(form)
        {
            uint8_t *probe = calloc(1, 0x10000);
            put32(probe, 0, 0x10000);
            if (!sample_is_input(kind)) {
                CHECK_EQ(struct_deliver(kind, form, sample, size, probe), STRUCT_OK);
                uint32_t needed = get32(probe, 4);
                CHECK(needed > 0 && needed < 0x10000);
                for (uint32_t total = 4; total <= needed + 1; total++)
                    deliver_once(kind, form, sample, size, total, needed);
            }
            free(probe);
        }
        free(sample);
    }
}

TEST(the_fixed_part_arrives_unchanged)
{
    EACH_KIND(kind)
    {
        uint32_t size;
        uint8_t *sample = sample_make(kind, &size);
        EACH_FORM(form)
        {
            void *down;
            uint32_t down_size, fixed = struct_fixed_size(kind, form.version), differences = 0;
            REQUIRE_EQ(struct_downgrade(kind, form, sample, size, &down, &down_size), STRUCT_OK);
            for (uint32_t i = 12; i < fixed && kind != STRUCT_LINEFORWARDLIST; i++)
                differences += ((uint8_t *)down)[i] != sample[i];
            /* size/offset pairs, counts of entries' sizes and the string format may differ */
            CHECK(differences <= sample_parts(kind, form.version) * 12 + 4);
            free(down);
        }
        free(sample);
    }
}

TEST(down_and_up_again_keeps_every_part)
{
    EACH_KIND(kind)
    {
        uint32_t size;
        void *sample = sample_make(kind, &size);
        EACH_FORM(form)
        {
            void *down, *up, *in;
            uint32_t down_size, up_size;
            struct struct_form newest = {0x00030001, NULL};
            unsigned parts = sample_parts(kind, form.version);
            REQUIRE_EQ(struct_downgrade(kind, form, sample, size, &down, &down_size), STRUCT_OK);
            CHECK_EQ(get32(down, 0), down_size);
            CHECK_EQ(present(kind, form, down, down_size), parts);
            REQUIRE_EQ(struct_upgrade(kind, form, down, down_size, &up, &up_size), STRUCT_OK);
            CHECK_EQ(get32(up, 0), up_size);
            CHECK(up_size >= struct_fixed_size(kind, UINT32_MAX));
            /* an ASCII VARSTRING stays one */
            for (unsigned i = 0; i < parts; i++)
                CHECK(sample_check_part(kind, kind == STRUCT_VARSTRING ? form : newest, up, up_size,
                                        i));
            for (unsigned i = parts; i < sample_parts(kind, UINT32_MAX); i++)
                CHECK(!sample_check_part(kind, newest, up, up_size, i));
            free(up);
            if (sample_is_input(kind)) {
                REQUIRE_EQ(struct_ingest(kind, form, down, &in, &up_size), STRUCT_OK);
                for (unsigned i = 0; i < parts; i++)
                    CHECK(sample_check_part(kind, newest, in, up_size, i));
                free(in);
            }
            free(down);
        }
        free(sample);
    }
}

TEST(an_input_structure_shorter_than_its_version_is_too_small)
{
    const struct struct_form old = {0x00010004, NULL}, new = {0x00020000, NULL};
    uint8_t params[176] = {0};
    void *out;
    uint32_t size;
    put32(params, 0, 112);
    CHECK_EQ(struct_ingest(STRUCT_LINECALLPARAMS, new, params, &out, &size), STRUCT_TOO_SMALL);
    CHECK(out == NULL);
    REQUIRE_EQ(struct_ingest(STRUCT_LINECALLPARAMS, old, params, &out, &size), STRUCT_OK);
    CHECK_EQ(size, struct_fixed_size(STRUCT_LINECALLPARAMS, UINT32_MAX));
    free(out);
    put32(params, 0, 111);
    CHECK_EQ(struct_ingest(STRUCT_LINECALLPARAMS, old, params, &out, &size), STRUCT_TOO_SMALL);
}

TEST(the_string_format_says_what_the_strings_are)
{
    uint32_t size;
    void *sample = sample_make(STRUCT_LINEDEVCAPS, &size);
    uint8_t buffer[4096];
    struct struct_form form = {0x00020002, NULL};
    put32(buffer, 0, sizeof buffer);
    CHECK_EQ(struct_deliver(STRUCT_LINEDEVCAPS, form, sample, size, buffer), STRUCT_OK);
    CHECK_EQ(get32(buffer, 40), 3); /* STRINGFORMAT_UNICODE */
    form.ansi = &sample_text;
    CHECK_EQ(struct_deliver(STRUCT_LINEDEVCAPS, form, sample, size, buffer), STRUCT_OK);
    CHECK_EQ(get32(buffer, 40), 1); /* STRINGFORMAT_ASCII */
    free(sample);
}

TEST(a_varstring_is_converted_only_when_it_is_text)
{
    static const uint8_t wide[] = {'a', 0, 'b', 0, 0, 0}, bytes[] = {'x', 0, 1, 2, 3, 4, 5};
    struct struct_form form = {0x00020002, &sample_text};
    uint8_t buffer[64];
    uint32_t size;
    void *made = struct_create(STRUCT_VARSTRING, &size);
    REQUIRE(struct_append(STRUCT_VARSTRING, &made, &size, 16, wide, sizeof wide));
    put32(buffer, 0, sizeof buffer);
    CHECK_EQ(struct_deliver(STRUCT_VARSTRING, form, made, size, buffer), STRUCT_OK);
    CHECK_EQ(get32(buffer, 12), 1);
    CHECK_EQ(get32(buffer, 16), 3);
    CHECK_STR((char *)buffer + get32(buffer, 20), "ab");
    free(made);

    made = struct_create(STRUCT_VARSTRING, &size);
    REQUIRE(struct_append(STRUCT_VARSTRING, &made, &size, 16, bytes, sizeof bytes));
    put32(made, 12, 4); /* STRINGFORMAT_BINARY */
    CHECK_EQ(struct_deliver(STRUCT_VARSTRING, form, made, size, buffer), STRUCT_OK);
    CHECK_EQ(get32(buffer, 12), 4);
    CHECK_EQ(get32(buffer, 16), sizeof bytes);
    CHECK_BYTES(buffer + get32(buffer, 20), bytes, sizeof bytes);
    free(made);
}

TEST(sizes_of_versions_between_the_documented_ones)
{
    CHECK_EQ(struct_fixed_size(STRUCT_LINEDEVCAPS, 0x00010004), 240);
    CHECK_EQ(struct_fixed_size(STRUCT_LINEDEVCAPS, 0x00020001), 252);
    CHECK_EQ(struct_fixed_size(STRUCT_LINECALLPARAMS, 0x00030000), 180);
    CHECK_EQ(struct_fixed_size(STRUCT_LINEFORWARDLIST, 0x00030000), 32);
    CHECK_EQ(struct_fixed_size(STRUCT_LINEFORWARDLIST, 0x00030001), 40);
    CHECK_STR(struct_name(STRUCT_PHONECAPS), "PHONECAPS");
}
