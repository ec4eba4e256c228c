/*
 * The C headers and GUID values against Microsoft's public facts. Nearly all of it happens while
 * the generated file compiles; what is left are the values in the library opentapi_uuid.
 */
#include "tests/surface/headers/prelude.h"
#include "tests/support/test.h"

TEST(every_guid_has_its_value)
{
    CHECK(guid_value_count > 0);
    for (int i = 0; i < guid_value_count; i++) {
        GUID expected;
        REQUIRE_EQ(CLSIDFromString(guid_values[i].expected, &expected), S_OK);
        if (!IsEqualGUID(&expected, guid_values[i].value))
            FAIL("%s is not %ls", guid_values[i].name, guid_values[i].expected);
    }
    test_note(
        "%d GUIDs; %d interfaces, %d methods, %d enum members, %d classes asserted at build time",
        guid_value_count, row_counts.interfaces, row_counts.methods, row_counts.enums,
        row_counts.classes);
}
