/*
 * methods.h - what the tests of every method share: calls by name with their arguments in order,
 * and walks through an interface by the type library, so that what holds for all methods alike is
 * said once.
 */
#ifndef TESTS_COM_METHODS_H
#define TESTS_COM_METHODS_H

#include <tapi.h>

#include "tests/com/client.h"
#include "tests/com/late.h"

/* Members by their names, as a script says them; `how` names the arguments that follow, in the
 * order of the documentation:
 *     l LONG   b BOOL   s const WCHAR * (a BSTR is made of it; NULL: an empty one)
 *     o an object (not counted)   p a BYTE *   v VARIANT * (not cleared)
 *     L LONG *, S BSTR *, U IUnknown **: outputs.
 * The failure itself comes back where IDispatch says DISP_E_EXCEPTION. result may be NULL. */
HRESULT named_call(void *object, const WCHAR *name, VARIANT *result, const char *how, ...);
HRESULT named_get(void *object, const WCHAR *name, VARIANT *result, const char *how, ...);
/* The last argument is the value. */
HRESULT named_put(void *object, const WCHAR *name, const char *how, ...);
/* S_OK, and the result is a collection of `count` items, or an enumerator that gives as many. */
bool named_list_at(const char *file, int line, void *object, const WCHAR *name, LONG count,
                   const char *how, ...);
#define named_list(...) named_list_at(__FILE__, __LINE__, __VA_ARGS__)

/* Next, Reset and Clone of one of TAPI's enumerators, and NULL for what they give. */
void check_enumerator(void *enumerator);
/* Of one with at least one item, which is an object: Skip as well, and the items; releases it. */
void check_objects_of(void *enumerator);

/* The array of VT_UI1 of these bytes; to be cleared. */
VARIANT bytes_variant(const void *bytes, ULONG size);
/* Whether the VARIANT is such an array; clears it. */
bool bytes_equal(VARIANT *value, const void *bytes, ULONG size);

/* The interface by QueryInterface; the caller releases. */
void *interface_of(void *object, REFIID iid);
/* Is `count` what a collection, in a VARIANT that is cleared, says? */
bool collection_has(VARIANT *collection, LONG count);

/* The next call of this TSPI function in the exchange fails with the error. */
void fail_next(ISimPBX *exchange, const WCHAR *function, LONG error);

/* A method that the walks leave out, or that answers otherwise than the others. */
struct exception {
    const WCHAR *name; /* NULL ends the list */
    HRESULT result;    /* WALK_SKIP: is not called */
};
#define WALK_SKIP ((HRESULT)0x7fffffff)

/* Calls each method of the interface (its own, not those of its bases) once for each output, with
 * NULL for it, and with zeros and empty texts for its inputs: E_POINTER, and every other output is
 * cleared. */
void walk_null_outputs(void *object, REFIID iid, const struct exception *exceptions);
/* Calls each method of the interface with such inputs and room for its outputs: `result`, and
 * outputs that are pointers are NULL, VARIANTs empty, where that is a failure. */
void walk_all(void *object, REFIID iid, HRESULT result, const struct exception *exceptions);
/* The same, whatever they answer: nothing falls over, and what they give is there to be released.
 */
void walk_any(void *object, REFIID iid, const struct exception *exceptions);

#endif
