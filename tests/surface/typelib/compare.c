/* Rows of the tables against type libraries: the comparison itself, which prints nothing. */
#include "compare.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct report {
    difference_function *function;
    void *context;
    const char *item;
};

static void differ(const struct report *report, const char *column, const char *expected,
                   const char *actual)
{
    report->function(report->context, report->item, column, expected, actual);
}

static void compare_text(const struct report *report, const char *column, const char *expected,
                         const char *actual)
{
    if (strcmp(expected, actual))
        differ(report, column, expected, actual);
}

static void compare_number(const struct report *report, const char *column, const char *expected,
                           LONG actual)
{
    char text[16], *end;
    long value = strtoll(expected, &end, 0);

    snprintf(text, sizeof(text), "%ld", actual);
    if (!*expected || *end || (LONG)value != actual)
        differ(report, column, expected, text);
}

/* Whether a list of words has the word. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; (at = strstr(at, word)) != NULL; at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == 0 || at[length] == ' '))
            return true;
    return false;
}

/* The library in which the methods of an interface are looked up, or NULL. */
static const struct library *home(const struct surface *surface, const char *name)
{
    const struct library *all[] = {&surface->tapi3, &surface->termmgr, &surface->rest};

    for (size_t i = 0; i < ARRAYSIZE(all); i++)
        if (library_find(all[i], name))
            return all[i];
    return NULL;
}

static const struct library_type *find_type(const struct surface *surface, const char *name)
{
    const struct library *library = home(surface, name);
    return library ? library_find(library, name) : NULL;
}

static void compare_membership(const struct surface *surface, const struct report *report,
                               const char *libraries)
{
    const struct library *all[] = {&surface->tapi3, &surface->termmgr};
    char known[LIBRARY_NAME] = "";

    for (size_t i = 0; i < ARRAYSIZE(all); i++)
        if (library_find(all[i], report->item))
            snprintf(known + strlen(known), sizeof(known) - strlen(known), "%s%s",
                     *known ? " " : "", all[i]->name);
    compare_text(report, "typelib", libraries, known);
}

void compare_interface(const struct surface *surface, int row, difference_function *function,
                       void *context)
{
    const struct table *table = &surface->interfaces;
    struct report report = {function, context, table_get(table, row, "interface")};
    const struct library_type *type = find_type(surface, report.item);
    const char *attributes = table_get(table, row, "attrs");
    bool dispinterface = has_word(attributes, "dispinterface");

    compare_membership(surface, &report, table_get(table, row, "typelib"));
    if (!type) {
        differ(&report, "interface", report.item, "(missing)");
        return;
    }
    if (type->kind != (dispinterface ? TKIND_DISPATCH : TKIND_INTERFACE))
        differ(&report, "attrs", attributes, dispinterface ? "interface" : "no interface");
    compare_text(&report, "iid", table_get(table, row, "iid"), type->guid);
    compare_text(&report, "base", table_get(table, row, "base"), type->base);
    compare_text(&report, "dual", table_get(table, row, "dual"), type->dual ? "yes" : "no");
    /* Methods of a dispinterface have no slot and are not counted in the table. */
    compare_number(&report, "method_count_own", table_get(table, row, "method_count_own"),
                   dispinterface ? 0 : type->count);
    if (has_word(attributes, "hidden") != type->hidden)
        differ(&report, "attrs", attributes, type->hidden ? "hidden" : "not hidden");
    /* dual implies oleautomation. */
    if (!type->dual && has_word(attributes, "oleautomation") != type->automation)
        differ(&report, "attrs", attributes,
               type->automation ? "oleautomation" : "not oleautomation");
}

/* How the types of C are written in a type library, which has no typedefs of simple types. */
static const char *library_type_name(const char *c_type)
{
    static const char *const names[][2] = {
        {"DWORD", "ULONG"},
        {"unsigned char", "BYTE"},
        {"byte", "BYTE"},
        {"BOOL", "LONG"},
        {"TAPI_DIGITMODE", "LONG"},
        {"TAPIHWND", sizeof(void *) == 8 ? "LONGLONG" : "LONG"},
        {"CLSID", "GUID"},
        {"IID", "GUID"},
        {"VARIANTARG", "VARIANT"},
        {"MSP_HANDLE", "LONG *"},
        {"HWND", "wireHWND"},
        {"AM_MEDIA_TYPE", "_AMMediaType"},
        {"ALLOCATOR_PROPERTIES", "_AllocatorProperties"},
    };

    for (size_t i = 0; i < ARRAYSIZE(names); i++)
        if (!strcmp(names[i][0], c_type))
            return names[i][1];
    return c_type;
}

