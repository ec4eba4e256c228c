/* Gives the GUIDs of ot_terminal_classes.h their storage. */
#include <initguid.h>

#include "ot_terminal_classes.h"
