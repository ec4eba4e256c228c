/* coverage.c - see coverage.h: the records, and finding constants in what passes by. */
#include "tests/support/coverage.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/coverage/vocabulary_types.h"

#define SLOTS     (1u << 16) /* of the table of records; a program has some thousands */
#define TESTS_MAX 2000

struct record {
    const char *name; /* NULL: free */
    enum coverage_kind kind;
    uint32_t value;
    unsigned test;
};

static struct record *records;
static unsigned record_count;
static char *tests[TESTS_MAX]; /* 0: outside any */
static bool test_passed[TESTS_MAX];
static unsigned test_count = 1;
static unsigned current; /* test */
static SRWLOCK lock = SRWLOCK_INIT;

/* The record like this one, or the free place for it. */
static struct record *find_record(const struct record *like)
{
    size_t hash = ((uintptr_t)like->name >> 2) * 31 + like->kind * 7 + like->value * 2654435761u +
                  like->test * 40503u;

    for (;; hash++) {
        struct record *at = &records[hash % SLOTS];
        if (at->name == NULL || (at->name == like->name && at->kind == like->kind &&
                                 at->value == like->value && at->test == like->test))
            return at;
    }
}

void coverage_record(enum coverage_kind kind, const char *name, uint32_t value)
{
    const struct record record = {name, kind, value, current};

    AcquireSRWLockShared(&lock);
    bool known = find_record(&record)->name != NULL;
    ReleaseSRWLockShared(&lock);
    if (known)
        return; /* most are seen again and again */
    AcquireSRWLockExclusive(&lock);
    struct record *at = find_record(&record);
    if (at->name == NULL && record_count < SLOTS / 2) {
        *at = record;
        record_count++;
    }
    ReleaseSRWLockExclusive(&lock);
}

/* ---- constants ---- */

enum { ANY = -1 };
enum word_kind { BITS, VALUE };
enum header { FULL, TOTAL, PLAIN }; /* used bytes say: dwUsedSize, the first member, the type */

#define STRUCTURES(X)                                                                              \
    X(LINEDEVCAPS, FULL)                                                                           \
    X(LINETERMCAPS, PLAIN)                                                                         \
    X(LINEADDRESSCAPS, FULL)                                                                       \
    X(LINECALLTREATMENTENTRY, PLAIN)                                                               \
    X(LINEDEVSTATUS, FULL)                                                                         \
    X(LINEADDRESSSTATUS, FULL)                                                                     \
    X(LINEFORWARD, PLAIN)                                                                          \
    X(LINEFORWARDLIST, TOTAL)                                                                      \
    X(LINECALLINFO, FULL)                                                                          \
    X(LINECALLSTATUS, FULL)                                                                        \
    X(LINECALLPARAMS, TOTAL)                                                                       \
    X(LINECALLHUBTRACKINGINFO, FULL)                                                               \
    X(LINEINITIALIZEEXPARAMS, FULL)                                                                \
    X(PHONEINITIALIZEEXPARAMS, FULL)                                                               \
    X(VARSTRING, FULL)                                                                             \
    X(LINEAGENTCAPS, FULL)                                                                         \
    X(LINEAGENTSTATUS, FULL)                                                                       \
    X(LINEAGENTINFO, FULL)                                                                         \
    X(LINEAGENTSESSIONINFO, FULL)                                                                  \
    X(LINEPROXYREQUEST, TOTAL)                                                                     \
    X(LINETRANSLATEOUTPUT, FULL)                                                                   \
    X(LINETRANSLATECAPS, FULL)                                                                     \
    X(LINECARDENTRY, PLAIN)                                                                        \
    X(LINELOCATIONENTRY, PLAIN)                                                                    \
    X(PHONECAPS, FULL)                                                                             \
    X(PHONESTATUS, FULL)                                                                           \
    X(PHONEBUTTONINFO, FULL)                                                                       \
    X(PHONE_BUTTON_MODE, PLAIN)                                                                    \
    X(PHONE_BUTTON_FUNCTION, PLAIN)                                                                \
    X(PHONE_LAMP_MODE, PLAIN)                                                                      \
    X(LINEMEDIACONTROLDIGIT, PLAIN)                                                                \
    X(LINEMEDIACONTROLMEDIA, PLAIN)                                                                \
    X(LINEMEDIACONTROLTONE, PLAIN)                                                                 \
    X(LINEMEDIACONTROLCALLSTATE, PLAIN)

