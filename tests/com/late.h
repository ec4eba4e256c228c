/*
 * late.h - what a script does: members of an object by their names, through any IDispatch of it.
 * Arguments come last first, as IDispatch has them; the caller clears them and the result.
 */
#ifndef TESTS_COM_LATE_H
#define TESTS_COM_LATE_H

#include <windows.h>
#include <oleauto.h>

/* Both give the failure itself where IDispatch says DISP_E_EXCEPTION, and POISONed results mean
 * that nothing was given. result may be NULL. */
HRESULT late_call(void *object, const WCHAR *name, VARIANT *arguments, UINT count, VARIANT *result);
HRESULT late_get(void *object, const WCHAR *name, VARIANT *arguments, UINT count, VARIANT *result);
/* The last argument (the first in the array) is the value. */
HRESULT late_put(void *object, const WCHAR *name, VARIANT *arguments, UINT count);

/* A property that is a number or a text, without arguments; -1 and "" when it cannot be had. The
 * text lives until the next call. */
LONG late_number(void *object, const WCHAR *name);
const WCHAR *late_text(void *object, const WCHAR *name);

VARIANT late_i4(LONG value);
VARIANT late_bstr(const WCHAR *text); /* to be cleared */
VARIANT late_bool(BOOL value);
VARIANT late_object(void *object); /* not counted: not to be cleared */

#endif
