/* Layouts as a program sees them that was built with MinGW's own headers. */
#include <windows.h>

#include <msp.h>

#define LAYOUT       mingw_layout
#define LAYOUT_COUNT mingw_layout_count
extern const size_t mingw_layout[], mingw_layout_count;
#include "layout.h"
