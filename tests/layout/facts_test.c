/* facts_test.c - structures as the facts about Microsoft's headers have them
 * (reference/structs.csv), in this compiler's eyes and in base/struct_layout.c's, which all of
 * tapi32.dll goes by. */
#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stddef.h>

#include "base/struct_layout.h"
#include "tests/support/test.h"

#define MEMBER(structure, member, offset, size)                                                    \
    _Static_assert(offsetof(structure, member) == offset, #structure "." #member " is elsewhere"); \
    _Static_assert(sizeof(((structure *)0)->member) == size, #structure "." #member " has a "      \
                                                                        "size");
#define SIZE(structure, size) _Static_assert(sizeof(structure) == size, #structure " has a size");
#define FIXED(structure, version, size)
#include "struct_rows.h"
#undef MEMBER
#undef SIZE
#undef FIXED

static const struct {
    const char *structure;
    uint32_t version, size;
} fixed[] = {
#define MEMBER(structure, member, offset, size)
#define SIZE(structure, size)
#define FIXED(structure, version, size) {#structure, version, size},
#include "struct_rows.h"
};

TEST(fixed_parts_have_the_size_of_each_version)
{
    static const uint32_t versions[] = {0x00010003, 0x00010004, 0x00020000, 0x00020001,
                                        0x00020002, 0x00030000, 0x00030001};
    unsigned compared = 0;
    for (enum struct_kind kind = 0; kind < STRUCT_KIND_COUNT; kind = (enum struct_kind)(kind + 1))
        for (unsigned v = 0; v < ARRAYSIZE(versions); v++) {
            uint32_t size = 0;
            for (unsigned i = 0; i < ARRAYSIZE(fixed); i++)
                if (strcmp(fixed[i].structure, struct_name(kind)) == 0 &&
                    (fixed[i].version <= versions[v] || size == 0))
                    size = fixed[i].size; /* rows are in the order of versions */
            if (struct_fixed_size(kind, versions[v]) != size)
                FAIL("%s has %u bytes in version 0x%08x, not %u", struct_name(kind),
                     (unsigned)struct_fixed_size(kind, versions[v]), (unsigned)versions[v],
                     (unsigned)size);
            compared++;
        }
    CHECK_EQ(compared, STRUCT_KIND_COUNT * ARRAYSIZE(versions));
}
