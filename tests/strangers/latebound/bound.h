/*
 * bound.h - what every late-bound program has: an object, names, and Invoke. Nothing of TAPI is
 * known here but its class identifiers and its documentation.
 */
#ifndef TESTS_STRANGERS_LATEBOUND_BOUND_H
#define TESTS_STRANGERS_LATEBOUND_BOUND_H

#include <windows.h>
#include <oleauto.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

extern const GUID clsid_tapi, clsid_mapper, clsid_request;
extern const GUID iid_null, iid_unknown, iid_dispatch, iid_enum_variant;

/* Of an STA, as Visual Basic's and Delphi's programs are. */
void bound_enter(void);
void bound_leave(void);
/* An object of tapi3.dll; no registration is needed. */
IDispatch *bound_create(const GUID *clsid);

/* What an Invoke came to. The last argument stands first in `args`. */
struct outcome {
    HRESULT hr;
    VARIANT value;
    EXCEPINFO exception;
    UINT argument;
};
extern struct outcome outcome; /* the last; bound_invoke clears the one before */

#define GET  DISPATCH_PROPERTYGET
#define CALL DISPATCH_METHOD
#define PUT  DISPATCH_PROPERTYPUT
#define VB   (DISPATCH_METHOD | DISPATCH_PROPERTYGET)

HRESULT bound_invoke(IDispatch *object, DISPID member, WORD flags, VARIANT *args, UINT count,
                     DISPID *named, UINT named_count);
/* By name; a PUT's value is args[0]. For DISP_E_EXCEPTION the code of the exception. */
HRESULT bound_do(IDispatch *object, const WCHAR *name, WORD flags, VARIANT *args, UINT count);
DISPID bound_id(IDispatch *object, const WCHAR *name);
/* An object that a property or method gives; the caller releases. */
IDispatch *bound_object(IDispatch *object, const WCHAR *name, VARIANT *args, UINT count);
/* collection(index) */
IDispatch *bound_item(IDispatch *collection, LONG index);

VARIANT v_i4(LONG value);
VARIANT v_bool(BOOL value);
VARIANT v_text(const WCHAR *text); /* literals: not to be cleared */
VARIANT v_object(IDispatch *object);

/* An initialized TAPI object and its first address, 101. */
extern IDispatch *tapi, *address;
void bound_start(void);
void bound_stop(void);
IDispatch *bound_new_call(const WCHAR *number);

#endif
