/* error.c - the sentence behind every failure: IErrorInfo of the calling thread. See com.h. */
#include "objects/com.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/trace.h"

static void set_error_info(REFIID iid, const WCHAR *sentence)
{
    ICreateErrorInfo *create = NULL;
    IErrorInfo *info = NULL;

    SetErrorInfo(0, NULL); /* rather nothing than an older failure's */
    if (FAILED(CreateErrorInfo(&create)))
        return;
    ICreateErrorInfo_SetGUID(create, iid ? iid : &GUID_NULL);
    ICreateErrorInfo_SetSource(create, (WCHAR *)L"TAPI.TAPI.1");
    ICreateErrorInfo_SetDescription(create, (WCHAR *)sentence);
    if (SUCCEEDED(ICreateErrorInfo_QueryInterface(create, &IID_IErrorInfo, (void **)&info))) {
        SetErrorInfo(0, info);
        IErrorInfo_Release(info);
    }
    ICreateErrorInfo_Release(create);
}

/* "address_get_Calls" implements Calls, "event_ITCallStateEvent_get_Call" Call, "control_Connect"
 * Connect; "tapi_check" no method: NULL. */
static const char *method_name(const char *function)
{
    const char *name = strstr(function, "_get_");

    if (!name)
        name = strstr(function, "_put_");
    name = name ? name + 5 : strchr(function, '_');
    if (name && *name == '_')
        name++;
    return name && *name >= 'A' && *name <= 'Z' ? name : NULL;
}

/* The format for the wide printf, which alone keeps names of every language: its %s is not the
 * narrow one's everywhere, its %hs is. */
static void widen_format(const char *format, WCHAR *wide, unsigned room)
{
    BOOL directive = FALSE;

    for (; *format && room > 2; format++) {
        if (directive && *format == 's') {
            *wide++ = 'h';
            room--;
        }
        if (*format == '%')
            directive = !directive;
        else if (directive && !strchr("0123456789+-#. *", *format))
            directive = FALSE;
        *wide++ = (WCHAR)(BYTE)*format;
        room--;
    }
    *wide = 0;
}

HRESULT com_fail_in(const char *function, HRESULT hr, REFIID iid, const char *format, ...)
{
    const char *method = method_name(function);
    WCHAR sentence[400], wide_format[400];
    char narrow[3 * ARRAYSIZE(sentence)];
    va_list args;

    if (!format && method) {
        _snwprintf(sentence, ARRAYSIZE(sentence), L"%hs: %hs", method, com_error_text(hr));
    } else if (!format) {
        _snwprintf(sentence, ARRAYSIZE(sentence), L"%hs", com_error_text(hr));
    } else {
        widen_format(format, wide_format, ARRAYSIZE(wide_format));
        va_start(args, format);
        _vsnwprintf(sentence, ARRAYSIZE(sentence), wide_format, args);
        va_end(args);
    }
    sentence[ARRAYSIZE(sentence) - 1] = 0; /* a longer one ends here */
    set_error_info(iid, sentence);
    if (!WideCharToMultiByte(CP_UTF8, 0, sentence, -1, narrow, sizeof(narrow), NULL, NULL))
        narrow[0] = 0;
    TRACE("objects", "failed 0x%08lx: %s", (unsigned long)hr, narrow);
    return hr;
}

HRESULT com_fail_tapi(LONG error, REFIID iid, const char *action)
{
    HRESULT hr = com_from_tapi_error(error);

    return com_fail(hr, iid, "%s: %s (TAPI error 0x%08lx)", action, com_error_text(hr),
                    (unsigned long)error);
}
