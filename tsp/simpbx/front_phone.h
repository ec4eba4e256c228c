/* front_phone.h - what phone.c, phone_caps.c and phone_requests.c share, beyond front.h. */
#ifndef SIMPBX_FRONT_PHONE_H
#define SIMPBX_FRONT_PHONE_H

#include "front.h"
#include "core/phone.h"
#include "base/phone_error.h"

/* What TAPI has open of a phone; struct pbx_phone.front. */
struct front_phone {
    HTAPIPHONE htphone; /* NULL: closed */
    PHONEEVENT event;
    DWORD version, ext_version;
    DWORD generation; /* of the HDRVPHONE */
    DWORD states, button_modes, button_states;
};

/* --- phone.c (lock held) --- */
struct pbx_phone *front_phone(DWORD device_id);
DWORD front_phone_id(const struct pbx_phone *phone);
struct pbx_phone *front_phone_find(HDRVPHONE handle);
void front_push_phone(struct pbx_phone *phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                      DWORD_PTR p3);

#endif