/* "[in,out] const FOO *name" as a parameter of a library; false if it is nothing of the kind. */
static bool parse_parameter(struct library_parameter *parameter, char *direction, const char *text,
                            size_t length)
{
    char copy[2 * LIBRARY_NAME], *at, *name, *stars;

    if (length >= sizeof(copy))
        return false;
    memcpy(copy, text, length);
    copy[length] = 0;
    at = strchr(copy, ']');
    if (copy[0] != '[' || !at || at[1] != ' ' || at - copy > 20)
        return false;
    *at = 0;
    strcpy(direction, copy + 1);
    parameter->direction = direction;
    at += 2;
    if (!strncmp(at, "const ", 6)) /* type libraries do not know const; the header test does */
        at += 6;
    name = strrchr(at, ' ');
    if (!name)
        return false;
    *name++ = 0;
    stars = name;
    name += strspn(name, "*");
    snprintf(parameter->name, LIBRARY_NAME, "%s", name);
    snprintf(parameter->type, LIBRARY_NAME, "%s", library_type_name(at));
    if (name != stars)
        snprintf(parameter->type + strlen(parameter->type), LIBRARY_NAME - strlen(parameter->type),
                 "%s%.*s", strchr(parameter->type, '*') ? "" : " ", (int)(name - stars), stars);
    return true;
}

/* Whether the names ITypeInfo::GetNames gives for the DISPID are those of this method: it only
 * ever gives those of the first accessor of a property. */
static bool has_own_names(const struct library_type *type, const struct library_method *method)
{
    for (int i = 0; &type->methods[i] != method; i++)
        if (type->methods[i].dispid == method->dispid)
            return false;
    return true;
}

static void compare_parameters(const struct report *report, const char *cell,
                               const struct library_type *type, const struct library_method *method)
{
    bool named = has_own_names(type, method);
    int count = 0;
    const char *at = cell;

    while (*at) {
        struct library_parameter expected;
        const struct library_parameter *actual = &method->parameters[count];
        char direction[32], text[3 * LIBRARY_NAME];
        size_t length = strcspn(at, ";");

        if (!parse_parameter(&expected, direction, at, length) ||
            count++ >= method->parameter_count) {
            differ(report, "params", at, "(no such parameter)");
            return;
        }
        /* The value a property is set to has no name in a library, and case does not matter:
         * names are unified there. The header test has all of them. */
        if (strcmp(expected.direction, actual->direction) || strcmp(expected.type, actual->type) ||
            (named && *actual->name && _stricmp(expected.name, actual->name))) {
            snprintf(text, sizeof(text), "[%s] %s %s", actual->direction, actual->type,
                     actual->name);
            differ(report, "params", at, text);
        }
        at += length;
        if (*at && (at[1] != ' ' || !at[2])) {
            differ(report, "params", cell, "(the table is malformed)");
            return;
        }
        if (*at)
            at += 2;
    }
    if (count != method->parameter_count)
        differ(report, "params", cell, "(more parameters)");
}

static const struct library_method *find_method(const struct library_type *type, const char *name)
{
    for (int i = 0; i < type->count; i++)
        if (!strcmp(type->methods[i].name, name))
            return &type->methods[i];
    return NULL;
}

