/* vocabulary_types.h - names for parts of phone structures that are lists of DWORDs. */
#ifndef TESTS_COVERAGE_VOCABULARY_TYPES_H
#define TESTS_COVERAGE_VOCABULARY_TYPES_H

#include <windows.h>

typedef struct {
    DWORD dwValue;
} PHONE_BUTTON_MODE, PHONE_BUTTON_FUNCTION, PHONE_LAMP_MODE;

#endif
