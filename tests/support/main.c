/* main.c - the main() of every test program that has none of its own. */
#include "tests/support/test.h"

int main(int argc, char **argv)
{
    return test_main(argc, argv);
}
