/* error.c - the sentence behind every failure: IErrorInfo of the calling thread. See com.h. */
#include "objects/com.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

HRESULT com_fail_in(const char *function, HRESULT hr, REFIID iid, const char *format, ...)
{
    const char *method = method_name(function);
    char narrow[400];
    WCHAR wide[400];
    va_list args;

    if (!format && method) {
        snprintf(narrow, sizeof(narrow), "%s: %s", method, com_error_text(hr));
    } else if (!format) {
        snprintf(narrow, sizeof(narrow), "%s", com_error_text(hr));
    } else {
        va_start(args, format);
        vsnprintf(narrow, sizeof(narrow), format, args);
        va_end(args);
    }
    if (!MultiByteToWideChar(CP_UTF8, 0, narrow, -1, wide, ARRAYSIZE(wide)))
        wide[0] = 0;
    set_error_info(iid, wide);
    TRACE("objects", "failed 0x%08lx: %s", (unsigned long)hr, narrow);
    return hr;
}

HRESULT com_fail_tapi(LONG error, REFIID iid, const char *action)
{
    HRESULT hr = com_from_tapi_error(error);

    return com_fail(hr, iid, "%s: %s (TAPI error 0x%08lx)", action, com_error_text(hr),
                    (unsigned long)error);
}
