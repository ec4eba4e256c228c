/*
 * compare.h - the rows of the tables against the type libraries. One call looks at one row; every
 * difference goes to a function of the caller, which knows which ones are explained.
 */
#ifndef SURFACE_COMPARE_H
#define SURFACE_COMPARE_H

#include "library.h"
#include "tests/surface/tables.h"

struct surface {
    struct table interfaces, methods, enums, coclasses;
    struct library tapi3, termmgr, rest;
};

/* One difference: in the row of `item` (an interface, Interface.Method, Enum.Member, library or
 * class) the column says `expected`, the library `actual`. */
typedef void difference_function(void *context, const char *item, const char *column,
                                 const char *expected, const char *actual);

void compare_interface(const struct surface *surface, int row, difference_function *, void *);
void compare_method(const struct surface *surface, int row, difference_function *, void *);
void compare_enum(const struct surface *surface, int row, difference_function *, void *);
void compare_coclass(const struct surface *surface, int row, difference_function *, void *);

/* What the libraries have and the tables do not: types, methods, members of enumerations. */
void compare_extras(const struct surface *surface, difference_function *, void *);

#endif
