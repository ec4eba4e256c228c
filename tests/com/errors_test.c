/* errors_test.c - the table from TAPI/C errors to HRESULTs is complete, and every code has a
 * sentence. */
#include "objects/com.h"
#include "tests/com/client.h"

#include <tapi.h>

/* LINEERR_ numbers that exist: 1 to 0x61, without 4 and 0x31 (reference/tapi_constants.csv). */
TEST(every_line_error_has_a_code)
{
    LONG number;

    for (number = 1; number <= 0x61; number++) {
        HRESULT hr = com_from_tapi_error((LONG)0x80000000 + number);

        CHECK(FAILED(hr));
        if (number == 4 || number == 0x31)
            CHECK_EQ(hr, TAPI_E_OPERATIONFAILED);
    }
    CHECK_EQ(com_from_tapi_error(LINEERR_INVALCALLSTATE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(com_from_tapi_error(LINEERR_NOMEM), E_OUTOFMEMORY);
    CHECK_EQ(com_from_tapi_error(LINEERR_INVALPOINTER), E_POINTER);
    CHECK_EQ(com_from_tapi_error(LINEERR_OPERATIONUNAVAIL), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(com_from_tapi_error(LINEERR_SERVICE_NOT_RUNNING), TAPI_E_SERVICE_NOT_RUNNING);
    CHECK_EQ(com_from_tapi_error(0), S_OK);
    CHECK_EQ(com_from_tapi_error(17), S_OK); /* a request identifier is no error */
    CHECK_EQ(com_from_tapi_error((LONG)0x80004005), TAPI_E_OPERATIONFAILED);
}

TEST(every_phone_and_tapi_error_has_a_code)
{
    LONG number;

    for (number = 1; number <= 0x25; number++)
        CHECK(FAILED(com_from_tapi_error((LONG)0x90000000 + number)));
    CHECK_EQ(com_from_tapi_error(PHONEERR_INVALPHONEHANDLE), TAPI_E_PHONENOTOPEN);
    for (number = 1; number <= 0x17; number++)
        CHECK(FAILED(com_from_tapi_error(-number)));
    CHECK_EQ(com_from_tapi_error(TAPIERR_DESTBUSY), TAPI_E_DESTBUSY);
}

/* TAPI_E_ codes run from 1 to 0x5A without a hole; each has a sentence of its own. */
TEST(every_code_has_a_sentence)
{
    const char *unknown = com_error_text((HRESULT)0x8004FFFF);
    LONG a, b;

    for (a = 1; a <= 0x5A; a++) {
        const char *text = com_error_text((HRESULT)(0x80040000 + a));

        if (!strcmp(text, unknown))
            FAIL("0x%lx has no sentence", 0x80040000 + a);
        for (b = 1; b < a; b++)
            if (!strcmp(text, com_error_text((HRESULT)(0x80040000 + b))))
                FAIL("0x%lx and 0x%lx have the same sentence", 0x80040000 + a, 0x80040000 + b);
    }
}
