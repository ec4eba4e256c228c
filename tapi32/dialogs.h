/*
 * dialogs.h - a provider's dialogs in the application's process, for dialogs.c, dialog_instance.c
 * and providers.c. The functions need a session (session_acquire).
 */
#ifndef TAPI32_DIALOGS_H
#define TAPI32_DIALOGS_H

#include "tapi32/internal.h"

#include <tspi.h>

/* A provider that is about to show something. */
struct dialog {
    uint32_t handle; /* the engine's */
    DWORD provider;  /* permanent ID */
    HMODULE ui;      /* its UI DLL; NULL: it has none and shows its dialogs itself */
};

/* What it is to show. */
struct dialog_call {
    enum engine_dialog function;
    DWORD device; /* line or phone; 0 for a provider */
    HWND owner;
    const WCHAR *device_class; /* or NULL */
    const void *config;        /* lineConfigDialogEdit */
    DWORD config_size;
    VARSTRING *config_out;
};

/* object: TUISPIDLL_OBJECT_LINEID, _PHONEID, _PROVIDERID; file: of a provider to be added, whose ID
 * is 0. Loads the UI DLL. 0 or LINEERR_; ended by dialog_end after success. */
LONG dialog_begin(struct dialog *dialog, DWORD object, DWORD id, const WCHAR *file,
                  enum engine_dialog function);
/* Calls the provider's function and returns with its result. LINEERR_OPERATIONUNAVAIL: it has none;
 * an installation or removal without a function for it needs nothing done. *asked (may be NULL):
 * there was a function. */
LONG dialog_run(const struct dialog *dialog, const struct dialog_call *call, bool *asked);
void dialog_end(struct dialog *dialog);

/* The function that UI DLLs get; exported as well. */
LONG CALLBACK TUISPIDLLCallback(DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams,
                                DWORD dwSize);

#endif
