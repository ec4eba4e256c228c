/* foreign.h - what foreign.tsp shows to its test. */
#ifndef TESTS_STRANGERS_FOREIGN_H
#define TESTS_STRANGERS_FOREIGN_H

#include <windows.h>
#include <tspi.h>

static const GUID clsid_foreign = {
    0x2b0d6f7a, 0x1d0e, 0x4a55, {0x8a, 0x11, 0x5e, 0x0c, 0x77, 0x9d, 0x41, 0x02}};

struct foreign {
    HTAPIMSPLINE msp_line; /* the provider's end; 0: none */
    DWORD from_msp_size;   /* what TSPI_lineReceiveMSPData got last */
    BYTE from_msp[16];
    volatile LONG from_msp_count, from_msp_with_call;
    volatile LONG alive, msp_calls, calls_shut, addresses_shut;
    volatile LONG to_address, to_call; /* ReceiveTSPData without and with a call */
    volatile LONG made_safe; /* IObjectSafety::SetInterfaceSafetyOptions */
    DWORD to_size;
    DWORD media;
    void *stream; /* of the newest MSP call */
};

typedef struct foreign *foreign_state(void);
typedef LONG foreign_offer(void); /* an incoming call, of voice */
/* LINE_SENDMSPDATA, of the call or of the line. */
typedef LONG foreign_send(BOOL of_call, const void *data, DWORD size);
/* The MSP says: 'c' a new stream, 'a' a terminal, 'p' private, 'P' private of the call, 't' data
 * for the provider, 'T' the same of the call. */
typedef HRESULT foreign_say(char what);

extern struct foreign foreign;
HRESULT WINAPI foreign_class_object(REFCLSID clsid, REFIID iid, void **out);

#endif