void compare_method(const struct surface *surface, int row, difference_function *function,
                    void *context)
{
    const struct table *table = &surface->methods;
    const char *interface_name = table_get(table, row, "interface");
    const char *name = table_get(table, row, "method");
    const char *note = table_get(table, row, "note"), *visibility = "";
    char item[2 * LIBRARY_NAME];
    struct report report = {function, context, item};
    const struct library_type *type = find_type(surface, interface_name);
    const struct library_method *method;

    snprintf(item, sizeof(item), "%.70s.%.70s", interface_name, name);
    if (!type || (type->kind != TKIND_INTERFACE && type->kind != TKIND_DISPATCH)) {
        differ(&report, "interface", interface_name, "(missing)");
        return;
    }
    method = find_method(type, name);
    if (!method) {
        differ(&report, "method", name, "(missing)");
        return;
    }
    compare_text(&report, "kind", table_get(table, row, "kind"), method->kind);
    if (method->slot >= 0)
        compare_number(&report, "slot", table_get(table, row, "slot"), method->slot);
    else
        compare_text(&report, "slot", table_get(table, row, "slot"), "");
    /* Without a DISPID in the table the library numbers the method itself (0x6...). */
    if (*table_get(table, row, "dispid") || !(method->dispid & 0x60000000))
        compare_number(&report, "dispid", table_get(table, row, "dispid"), method->dispid);
    compare_parameters(&report, table_get(table, row, "params"), type, method);
    if (!strcmp(note, "hidden") || !strcmp(note, "restricted"))
        visibility = note;
    if (strcmp(visibility, method->visibility))
        differ(&report, "note", note, method->visibility);
}

void compare_enum(const struct surface *surface, int row, difference_function *function,
                  void *context)
{
    const struct table *table = &surface->enums;
    const char *name = table_get(table, row, "enum"), *member = table_get(table, row, "name");
    char item[2 * LIBRARY_NAME];
    struct report report = {function, context, item};
    const struct library_type *type = find_type(surface, name);

    snprintf(item, sizeof(item), "%.70s.%.70s", name, member);
    if (!type || type->kind != TKIND_ENUM) {
        differ(&report, "enum", name, "(missing)");
        return;
    }
    for (int i = 0; i < type->count; i++)
        if (!strcmp(type->members[i].name, member)) {
            compare_number(&report, "value", table_get(table, row, "value"),
                           type->members[i].value);
            return;
        }
    differ(&report, "name", member, "(missing)");
}

/* "ITFoo{GUID} ITBar{GUID}" against the interfaces of a class that are (not) sources. */
static void compare_implemented(const struct report *report, const char *column, const char *cell,
                                const struct library_type *type, bool source, bool with_default)
{
    char expected[1024], *at, *next;
    int count = 0, actual_count = 0;

    snprintf(expected, sizeof(expected), "%s", cell);
    for (at = expected; at && *at; at = next) {
        bool found = false;
        next = strchr(at, ' ');
        if (next)
            *next++ = 0;
        for (int i = 0; i < type->count; i++) {
            const struct library_implemented *implemented = &type->implemented[i];
            char text[LIBRARY_NAME + 40];
            snprintf(text, sizeof(text), "%s%s", implemented->name, implemented->guid);
            if (implemented->is_source == source && !strcmp(text, at) &&
                (source ? implemented->is_default == (count == 0)
                        : implemented->is_default == with_default))
                found = true;
        }
        if (!found)
            differ(report, column, at, "(missing)");
        else
            count++;
    }
    for (int i = 0; i < type->count; i++)
        if (type->implemented[i].is_source == source &&
            (source || type->implemented[i].is_default == with_default))
            actual_count++;
    if (actual_count != count)
        differ(report, column, cell, "(more interfaces)");
}

static void compare_library(const struct surface *surface, int row, const struct report *report)
{
    static const char help[] = "helpstring ";
    const struct table *table = &surface->coclasses;
    const struct library *library = !strcmp(report->item, surface->tapi3.name) ? &surface->tapi3
                                    : !strcmp(report->item, surface->termmgr.name)
                                        ? &surface->termmgr
                                        : NULL;
    const char *note = table_get(table, row, "note");

    if (!library) {
        differ(report, "name", report->item, "(missing)");
        return;
    }
    compare_text(report, "guid", table_get(table, row, "guid"), library->guid);
    compare_text(report, "typelib_or_version", table_get(table, row, "typelib_or_version"),
                 library->version);
    if (library->lcid)
        differ(report, "note", note, "a language");
    if (!strncmp(note, help, sizeof(help) - 1) &&
        (strncmp(note + sizeof(help) - 1, library->help, strlen(library->help)) ||
         note[sizeof(help) - 1 + strlen(library->help)] != ';'))
        differ(report, "note", note, library->help);
}

