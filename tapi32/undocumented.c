/*
 * undocumented.c - names that Microsoft's tapi32.dll exports and no header declares. They are here
 * so that a program which links or looks them up loads; docs/tapi32.md says of each why it answers
 * as it does. TUISPIDLLCallback, the one with a known use, is in dialogs.c.
 */
#include "tapi32/internal.h"

/* Nobody has published what they take. What they change (the list of a server's telephony users,
 * the user's locations) is nothing to act upon with guessed arguments: they refuse. */
#define REFUSED(name)                                                                              \
    LONG WINAPI name(void);                                                                        \
    LONG WINAPI name(void)                                                                         \
    {                                                                                              \
        TRACE("tapi32", "%s: not available", #name);                                               \
        return ERR(OPERATIONUNAVAIL);                                                              \
    }
#define UNDOCUMENTED REFUSED
#include "tapi32/undocumented_names.h"
#undef UNDOCUMENTED

/* TAPI 1.x lent 16-bit programs a message of its own; there are no such programs here. */
LONG WINAPI GetTapi16CallbackMsg(void);
LONG WINAPI GetTapi16CallbackMsg(void)
{
    return 0;
}

/* A thread's procedure, by its name; the events that it would wait for come through the engine. */
DWORD WINAPI NonAsyncEventThread(LPVOID context);
DWORD WINAPI NonAsyncEventThread(LPVOID context)
{
    (void)context;
    return 0;
}

/* A window procedure, by its name: of windows that this DLL does not make. */
LRESULT CALLBACK TAPIWndProc(HWND window, UINT message, WPARAM wparam, LPARAM lparam);
LRESULT CALLBACK TAPIWndProc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return DefWindowProcW(window, message, wparam, lparam);
}

/* A dialog procedure, by its name: it has done nothing with the message. */
INT_PTR CALLBACK LocWizardDlgProc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam);
INT_PTR CALLBACK LocWizardDlgProc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    (void)dialog, (void)message, (void)wparam, (void)lparam;
    return FALSE;
}
