/* structure_test.c */
#include "tests/phones/client.h"
