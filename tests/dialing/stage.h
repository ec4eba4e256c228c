/*
 * stage.h - dialogs without a display. A thread of its own shows them on a desktop of its own, the
 * calling thread is the user: it waits for each dialog to come up and works its controls.
 */
#ifndef TESTS_DIALING_STAGE_H
#define TESTS_DIALING_STAGE_H

#include <stdbool.h>
#include <windows.h>

/* Once a program; false: no window can be made here. Call before user_begin (the registry is the
 * real one). */
bool stage_open(void);

/* Runs show(context) in the thread of dialogs. */
void stage_begin(LONG (*show)(void *context), void *context);
/* The result of show, when it has returned. */
LONG stage_end(void);

/* The dialog on top, once it is another than the last one given back and takes input; NULL: none
 * came up in time. */
HWND stage_dialog(void);
/* The dialog is gone, and `below` takes input again. */
bool stage_back(HWND below);
/* Presses a button: returns before what it does is done. */
void stage_press(HWND dialog, int control);
/* The same for one that opens and ends no dialog: returns when it is done. */
void stage_do(HWND dialog, int control);
void stage_type(HWND dialog, int control, const WCHAR *text);
/* The control's text; it lives until the next call. */
const WCHAR *stage_read(HWND dialog, int control);
void stage_check(HWND dialog, int control, bool on);
/* Chooses the entry with that text in a list box (combo box), as a click does. */
bool stage_choose(HWND dialog, int control, const WCHAR *text, bool combo);

#endif
