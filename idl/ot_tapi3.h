/* Everything COM that OpenTAPI speaks, in one translation unit: the TAPI 3 interfaces, call centre,
 * DirectShow additions, media provider and terminal manager interfaces, class and library IDs, and
 * the TAPI_E_ codes. Link opentapi_idl for the include path and opentapi_uuid for the GUIDs.
 *
 * Not to be combined with the compiler's own <tapi3.h> and its kin, which declare the same names. */
#ifndef OT_TAPI3_H
#define OT_TAPI3_H

#include "ot_tapi3if.h"
#include "ot_tapi3cc.h"
#include "ot_tapi3ds.h"
#include "ot_msp.h"
#include "ot_termmgr.h"
#include "ot_tapi3lib.h"
#include "ot_termmgrlib.h"
#include "ot_terminal_classes.h"

#include <tapi3err.h>

#endif
