/* dialog_ids.h - the dialogs and their controls, for simpbx.rc, dialog.c and tests. */
#ifndef SIMPBX_DIALOG_IDS_H
#define SIMPBX_DIALOG_IDS_H

#define DIALOG_CONFIG    10
#define DIALOG_LINE      11
#define DIALOG_TEXT      101 /* edit: the configuration, or the line's statement */
#define DIALOG_SAYS      102 /* static: what is wrong */
#define DIALOG_CHECK_NOW 103 /* button */

#endif
