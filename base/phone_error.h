/*
 * phone_error.h - errors that lines and phones have in common, for what serves both: a phone
 * function says PHONEERR_NOMEM where a line function says LINEERR_NOMEM. Needs <tapi.h>, no Win32.
 */
#ifndef BASE_PHONE_ERROR_H
#define BASE_PHONE_ERROR_H

#include <stddef.h>
#include <windows.h>
#include <tapi.h>

/* The PHONEERR_ for a result of a phone function: a LINEERR_ becomes its twin, one that has none
 * PHONEERR_OPERATIONFAILED; anything else (0, request IDs, PHONEERR_, the device-specific errors
 * from 0xC0000000 on) stays. */
static inline LONG phone_error(LONG result)
{
    static const DWORD twins[][2] = {
#define TWIN(name) {(DWORD)LINEERR_##name, (DWORD)PHONEERR_##name}
        TWIN(ALLOCATED),
        TWIN(BADDEVICEID),
        TWIN(INCOMPATIBLEAPIVERSION),
        TWIN(INCOMPATIBLEEXTVERSION),
        TWIN(INIFILECORRUPT),
        TWIN(INUSE),
        TWIN(INVALAPPHANDLE),
        TWIN(INVALAPPNAME),
        TWIN(INVALDEVICECLASS),
        TWIN(INVALPARAM),
        TWIN(INVALPOINTER),
        TWIN(NODEVICE),
        TWIN(NODRIVER),
        TWIN(NOMEM),
        TWIN(NOTOWNER),
        TWIN(OPERATIONFAILED),
        TWIN(OPERATIONUNAVAIL),
        TWIN(REINIT),
        TWIN(REQUESTOVERRUN),
        TWIN(RESOURCEUNAVAIL),
        TWIN(STRUCTURETOOSMALL),
        TWIN(UNINITIALIZED),
        TWIN(DISCONNECTED),
        TWIN(SERVICE_NOT_RUNNING),
#undef TWIN
        {(DWORD)LINEERR_INVALLINEHANDLE, (DWORD)PHONEERR_INVALPHONEHANDLE},
        {(DWORD)LINEERR_INVALLINESTATE, (DWORD)PHONEERR_INVALPHONESTATE},
        {(DWORD)LINEERR_INVALPRIVSELECT, (DWORD)PHONEERR_INVALPRIVILEGE},
    };

    for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
        if ((DWORD)result == twins[i][0])
            return (LONG)twins[i][1];
    }
    /* LINEERR_ are 0x80000000 and up, PHONEERR_ 0x90000000 and up. */
    if ((DWORD)result >> 28 == 8)
        return (LONG)PHONEERR_OPERATIONFAILED;
    return result;
}

#endif
