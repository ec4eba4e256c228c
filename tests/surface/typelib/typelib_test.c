/*
 * The type libraries that go into tapi3.dll and termmgr.dll, seen as a program sees them, against
 * Microsoft's public facts. Guards: late binding, scripts, marshalling and every compiler that
 * imports a type library.
 */
#include "compare.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

static struct surface surface;
static struct table differences;
static bool *used; /* a row of differences */
static bool loaded;

static void load(void)
{
    static const struct {
        struct table *table;
        const char *path;
    } tables[] = {
        {&surface.interfaces, "surface\\interfaces.csv"},
        {&surface.methods, "surface\\methods.csv"},
        {&surface.enums, "surface\\enums.csv"},
        {&surface.coclasses, "surface\\coclasses.csv"},
        {&differences, "surface\\differences.csv"},
    };
    static const struct {
        struct library *library;
        const WCHAR *path;
    } libraries[] = {
        {&surface.tapi3, L"surface\\tapi3.tlb"},
        {&surface.termmgr, L"surface\\termmgr.tlb"},
        {&surface.rest, L"surface\\rest.tlb"},
    };

    if (loaded)
        return;
    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    for (size_t i = 0; i < ARRAYSIZE(tables); i++)
        REQUIRE_EQ(table_read(tables[i].table, tables[i].path), 0);
    for (size_t i = 0; i < ARRAYSIZE(libraries); i++) {
        WCHAR path[MAX_PATH];
        REQUIRE(GetFullPathNameW(libraries[i].path, MAX_PATH, path, NULL) > 0);
        REQUIRE_EQ(library_read(libraries[i].library, path), S_OK);
    }
    used = calloc((size_t)differences.rows, sizeof(*used));
    REQUIRE(used);
    loaded = true;
}

/* The row that explains the difference, or -1. */
static int explanation(const char *item, const char *column, const char *expected,
                       const char *actual)
{
    for (int row = 0; row < differences.rows; row++)
        if (!strcmp(table_get(&differences, row, "test"), "typelib") &&
            !strcmp(table_get(&differences, row, "item"), item) &&
            !strcmp(table_get(&differences, row, "column"), column) &&
            !strcmp(table_get(&differences, row, "expected"), expected) &&
            !strcmp(table_get(&differences, row, "actual"), actual))
            return row;
    return -1;
}

static void report(void *context, const char *item, const char *column, const char *expected,
                   const char *actual)
{
    int row = explanation(item, column, expected, actual);

    (void)context;
    if (row >= 0)
        used[row] = true;
    else
        FAIL("%s, %s: the table says \"%s\", the library \"%s\"", item, column, expected, actual);
}

TEST(libraries_equal_the_tables)
{
    load();
    for (int row = 0; row < surface.interfaces.rows; row++)
        compare_interface(&surface, row, report, NULL);
    for (int row = 0; row < surface.methods.rows; row++)
        compare_method(&surface, row, report, NULL);
    for (int row = 0; row < surface.enums.rows; row++)
        compare_enum(&surface, row, report, NULL);
    for (int row = 0; row < surface.coclasses.rows; row++)
        compare_coclass(&surface, row, report, NULL);
    compare_extras(&surface, report, NULL);
    for (int row = 0; row < differences.rows; row++)
        if (!strcmp(table_get(&differences, row, "test"), "typelib") && !used[row])
            FAIL("differences.csv explains %s, %s, which is no difference any more",
                 table_get(&differences, row, "item"), table_get(&differences, row, "column"));
    test_note("%d interfaces, %d methods, %d enum members, %d classes and libraries",
              surface.interfaces.rows, surface.methods.rows, surface.enums.rows,
              surface.coclasses.rows);
}

/* --- a test that cannot fail is a defect: alter every cell and see whether it is noticed -------
 */

static void count(void *context, const char *item, const char *column, const char *expected,
                  const char *actual)
{
    if (explanation(item, column, expected, actual) < 0)
        ++*(int *)context;
}

typedef void compare_function(const struct surface *, int row, difference_function *, void *);

/* GUIDs that are only in headers have a row among the classes, and the header test. */
static bool in_a_library(const struct table *table, int row)
{
    const char *kind = table == &surface.coclasses ? table_get(table, row, "kind") : "";
    return !strstr(kind, "terminal") && strcmp(kind, "protocol");
}

/* Replaces each cell of a column in turn with what `alter` makes of it. */
static void alter_column(struct table *table, const char *column, compare_function *compare,
                         bool (*alter)(char *to, const char *from))
{
    int altered = 0;

    for (int row = 0; row < table->rows; row++) {
        char text[1024], **cell = table_cell(table, row, column), *original = *cell;
        int noticed = 0;
        if (strlen(original) > 900 || !in_a_library(table, row) || !alter(text, original))
            continue;
        *cell = text;
        compare(&surface, row, count, &noticed);
        *cell = original;
        altered++;
        if (!noticed)
            FAIL("%s in row %d: \"%s\" instead of \"%s\" goes unnoticed", column, row + 1, text,
                 original);
    }
    CHECK(altered > 0);
}

static bool alter_name(char *to, const char *from)
{
    sprintf(to, "%sX", from);
    return *from != 0;
}

