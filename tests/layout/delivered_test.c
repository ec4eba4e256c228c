/* delivered_test.c - the structures that tapi32.dll delivers, to applications of every version, A
 * and W, into buffers of every interesting size: the fixed part is the version's, nothing is
 * written past dwTotalSize, dwNeededSize and dwUsedSize are right. */
#include <stddef.h>

#include "base/struct_layout.h"
#include "tests/coverage/phones.h"

#define ROOM 8192

static const DWORD versions[] = {0x00010003, 0x00010004, 0x00020000, 0x00020001,
                                 0x00020002, 0x00030000, 0x00030001};
static DWORD version;
static BYTE buffer[ROOM + 64];
#define OUTPUT ((void *)buffer)

/* A function, its structure, and the version from which on the function is there. */
#define DELIVERIES(X)                                                                              \
    X(lineGetDevCapsA, LINEDEVCAPS, (app, 0, version, 0, OUTPUT))                                  \
    X(lineGetDevCapsW, LINEDEVCAPS, (app, 0, version, 0, OUTPUT))                                  \
    X(lineGetAddressCapsA, LINEADDRESSCAPS, (app, 0, 0, version, 0, OUTPUT))                       \
    X(lineGetAddressCapsW, LINEADDRESSCAPS, (app, 0, 0, version, 0, OUTPUT))                       \
    X(lineGetLineDevStatusA, LINEDEVSTATUS, (line, OUTPUT))                                        \
    X(lineGetLineDevStatusW, LINEDEVSTATUS, (line, OUTPUT))                                        \
    X(lineGetAddressStatusA, LINEADDRESSSTATUS, (line, 0, OUTPUT))                                 \
    X(lineGetAddressStatusW, LINEADDRESSSTATUS, (line, 0, OUTPUT))                                 \
    X(lineGetCallInfoA, LINECALLINFO, (call, OUTPUT))                                              \
    X(lineGetCallInfoW, LINECALLINFO, (call, OUTPUT))                                              \
    X(lineGetCallStatus, LINECALLSTATUS, (call, OUTPUT))                                           \
    X(lineGetIDA, VARSTRING, (line, 0, 0, LINECALLSELECT_LINE, OUTPUT, "every/class"))             \
    X(lineGetIDW, VARSTRING, (line, 0, 0, LINECALLSELECT_LINE, OUTPUT, L"every/class"))            \
    X(lineGetDevConfigA, VARSTRING, (0, OUTPUT, "every/class"))                                    \
    X(lineGetDevConfigW, VARSTRING, (0, OUTPUT, L"every/class"))                                   \
    X(lineGetNewCalls, LINECALLLIST, (line, 0, LINECALLSELECT_LINE, OUTPUT))                       \
    X(phoneGetDevCapsA, PHONECAPS, (phone_app, 0, version, 0, OUTPUT))                             \
    X(phoneGetDevCapsW, PHONECAPS, (phone_app, 0, version, 0, OUTPUT))                             \
    X(phoneGetStatusA, PHONESTATUS, (phone, OUTPUT))                                               \
    X(phoneGetStatusW, PHONESTATUS, (phone, OUTPUT))                                               \
    X(phoneGetButtonInfoA, PHONEBUTTONINFO, (phone, 0, OUTPUT))                                    \
    X(phoneGetButtonInfoW, PHONEBUTTONINFO, (phone, 0, OUTPUT))                                    \
    X(phoneGetIDA, VARSTRING, (phone, OUTPUT, "every/class"))                                      \
    X(phoneGetIDW, VARSTRING, (phone, OUTPUT, L"every/class"))                                     \
    X(phoneGetDisplay, VARSTRING, (phone, OUTPUT))                                                 \
    X(lineGetTranslateCapsA, LINETRANSLATECAPS, (app, version, OUTPUT))                            \
    X(lineGetTranslateCapsW, LINETRANSLATECAPS, (app, version, OUTPUT))                            \
    X(lineTranslateAddressA, LINETRANSLATEOUTPUT, (app, 0, version, "123", 0, 0, OUTPUT))          \
    X(lineTranslateAddressW, LINETRANSLATEOUTPUT, (app, 0, version, L"123", 0, 0, OUTPUT))         \
    X(lineGetCountryA, LINECOUNTRYLIST, (49, version, OUTPUT))                                     \
    X(lineGetCountryW, LINECOUNTRYLIST, (49, version, OUTPUT))                                     \
    X(lineGetProviderListA, LINEPROVIDERLIST, (version, OUTPUT))                                   \
    X(lineGetProviderListW, LINEPROVIDERLIST, (version, OUTPUT))

#define X(function, structure, arguments)                                                          \
    static LONG deliver_##function(void)                                                           \
    {                                                                                              \
        return function arguments;                                                                 \
    }
DELIVERIES(X)
#undef X