void compare_coclass(const struct surface *surface, int row, difference_function *function,
                     void *context)
{
    const struct table *table = &surface->coclasses;
    const char *kind = table_get(table, row, "kind");
    struct report report = {function, context, table_get(table, row, "name")};
    const char *library_name = table_get(table, row, "typelib_or_version");
    const struct library *library =
        !strcmp(library_name, surface->tapi3.name) ? &surface->tapi3 : &surface->termmgr;
    const struct library_type *type;

    if (!strcmp(kind, "typelib")) {
        compare_library(surface, row, &report);
    } else if (!strcmp(kind, "dispinterface")) {
        type = strncmp(report.item, "DIID_", 5) ? NULL
                                                : library_find(&surface->tapi3, report.item + 5);
        if (type && type->kind == TKIND_DISPATCH)
            compare_text(&report, "guid", table_get(table, row, "guid"), type->guid);
        else
            differ(&report, "name", report.item, "(missing)");
    } else if (!strcmp(kind, "coclass")) {
        compare_text(&report, "typelib_or_version", library_name, library->name);
        type = library_find(library, report.item);
        if (!type || type->kind != TKIND_COCLASS) {
            differ(&report, "name", report.item, "(missing)");
            return;
        }
        compare_text(&report, "guid", table_get(table, row, "guid"), type->guid);
        compare_implemented(&report, "default_interface",
                            table_get(table, row, "default_interface"), type, false, true);
        compare_implemented(&report, "other_interfaces", table_get(table, row, "other_interfaces"),
                            type, false, false);
        compare_implemented(&report, "source_interfaces",
                            table_get(table, row, "source_interfaces"), type, true, false);
    } else if (strcmp(kind, "terminal class") && strcmp(kind, "terminal superclass") &&
               strcmp(kind, "protocol")) { /* GUIDs outside any library: the header test has them */
        differ(&report, "kind", kind, "(unknown to this test)");
    }
}

/* The first row whose columns hold the texts (second may be NULL), or -1. */
static int find_row(const struct table *table, const char *column1, const char *text1,
                    const char *column2, const char *text2)
{
    for (int row = 0; row < table->rows; row++)
        if (!strcmp(table_get(table, row, column1), text1) &&
            (!column2 || !strcmp(table_get(table, row, column2), text2)))
            return row;
    return -1;
}

static void extra_type(const struct surface *surface, const struct library_type *type,
                       struct report *report)
{
    char item[2 * LIBRARY_NAME];

    report->item = type->name;
    if (type->kind == TKIND_COCLASS) {
        if (find_row(&surface->coclasses, "name", type->name, "kind", "coclass") < 0)
            differ(report, "extra", "", "coclass");
    } else if (type->kind == TKIND_ENUM) {
        if (find_row(&surface->enums, "enum", type->name, NULL, NULL) < 0) {
            differ(report, "extra", "", "enum");
            return;
        }
        for (int i = 0; i < type->count; i++)
            if (find_row(&surface->enums, "enum", type->name, "name", type->members[i].name) < 0) {
                snprintf(item, sizeof(item), "%s.%s", type->name, type->members[i].name);
                report->item = item;
                differ(report, "extra", "", "enum member");
            }
    } else if (type->kind == TKIND_INTERFACE || type->kind == TKIND_DISPATCH) {
        if (find_row(&surface->interfaces, "interface", type->name, NULL, NULL) < 0) {
            differ(report, "extra", "", "interface");
            return;
        }
        for (int i = 0; i < type->count; i++)
            if (find_row(&surface->methods, "interface", type->name, "method",
                         type->methods[i].name) < 0) {
                snprintf(item, sizeof(item), "%s.%s", type->name, type->methods[i].name);
                report->item = item;
                differ(report, "extra", "", "method");
            }
    } else {
        differ(report, "extra", "",
               type->kind == TKIND_RECORD  ? "record"
               : type->kind == TKIND_ALIAS ? "alias"
               : type->kind == TKIND_UNION ? "union"
                                           : "module");
    }
}

void compare_extras(const struct surface *surface, difference_function *function, void *context)
{
    const struct library *all[] = {&surface->tapi3, &surface->termmgr};
    struct report report = {function, context, NULL};

    for (size_t i = 0; i < ARRAYSIZE(all); i++)
        for (int j = 0; j < all[i]->count; j++)
            extra_type(surface, &all[i]->types[j], &report);
}
