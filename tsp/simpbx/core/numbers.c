/* numbers.c - dialable numbers: cleaning and matching. */
#include "core.h"

#include <string.h>

bool pbx_is_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'D') || c == '*' || c == '#';
}

bool pbx_number_clean(char number[PBX_NUMBER], const char *address, bool *partial)
{
    size_t length = 0, end = strlen(address);

    number[0] = 0;
    *partial = false;
    if (end && address[end - 1] == ';') {
        *partial = true;
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        char c = address[i];
        /* Behind these come a subaddress, a name, or the next number of a list. */
        if (c == '|' || c == '^' || c == '\r' || c == '\n')
            break;
        if (c >= 'a' && c <= 'd')
            c = (char)(c - 'a' + 'A');
        if (pbx_is_digit(c)) {
            if (length + 1 >= PBX_NUMBER)
                return false;
            number[length++] = c;
        } else if (!strchr("+ ()-./,!TPWtpw@$?", c)) {
            return false;
        }
    }
    number[length] = 0;
    return length > 0 || *partial;
}

bool pbx_number_matches(const char *pattern, const char *number)
{
    for (; *pattern; pattern++, number++) {
        if (*pattern == '*' && !pattern[1])
            return true;
        if (!*number || (*pattern != 'X' && *pattern != *number))
            return false;
    }
    return !*number;
}

void pbx_copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);

    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80)
            length--;
    }
    memmove(to, from, length);
    to[length] = 0;
}
