/*
 * library.h - a type library as plain data: everything a program can see of it through ITypeLib and
 * ITypeInfo, turned into strings of the same form as the cells of the tables.
 */
#ifndef SURFACE_LIBRARY_H
#define SURFACE_LIBRARY_H

#include <windows.h>
#include <oleauto.h>

enum { LIBRARY_NAME = 80, LIBRARY_PARAMETERS = 8 };

struct library_parameter {
    char name[LIBRARY_NAME];
    char type[LIBRARY_NAME]; /* as in C: "ITAddress **", "LONG" */
    const char *direction;   /* "in", "out", "in,out", "out,retval" */
};

struct library_method {
    char name[LIBRARY_NAME]; /* with get_ or put_ */
    const char *kind;        /* "method", "propget", "propput" */
    int slot;                /* -1 in a dispinterface */
    LONG dispid;
    const char *visibility; /* "", "hidden", "restricted" */
    int parameter_count;
    struct library_parameter parameters[LIBRARY_PARAMETERS];
};

struct library_member { /* of an enumeration */
    char name[LIBRARY_NAME];
    LONG value;
};

struct library_implemented { /* interface of a coclass */
    char name[LIBRARY_NAME];
    char guid[40];
    BOOL is_default, is_source;
};

struct library_type {
    TYPEKIND kind; /* TKIND_INTERFACE for a dual interface too */
    char name[LIBRARY_NAME];
    char guid[40];
    char base[LIBRARY_NAME];
    BOOL dual, hidden, automation;
    struct library_method *methods; /* own methods of an interface */
    struct library_member *members;
    struct library_implemented *implemented;
    int count; /* of the one of the three that the kind has */
};

struct library {
    char name[LIBRARY_NAME];
    char guid[40];
    char version[16];
    char help[LIBRARY_NAME];
    LCID lcid;
    struct library_type *types;
    int count;
};

/* Reads a .tlb file, or the type library inside a DLL. Free with library_free. */
HRESULT library_read(struct library *library, const WCHAR *path);
void library_free(struct library *library);

/* NULL: no such type. */
const struct library_type *library_find(const struct library *library, const char *name);

#endif
