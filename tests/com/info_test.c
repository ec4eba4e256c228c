/* info_test.c */
#include "tests/com/client.h"

