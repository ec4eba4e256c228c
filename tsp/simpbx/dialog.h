/*
 * dialog.h - the configuration dialogs. The windows (dialog.c) run in the application's process,
 * the exchange wherever TAPI's engine is (dialog_data.c); between them goes struct dialog_block,
 * through TUISPIDLLCALLBACK and TSPI_providerGenericDialogData.
 */
#ifndef SIMPBX_DIALOG_H
#define SIMPBX_DIALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tsp/simpbx/dialog_ids.h"

enum dialog_command {
    DIALOG_READ = 1, /* text: the configuration as it is stored */
    DIALOG_CHECK,    /* is text one? */
    DIALOG_WRITE,    /* stores text; a running exchange takes over what it can */
    DIALOG_NUMBER,   /* text: the number of the line whose ID is the object */
};

#define DIALOG_ROOM 0x40000u /* bytes of text at most, with its terminator */

struct dialog_block {
    uint32_t command;
    int32_t result; /* 0 or LINEERR_; after an error text is a sentence about it */
    char text[DIALOG_ROOM];
};

/* ---- dialog_text.c: Win32-free ---- */

/* The statement `extension NUMBER ...`: where it begins and how long it is, without its line's end
 * and without blanks around it. False: the number has none of its own. */
bool dialog_text_find(const char *text, const char *number, size_t *start, size_t *length);
/* The text with other words there; ended with free. NULL: memory is exhausted. */
char *dialog_text_replace(const char *text, size_t start, size_t length, const char *words);

#endif
