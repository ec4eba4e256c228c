/* codes_test.c - the one mapping from errors of the C API to HRESULTs, row by row against the
 * documentation (codes.h), and the sentence of each HRESULT. */
#include "objects/com.h"
#include "tests/support/test.h"

#include <tapi.h>
#include <tapi3err.h>

struct code {
    const char *name;
    LONG error;
    HRESULT hr;
};

static const struct code documented[] = {
#define CODE(constant, result) {#constant, (LONG)constant, result},
#include "tests/com/errors/codes.h"
#undef CODE
};

/* The constants of reference/tapi_constants.csv. */
static const struct code reference[] = {
#define CONSTANT(name, value) {#name, (LONG)value, 0},
#include "constants.h"
};

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

TEST(every_error_of_the_c_api_has_its_documented_hresult)
{
    for (unsigned i = 0; i < ARRAYSIZE(documented); i++) {
        HRESULT hr = com_from_tapi_error(documented[i].error);

        if (hr != documented[i].hr)
            FAIL("%s gives 0x%08lx, not 0x%08lx", documented[i].name, (unsigned long)hr,
                 (unsigned long)documented[i].hr);
    }
}

TEST(no_constant_is_missing_and_headers_agree)
{
    unsigned errors = 0;

    for (unsigned i = 0; i < ARRAYSIZE(reference); i++) {
        unsigned rows = 0;

        if (starts(reference[i].name, "TAPI_E_"))
            continue;
        errors++;
        for (unsigned j = 0; j < ARRAYSIZE(documented); j++)
            if (!strcmp(reference[i].name, documented[j].name)) {
                rows++;
                CHECK_EQ(documented[j].error, reference[i].error);
            }
        if (rows != 1)
            FAIL("%s has %u rows in codes.h", reference[i].name, rows);
    }
    CHECK_EQ(errors, ARRAYSIZE(documented));
}

/* What is none of them: "treat the error as a LINEERR_OPERATIONFAILED" (lineerr--constants). */
TEST(other_numbers)
{
    static const LONG unknown[] = {
        (LONG)0x80000000, (LONG)0x80000004, (LONG)0x80000031, (LONG)0x80000062,
        (LONG)0x9000001e, (LONG)0x90000026, (LONG)0x80004005, (LONG)0x80040004,
        (LONG)0xC0000001, (LONG)0xC0FFEE00, (LONG)0xFFFFFFE8,
    };

    for (unsigned i = 0; i < ARRAYSIZE(unknown); i++)
        CHECK_EQ(com_from_tapi_error(unknown[i]), TAPI_E_OPERATIONFAILED);
    CHECK_EQ(com_from_tapi_error(1), S_OK); /* request identifiers */
    CHECK_EQ(com_from_tapi_error(0x7fffffff), S_OK);
}

/* Each code says something, about itself alone, in whole sentences that fit into com_fail. */
TEST(every_code_has_a_sentence_of_its_own)
{
    const char *unknown = com_error_text((HRESULT)0x8004FFFF);
    unsigned codes = 0;

    for (unsigned i = 0; i < ARRAYSIZE(reference); i++) {
        const char *text = com_error_text(reference[i].error);
        size_t length = strlen(text);

        if (!starts(reference[i].name, "TAPI_E_"))
            continue;
        codes++;
        if (!strcmp(text, unknown) || length < 15 || length > 200 || text[length - 1] != '.' ||
            text[0] < 'A' || text[0] > 'Z')
            FAIL("%s says \"%s\"", reference[i].name, text);
        for (unsigned j = 0; j < i; j++)
            if (starts(reference[j].name, "TAPI_E_") &&
                !strcmp(text, com_error_text(reference[j].error)))
                FAIL("%s and %s say the same", reference[i].name, reference[j].name);
    }
    CHECK_EQ(codes, 0x5A);
    CHECK(strcmp(com_error_text(E_POINTER), unknown) != 0);
    CHECK(strcmp(com_error_text(E_INVALIDARG), unknown) != 0);
    CHECK(strcmp(com_error_text(E_OUTOFMEMORY), unknown) != 0);
    CHECK(strcmp(com_error_text(E_NOINTERFACE), unknown) != 0);
    CHECK(strcmp(com_error_text(E_ACCESSDENIED), unknown) != 0);
}

/* Queues, groups and providers have names in every language. */
TEST(sentences_with_names_in_every_language)
{
    static const WCHAR *const names[] = {L"Support", L"M\u00fcller & S\u00f6hne",
                                         L"\u0421\u043f\u0440\u0430\u0432\u043a\u0430",
                                         L"\u53d7\u4ed8 \xd83d\xde42"};
    WCHAR expected[200], long_name[900];

    for (unsigned i = 0; i < ARRAYSIZE(names); i++) {
        IErrorInfo *info = NULL;
        BSTR text = NULL;

        CHECK_EQ(com_fail(TAPI_E_NOITEMS, &GUID_NULL, "The queue %ls has %d agents.", names[i], 5),
                 TAPI_E_NOITEMS);
        REQUIRE_EQ(GetErrorInfo(0, &info), S_OK);
        IErrorInfo_GetDescription(info, &text);
        IErrorInfo_Release(info);
        wcscpy(expected, L"The queue ");
        wcscat(expected, names[i]);
        wcscat(expected, L" has 5 agents.");
        CHECK_WSTR(text, expected);
        SysFreeString(text);
    }
    for (unsigned i = 0; i < ARRAYSIZE(long_name); i++)
        long_name[i] = i % 2 ? 0x00fc : 'x';
    long_name[ARRAYSIZE(long_name) - 1] = 0;
    CHECK_EQ(com_fail(TAPI_E_NOITEMS, &GUID_NULL, "The queue %ls is too long.", long_name),
             TAPI_E_NOITEMS);
    {
        IErrorInfo *info = NULL;
        BSTR text = NULL;

        REQUIRE_EQ(GetErrorInfo(0, &info), S_OK);
        IErrorInfo_GetDescription(info, &text);
        IErrorInfo_Release(info);
        CHECK(SysStringLen(text) > 100); /* its beginning at least */
        CHECK(!wcsncmp(text, L"The queue x\u00fcx", 12));
        SysFreeString(text);
    }
}
