/*
 * dialog.h - the dialogs in which the user changes his dialling rules (lineTranslateDialog): locations,
 * their area code rules, calling cards, and how an address is dialled from the one chosen.
 */
#ifndef DIALING_DIALOG_H
#define DIALING_DIALOG_H

#include <windows.h>
#include <tapi.h>

#include <stdbool.h>

struct dialing_dialog_result {
    bool changed;        /* the user changed something, and it was stored */
    bool other_location; /* another location is the current one */
    DWORD location;      /* the current one */
};

/*
 * Shows the dialog, modal over `owner` (may be NULL), and stores what the user has done. `module` has
 * dialog.rc. `address` (canonical or not, NULL for none) is shown as it would be dialled.
 * 0 also when the user cancels; LINEERR_INUSE: it is being shown already, by any program of this user;
 * LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
 */
LONG dialing_dialog(HINSTANCE module, HWND owner, const WCHAR *address,
                    struct dialing_dialog_result *result);

#endif
