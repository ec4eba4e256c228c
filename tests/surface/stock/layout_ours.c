/* Layouts as OpenTAPI sees them, and the comparison. */
#include <ot_tapi3.h>

#include "tests/support/test.h"

#define LAYOUT       our_layout
#define LAYOUT_COUNT our_layout_count
extern const size_t our_layout[], our_layout_count;
#include "layout.h"

extern const size_t mingw_layout[], mingw_layout_count;

TEST(structures_are_laid_out_alike)
{
    REQUIRE_EQ(our_layout_count, mingw_layout_count);
    for (size_t i = 0; i < our_layout_count; i++)
        if (our_layout[i] != mingw_layout[i])
            FAIL("number %d of layout.h: %d here, %d in MinGW's header", (int)i, (int)our_layout[i],
                 (int)mingw_layout[i]);
}
