/* lifetime_test.c */
#include "tests/com/client.h"

