/* control.h - the control object (simpbx.idl), as dll.c needs it. */
#ifndef SIMPBX_CONTROL_H
#define SIMPBX_CONTROL_H

#include <windows.h>

/* A new control object. E_FAIL with error information when the exchange cannot be configured. */
HRESULT control_create(REFIID iid, void **out);
/* Lets go of the type information at unload. */
void control_unload(void);

#endif
