/* studio_private.h - the studio provider's own interfaces, as it ships them to its programs. */
#ifndef TESTS_STRANGERS_STUDIO_PRIVATE_H
#define TESTS_STRANGERS_STUDIO_PRIVATE_H

#include <windows.h>
#include <ole2.h>

/* What an application may ask the Address for: how the provider's worker fares. */
typedef struct IStudioAddress IStudioAddress;
typedef struct IStudioAddressVtbl {
    HRESULT(WINAPI *QueryInterface)(IStudioAddress *This, REFIID iid, void **out);
    ULONG(WINAPI *AddRef)(IStudioAddress *This);
    ULONG(WINAPI *Release)(IStudioAddress *This);
    /* Work items done; terminals are made by the worker. */
    HRESULT(WINAPI *get_WorkDone)(IStudioAddress *This, LONG *count);
    /* How many loudspeakers are plugged in: speakers, which are the default, then a handset. */
    HRESULT(WINAPI *put_Devices)(IStudioAddress *This, LONG count);
} IStudioAddressVtbl;
struct IStudioAddress {
    const IStudioAddressVtbl *lpVtbl;
};
static const IID IID_IStudioAddress = {
    0x0d3ab1c4, 0x2f17, 0x4be0, {0x9b, 0x51, 0x77, 0x10, 0x3e, 0xc2, 0x68, 0x01}};

/* What it may ask the Call for, what went out, and what shall come in: IStudioCall. */
#include "studio_idl.h"

#endif
