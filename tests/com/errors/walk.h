/*
 * walk.h - every method of every interface of the type libraries that an object has, through its
 * vtable: called with NULL for all pointers, and properties read with good ones.
 */
#ifndef TESTS_COM_ERRORS_WALK_H
#define TESTS_COM_ERRORS_WALK_H

#include "tests/com/errors/scene.h"

/* What walk_object looks at; numbers of calls for the test to know that it did something. */
struct walked {
    unsigned interfaces, failures, reads;
};

/* Checks of the object, by the name it gets in failures:
 * - ISupportErrorInfo speaks for each dual interface;
 * - a method that fails leaves a sentence of that interface, and no older one;
 * - a property that is read with success leaves none. */
struct walked walk_object(void *object, const char *name);

#endif