#define X(name, header) KIND_##name,
enum structure_kind { STRUCTURES(X) };
#undef X

static const struct {
    enum header header;
    DWORD size;
} structures[] = {
#define X(name, header) {header, sizeof(name)},
    STRUCTURES(X)
#undef X
};

struct word_place { /* a member, an argument or a message's parameter */
    const char *function;
    unsigned where; /* structure or message */
    int condition;
    unsigned at; /* offset or index */
    bool pointer;
    enum word_kind kind;
    const char *family;
};

static const struct word_place fields[] = {
#define FIELD(structure, member, kind, family)                                                     \
    {"", KIND_##structure, 0, offsetof(structure, member), false, kind, #family},
#include "tests/coverage/vocabulary.h"
};

static const struct word_place arguments[] = {
#define TAKES(function, index, kind, family) {#function, 0, 0, index, false, kind, #family},
#define GIVES(function, index, kind, family) {#function, 0, 0, index, true, kind, #family},
#include "tests/coverage/vocabulary.h"
};

static const struct word_place carried[] = {
#define CARRIES(message, condition, param, kind, family)                                           \
    {"", message, (int)(condition), param, false, kind, #family},
#include "tests/coverage/vocabulary.h"
};

static const struct {
    const char *function;
    unsigned index;
    enum structure_kind kind;
    bool later; /* filled when the reply comes */
} pointed[] = {
#define POINTS(function, index, structure)       {#function, index, KIND_##structure, false},
#define POINTS_LATER(function, index, structure) {#function, index, KIND_##structure, true},
#include "tests/coverage/vocabulary.h"
};

static const struct {
    enum structure_kind kind, record;
    DWORD size, offset;
} parts[] = {
#define RECORDS(structure, size, offset_, record)                                                  \
    {KIND_##structure, KIND_##record, offsetof(structure, size), offsetof(structure, offset_)},
#include "tests/coverage/vocabulary.h"
};

static const struct {
    enum structure_kind kind;
    DWORD offset;
} part_offsets[] = {
#define PART(structure, member) {KIND_##structure, offsetof(structure, member)},
#include "tests/coverage/vocabulary.h"
};

static void see_word(const struct word_place *place, uint32_t value)
{
    if (place->kind == VALUE) {
        coverage_record(COVERAGE_WORD, place->family, value);
        return;
    }
    for (uint32_t bit = 1; bit != 0; bit <<= 1)
        if (value & bit)
            coverage_record(COVERAGE_WORD, place->family, bit);
    if (value == 0)
        coverage_record(COVERAGE_WORD, place->family, 0);
}

static DWORD dword_at(const void *structure, DWORD offset)
{
    DWORD value;
    memcpy(&value, (const char *)structure + offset, sizeof value);
    return value;
}

static void see_structure(enum structure_kind kind, const void *structure)
{
    DWORD limit = structures[kind].size;
    if (structures[kind].header == FULL)
        limit = dword_at(structure, 8);
    else if (structures[kind].header == TOTAL)
        limit = dword_at(structure, 0);
    DWORD fixed = limit; /* of the application's version: parts begin where its members end */
    for (unsigned i = 0; i < ARRAYSIZE(part_offsets); i++) {
        if (part_offsets[i].kind != kind || part_offsets[i].offset + sizeof(DWORD) > fixed)
            continue;
        DWORD at = dword_at(structure, part_offsets[i].offset);
        if (at != 0 && at < fixed)
            fixed = at;
    }
    for (unsigned i = 0; i < ARRAYSIZE(fields); i++)
        if (fields[i].where == (unsigned)kind && fields[i].at + sizeof(DWORD) <= fixed)
            see_word(&fields[i], dword_at(structure, fields[i].at));
    for (unsigned i = 0; i < ARRAYSIZE(parts); i++) {
        if (parts[i].kind != kind || parts[i].offset + sizeof(DWORD) > fixed)
            continue;
        DWORD size = dword_at(structure, parts[i].size), at = dword_at(structure, parts[i].offset);
        DWORD each = structures[parts[i].record].size;
        if (at > limit || size > limit - at)
            continue;
        /* records of an older version are shorter: then the first one alone */
        for (DWORD done = 0; done + each <= size; done += each) {
            see_structure(parts[i].record, (const char *)structure + at + done);
            if (size % each != 0)
                break;
        }
    }
}

/* True when `name` is `base` or its A or W form. */
static bool is_form_of(const char *name, const char *base)
{
    size_t length = strlen(base);
    return strncmp(name, base, length) == 0 &&
           (name[length] == 0 || (strchr("AW", name[length]) != NULL && name[length + 1] == 0));
}

void coverage_see_arguments(const char *function, const uintptr_t *args)
{
    for (unsigned i = 0; i < ARRAYSIZE(arguments); i++) {
        if (!is_form_of(function, arguments[i].function))
            continue;
        uintptr_t value = args[arguments[i].at];
        if (!arguments[i].pointer)
            see_word(&arguments[i], (uint32_t)value);
        else if (value != 0)
            see_word(&arguments[i], dword_at((const void *)value, 0));
    }
    coverage_see_structures(function, args, false);
}

void coverage_see_structures(const char *function, const uintptr_t *args, bool later)
{
    for (unsigned i = 0; i < ARRAYSIZE(pointed); i++)
        if (pointed[i].later == later && is_form_of(function, pointed[i].function) &&
            args[pointed[i].index] != 0)
            see_structure(pointed[i].kind, (const void *)args[pointed[i].index]);
}

void coverage_see_message(bool of_provider, uint32_t message, const uintptr_t *params)
{
    coverage_record(COVERAGE_MESSAGE, of_provider ? "provider" : "application", message);
    if (of_provider)
        return; /* a word counts when it has reached the application */
    for (unsigned i = 0; i < ARRAYSIZE(carried); i++)
        if (carried[i].where == message &&
            (carried[i].condition == ANY || (uint32_t)carried[i].condition == (uint32_t)params[0]))
            see_word(&carried[i], (uint32_t)params[carried[i].at - 1]);
    if (message == LINE_PROXYREQUEST && params[0] != 0)
        see_structure(KIND_LINEPROXYREQUEST, (const void *)params[0]);
}

/* ---- for the runner ---- */

void coverage_start(void)
{
    const char *folder = getenv("OPENTAPI_COVERAGE");
    if (folder == NULL || *folder == 0) /* empty: a test that is not to be measured */
        return;
    records = calloc(SLOTS, sizeof *records);
    if (records != NULL)
        coverage_hook();
}

void coverage_test_begins(const char *suite, const char *name)
{
    char both[300];
    if (records == NULL || test_count == TESTS_MAX)
        return;
    snprintf(both, sizeof both, "%s/%s", suite, name);
    tests[test_count] = strdup(both);
    current = test_count++;
}

void coverage_test_ends(bool passed)
{
    test_passed[current] = passed;
    current = 0;
}

void coverage_finish(void)
{
    char program[MAX_PATH], path[2 * MAX_PATH];
    if (records == NULL)
        return;
    GetModuleFileNameA(NULL, program, sizeof program);
    const char *base = strrchr(program, '\\');
    snprintf(path, sizeof path, "%s/%.100s-%lu.txt", getenv("OPENTAPI_COVERAGE"),
             base != NULL ? base + 1 : program, (unsigned long)GetCurrentProcessId());
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        printf("coverage: %s cannot be written\n", path);
        return;
    }
    AcquireSRWLockExclusive(&lock);
    for (unsigned i = 0; i < SLOTS; i++)
        if (records[i].name != NULL && tests[records[i].test] != NULL &&
            test_passed[records[i].test])
            fprintf(file, "%c %s 0x%08lX %s\n", records[i].kind, records[i].name,
                    (unsigned long)records[i].value, tests[records[i].test]);
    ReleaseSRWLockExclusive(&lock);
    fclose(file);
}
