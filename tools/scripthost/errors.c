/*
 * errors.c - the scripting engines' error numbers. Wine's engines often report a number alone,
 * which helps nobody who reads the output of a failed script.
 */
#include "tools/scripthost/host.h"

#define ENGINE_ERRORS 0x800A0000u /* FACILITY_CONTROL */

static const struct {
    unsigned number;
    const WCHAR *text;
} texts[] = {
    {5, L"Invalid procedure call or argument"},
    {6, L"Overflow"},
    {7, L"Out of memory"},
    {9, L"Subscript out of range"},
    {10, L"The array is of fixed size or locked"},
    {11, L"Division by zero"},
    {13, L"Type mismatch"},
    {28, L"Out of stack space"},
    {35, L"Sub or Function not defined"},
    {53, L"File not found"},
    {54, L"Bad file mode"},
    {62, L"Input past end of file"},
    {70, L"Permission denied"},
    {91, L"Object variable not set"},
    {92, L"For loop not initialized"},
    {94, L"Invalid use of Null"},
    {424, L"Object required"},
    {429, L"The object cannot be created"},
    {430, L"Class doesn't support Automation"},
    {432, L"The name of a file or class was not found"},
    {438, L"Object doesn't support this property or method"},
    {440, L"Automation error"},
    {445, L"Object doesn't support this action"},
    {446, L"Object doesn't support named arguments"},
    {448, L"Named argument not found"},
    {449, L"Argument not optional"},
    {450, L"Wrong number of arguments or invalid property assignment"},
    {451, L"Object is not a collection"},
    {500, L"Variable is undefined"},
    {501, L"Illegal assignment"},
    {1001, L"Out of memory"},
    {1002, L"Syntax error"},
    {1005, L"Expected '('"},
    {1006, L"Expected ')'"},
    {1010, L"Expected identifier"},
    {1011, L"Expected '='"},
    {1025, L"Expected end of statement"},
    {1041, L"Name redefined"},
    {5002, L"Function expected"},
    {5006, L"Date object expected"},
    {5007, L"Object expected"},
    {5008, L"Illegal assignment"},
    {5009, L"A name is undefined"},
    {5022, L"Exception thrown and not caught"},
};

const WCHAR *engine_error_text(HRESULT hr)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(texts); i++)
        if ((ULONG)hr == ENGINE_ERRORS + texts[i].number)
            return texts[i].text;
    return NULL;
}