static const struct delivery {
    const char *name;
    enum struct_kind kind;
    LONG (*call)(void);
} deliveries[] = {
#define X(function, structure, arguments) {#function, STRUCT_##structure, deliver_##function},
    DELIVERIES(X)
#undef X
};

static DWORD dword_at(DWORD offset)
{
    DWORD value;
    memcpy(&value, buffer + offset, sizeof value);
    return value;
}

/* Calls with dwTotalSize = total in a poisoned buffer; what lies behind must stay poisoned. */
static LONG call_with(const struct delivery *delivery, DWORD total)
{
    memset(buffer, 0xCC, sizeof buffer);
    memcpy(buffer, &total, sizeof total);
    LONG result = delivery->call();
    if (dword_at(0) != total)
        FAIL("%s changed dwTotalSize", delivery->name);
    for (DWORD i = total; i < sizeof buffer; i++)
        if (buffer[i] != 0xCC) {
            FAIL("%s with version 0x%08lx wrote at %lu of %lu", delivery->name,
                 (unsigned long)version, (unsigned long)i, (unsigned long)total);
            break;
        }
    return result;
}

static void check(bool holds, const struct delivery *delivery, DWORD total, const char *what)
{
    if (!holds)
        FAIL("%s, version 0x%08lx, %lu bytes: %s (needed %lu, used %lu)", delivery->name,
             (unsigned long)version, (unsigned long)total, what, (unsigned long)dword_at(4),
             (unsigned long)dword_at(8));
}

static void check_delivery(const struct delivery *delivery)
{
    DWORD fixed = struct_fixed_size(delivery->kind, version);
    LONG small = strncmp(delivery->name, "phone", 5) == 0 ? (LONG)PHONEERR_STRUCTURETOOSMALL
                                                          : (LONG)LINEERR_STRUCTURETOOSMALL;
    check(call_with(delivery, ROOM) == 0, delivery, ROOM, "refused");
    DWORD needed = dword_at(4);
    check(needed >= fixed && needed <= ROOM, delivery, ROOM, "nonsense is needed");
    check(dword_at(8) == needed, delivery, ROOM, "not all is used");

    check(call_with(delivery, needed) == 0, delivery, needed, "refused what it needs");
    check(dword_at(4) == needed && dword_at(8) == needed, delivery, needed, "another size");

    if (needed > fixed) {
        check(call_with(delivery, needed - 1) == 0, delivery, needed - 1, "refused");
        check(dword_at(4) == needed && dword_at(8) < needed, delivery, needed - 1,
              "as if it were enough");
    }
    check(call_with(delivery, fixed) == 0, delivery, fixed, "refused its fixed part");
    check(dword_at(4) == needed && dword_at(8) == fixed, delivery, fixed, "not the fixed part");

    check(call_with(delivery, fixed - 1) == small, delivery, fixed - 1, "not too small");
    check(call_with(delivery, 12) == small, delivery, 12, "the header alone is not too small");
    check(call_with(delivery, 4) == small, delivery, 4, "a size alone is not too small");
}

TEST(structures_of_every_version_into_buffers_of_every_size)
{
    for (unsigned v = 0; v < ARRAYSIZE(versions); v++) {
        version = versions[v];
        rows_open_as(version);
        phones_open_as(PHONEPRIVILEGE_OWNER, version);
        every->bits = 0;
        for (unsigned i = 0; i < ARRAYSIZE(deliveries); i++)
            check_delivery(&deliveries[i]);
        phones_close();
        rows_close();
    }
}

/* Members of the fixed part arrive where the facts say they are. */
TEST(members_lie_at_the_offsets_of_the_facts)
{
    enum { BITS, VALUE };
    static const struct {
        const char *structure;
        DWORD offset;
        int kind;
    } members[] = {
#define FIELD(structure, member, kind, family) {#structure, offsetof(structure, member), kind},
#include "tests/coverage/vocabulary.h"
    };
    unsigned compared = 0;
    rows_open();
    every->bits = 0x5A; /* flags that every version has: others are not for every application */
    for (unsigned v = 0; v < ARRAYSIZE(versions); v++) {
        version = versions[v];
        memset(buffer, 0xCC, sizeof buffer);
        *(DWORD *)buffer = ROOM;
        CHECK_EQ(lineGetAddressCapsW(app, 0, 0, version, 0, OUTPUT), 0);
        for (unsigned i = 0; i < ARRAYSIZE(members); i++) {
            if (strcmp(members[i].structure, "LINEADDRESSCAPS") != 0 || members[i].kind != BITS ||
                members[i].offset + 4 > struct_fixed_size(STRUCT_LINEADDRESSCAPS, version))
                continue;
            compared++;
            if (dword_at(members[i].offset) != 0x5A)
                FAIL("version 0x%08lx has 0x%08lx at %lu", (unsigned long)version,
                     (unsigned long)dword_at(members[i].offset), (unsigned long)members[i].offset);
        }
    }
    CHECK(compared > 100);
    every->bits = 0;
    rows_close();
}
