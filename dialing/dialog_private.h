/* dialog_private.h - what the dialogs share: one book that all of them work on, stored at the end.
 */
#ifndef DIALING_DIALOG_PRIVATE_H
#define DIALING_DIALOG_PRIVATE_H

#include "dialing/dialog.h"
#include "dialing/dialog_ids.h"
#include "dialing/store.h"

struct dialing {
    HINSTANCE module;
    struct dial_book book;
    struct dial_country *countries; /* mem.h */
    DWORD country_count;
    const WCHAR *address; /* NULL: none to show */
    bool changed;
};

/* A text of an object and the control that shows it. */
struct dialog_field {
    int control;
    size_t offset, room; /* room in characters */
};

#define DIALOG_FIELD(control_, type_, member_)                                                     \
    {                                                                                              \
        control_, offsetof(type_, member_), sizeof(((type_ *)0)->member_) / sizeof(WCHAR)          \
    }

void dialog_show_fields(HWND dialog, const struct dialog_field *fields, unsigned count,
                        const void *object);
void dialog_take_fields(HWND dialog, const struct dialog_field *fields, unsigned count,
                        void *object);

/* A checkbox for each bit of flags. */
struct dialog_flag {
    int control;
    uint32_t flag;
};

void dialog_show_flags(HWND dialog, const struct dialog_flag *flags, unsigned count,
                       uint32_t value);
uint32_t dialog_take_flags(HWND dialog, const struct dialog_flag *flags, unsigned count,
                           uint32_t value);

/* The list of a dialog: an entry with a value; the chosen entry's value, false where none is. */
void dialog_list_add(HWND list, bool combo, const WCHAR *text, DWORD value, bool chosen);
bool dialog_list_chosen(HWND list, bool combo, DWORD *value);

/* Shows a dialog, modal over `parent`; its WM_INITDIALOG gets the context. True: OK. */
bool dialog_show(const struct dialing *dialing, int id, HWND parent, DLGPROC procedure,
                 void *context);
/* A field lacks something: the focus goes there. */
void dialog_complain(HWND dialog, int control);

/* True: the user pressed OK, and *location (one of the book or a copy) is as he wants it. */
bool dialog_edit_location(struct dialing *dialing, HWND parent, struct dial_location *location);
bool dialog_edit_rule(const struct dialing *dialing, HWND parent, struct dial_area_rule *rule);
/* The list of cards; changes the book. */
void dialog_edit_cards(struct dialing *dialing, HWND parent);

#endif
