/*
 * coverage_com.h - what the tests of a program exercise of TAPI 3's COM objects, measured at the
 * boundary: coverage.h tells when and for whom.
 *
 * The vtables of tapi3.dll, termmgr.dll and simmsp.dll are static tables. Whenever an interface
 * pointer of theirs comes out of a call that is seen (a class factory, QueryInterface, an out
 * argument, a VARIANT, an event on its way to a sink), its vtable is claimed: thunks take the place
 * of its slots. Which interface it is says the parameter's type, the IID that was asked for or, for
 * a mere IDispatch, its type information; nothing is asked of an object that could change it.
 *
 * Calls count that come from the program's own code or from a script engine; not those of the DLLs
 * among themselves, nor those that ITypeInfo::Invoke makes: they are part of the Invoke.
 */
#ifndef TESTS_SUPPORT_COVERAGE_COM_H
#define TESTS_SUPPORT_COVERAGE_COM_H

#include <windows.h>
#include <oleauto.h>
#include <stdbool.h>
#include <stdint.h>

#include "tests/support/coverage.h"

/* ---- for coverage_hooks.c ---- */

void coverage_com_start(void);
/* What an import of the program is to lead to: target, or a thunk before it. */
void *coverage_com_import(const char *dll, const char *name, void *target);
/* The same for what GetProcAddress found. */
void *coverage_com_export(HMODULE module, const char *name, void *target);
/* Replaces the imports of a module; by coverage_hooks.c. */
void coverage_hook_module(HMODULE module);

/* ---- coverage_com_facts.c: the interfaces ---- */

#define COM_SLOTS 48 /* the most a vtable has */
#define COM_OUTS  3  /* the most of a method's arguments that give objects */

enum com_kind { COM_method, COM_propget, COM_propput };
enum com_place { COM_PLACE_MTA, COM_PLACE_STA, COM_PLACE_NONE, COM_PLACES };

struct com_interface {
    const char *name;
    const char *base_name;
    IID iid;
    const struct com_interface *base;      /* NULL: IUnknown itself */
    unsigned says;                         /* an event: the slot of its Event, State, Cause; or 0 */
    struct com_method *methods[COM_SLOTS]; /* its own */
};

/* An argument that gives objects. */
struct com_out {
    unsigned word;                   /* of the arguments, `this` being 0 */
    bool variant;                    /* it is a VARIANT; else an interface pointer */
    bool array;                      /* of as many as Next fetched */
    const struct com_interface *itf; /* NULL: the one whose IID stands in the word before */
};

struct com_method {
    const char *interface_name;
    const struct com_interface *itf;
    unsigned slot;
    const char *name;
    enum com_kind kind;
    DISPID dispid;
    const char *params;
    bool counted; /* it has a row in the table */
    struct com_out outs[COM_OUTS];
    unsigned out_count;
    const char *labels[COM_PLACES][2]; /* names of records, made when needed */
};

void com_facts_start(void);
const struct com_interface *com_interface_of(REFIID iid); /* NULL: none of ours */
const struct com_interface *com_interface_named(const char *name, size_t length);
bool com_derives(const struct com_interface *itf, const struct com_interface *from);
/* The method in a slot, of the interface or of one it derives from; NULL: none. */
struct com_method *com_method_at(const struct com_interface *itf, unsigned slot);
/* One of the interface's own methods. */
struct com_method *com_method_named(const struct com_interface *itf, const char *name);
/* The next counted method after `after` (NULL: the first) with this DISPID that can be meant by
 * these flags of Invoke. NULL: no more. */
struct com_method *com_method_by_dispid(struct com_method *after, DISPID dispid, WORD flags);

/* ---- coverage_com.c ---- */

/* An interface pointer has been seen; interface NULL or IDispatch: of some kind. p may be NULL.
 * Gives the interface its vtable is now known by, NULL: it is none of the DLLs'. */
const struct com_interface *com_claim(void *p, const struct com_interface *itf);
void com_claim_variant(const VARIANT *variant);
/* Calls past the thunks. */
HRESULT com_quiet_query(void *p, REFIID iid, void **out);
void *com_quiet_slot(void *p, unsigned slot);
/* A record of a call of this method on this thread. */
void com_record(enum coverage_kind how, struct com_method *method, bool script, HRESULT hr);
enum com_place com_place(void);
extern const char *const com_place_names[COM_PLACES];
/* Is there a script engine in the process? */
bool com_has_script(void);
/* Is this in the program or a script engine? */
bool com_is_program(const void *address);

/* ---- coverage_com_sinks.c ---- */

/* A program's object goes into IConnectionPoint::Advise. */
void com_sink_advised(IUnknown *sink);
/* Puts a thunk into a slot unless there is one. */
void com_patch(void **table, unsigned slot, const void *observer, const void *subject);

#endif