static bool alter_any(char *to, const char *from)
{
    sprintf(to, "%sX", from);
    return true;
}

static bool alter_number(char *to, const char *from)
{
    sprintf(to, "%lld", strtoll(from, NULL, 0) + 1);
    return true;
}

static bool alter_guid(char *to, const char *from)
{
    size_t length = strlen(from);
    if (length != 38)
        return false;
    strcpy(to, from);
    to[36] = to[36] == '0' ? '1' : '0';
    return true;
}

static bool alter_yes_no(char *to, const char *from)
{
    strcpy(to, strcmp(from, "yes") ? "yes" : "no");
    return true;
}

static bool alter_base(char *to, const char *from)
{
    strcpy(to, strcmp(from, "IDispatch") ? "IDispatch" : "IUnknown");
    return true;
}

static bool alter_attributes(char *to, const char *from)
{
    strcpy(to, strstr(from, "hidden") ? "" : "hidden");
    return true;
}

static bool alter_kind(char *to, const char *from)
{
    strcpy(to, strcmp(from, "propget") ? "propget" : "propput");
    return true;
}

static bool alter_note(char *to, const char *from)
{
    strcpy(to, strcmp(from, "hidden") ? "hidden" : "");
    return true;
}

/* One parameter more, and none at all. */
static bool add_parameter(char *to, const char *from)
{
    sprintf(to, "%s%s[in] LONG lMore", from, *from ? "; " : "");
    return true;
}

static bool remove_parameters(char *to, const char *from)
{
    *to = 0;
    return *from != 0;
}

/* The direction, the type and the name of the last parameter. */
static bool alter_direction(char *to, const char *from)
{
    char *last;
    strcpy(to, from);
    last = strrchr(to, '[');
    if (!last)
        return false;
    if (!strncmp(last, "[out,retval]", 12))
        memcpy(last, "[in,out]    ", 12), memmove(last + 8, last + 12, strlen(last + 12) + 1);
    else if (!strncmp(last, "[out]", 5))
        memmove(last + 4, last + 5, strlen(last + 5) + 1), memcpy(last, "[in]", 4);
    else if (!strncmp(last, "[in]", 4))
        memmove(last + 5, last + 4, strlen(last + 4) + 1), memcpy(last, "[out]", 5);
    else
        memmove(last + 5, last + 8, strlen(last + 8) + 1), memcpy(last, "[out]", 5);
    return true;
}

static bool alter_type(char *to, const char *from)
{
    char *last;
    strcpy(to, from);
    last = strrchr(to, ']');
    if (!last)
        return false;
    memmove(last + 3, last + 2, strlen(last + 2) + 1);
    last[2] = 'X';
    return true;
}

static bool alter_indirection(char *to, const char *from)
{
    char *last;
    strcpy(to, from);
    last = strrchr(to, ' ');
    if (!last)
        return false;
    memmove(last + 2, last + 1, strlen(last + 1) + 1);
    last[1] = '*';
    return true;
}

TEST(every_altered_cell_is_noticed)
{
    load();
    alter_column(&surface.interfaces, "interface", compare_interface, alter_name);
    alter_column(&surface.interfaces, "iid", compare_interface, alter_guid);
    alter_column(&surface.interfaces, "base", compare_interface, alter_base);
    alter_column(&surface.interfaces, "dual", compare_interface, alter_yes_no);
    alter_column(&surface.interfaces, "method_count_own", compare_interface, alter_number);
    alter_column(&surface.interfaces, "attrs", compare_interface, alter_attributes);
    alter_column(&surface.interfaces, "typelib", compare_interface, alter_any);

    alter_column(&surface.methods, "interface", compare_method, alter_name);
    alter_column(&surface.methods, "slot", compare_method, alter_number);
    alter_column(&surface.methods, "method", compare_method, alter_name);
    alter_column(&surface.methods, "kind", compare_method, alter_kind);
    alter_column(&surface.methods, "dispid", compare_method, alter_number);
    alter_column(&surface.methods, "params", compare_method, add_parameter);
    alter_column(&surface.methods, "params", compare_method, remove_parameters);
    alter_column(&surface.methods, "params", compare_method, alter_direction);
    alter_column(&surface.methods, "params", compare_method, alter_type);
    alter_column(&surface.methods, "params", compare_method, alter_indirection);
    alter_column(&surface.methods, "note", compare_method, alter_note);

    alter_column(&surface.enums, "enum", compare_enum, alter_name);
    alter_column(&surface.enums, "name", compare_enum, alter_name);
    alter_column(&surface.enums, "value", compare_enum, alter_number);

    alter_column(&surface.coclasses, "kind", compare_coclass, alter_name);
    alter_column(&surface.coclasses, "name", compare_coclass, alter_name);
    alter_column(&surface.coclasses, "guid", compare_coclass, alter_guid);
    alter_column(&surface.coclasses, "typelib_or_version", compare_coclass, alter_name);
    alter_column(&surface.coclasses, "default_interface", compare_coclass, alter_name);
    alter_column(&surface.coclasses, "other_interfaces", compare_coclass, alter_name);
    alter_column(&surface.coclasses, "source_interfaces", compare_coclass, alter_name);
}
