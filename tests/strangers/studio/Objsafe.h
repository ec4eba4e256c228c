/* MinGW's termmgr.h spells it as Windows lets one. */
#include <objsafe.h>
