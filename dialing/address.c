/* address.c - canonical and dialable addresses, taken apart (address-ovr.md). */
#include "dialing/dialing.h"

bool dial_is_digit(wchar_t c)
{
    return c >= L'0' && c <= L'9';
}

bool dial_is_dialable(wchar_t c)
{
    return c != 0 && wcschr(L"0123456789ABCDabcd*#,!WwPpTt@$?;:", c) != NULL;
}

/* Takes digits off the text; false: they are too many for any code. */
static bool take_digits(const wchar_t **text, wchar_t code[DIAL_CODE])
{
    size_t length = 0;

    while (dial_is_digit((*text)[length]))
        length++;
    if (length >= DIAL_CODE)
        return false;
    wmemcpy(code, *text, length);
    code[length] = 0;
    *text += length;
    return true;
}

/* A program that leaves a space out means what one with it means. */
static void skip_space(const wchar_t **text)
{
    while (**text == L' ')
        ++*text;
}

/* The subscriber's number lasts up to a subaddress, a name or the next address. */
static void take_number(const wchar_t *text, struct dial_address *address)
{
    address->number = text;
    address->number_length = wcscspn(text, L"|^\r\n");
    address->rest = text + address->number_length;
    while (address->number_length && text[address->number_length - 1] == L' ')
        address->number_length--;
}

static bool number_is_valid(const struct dial_address *address)
{
    bool digits = false;

    for (size_t i = 0; i < address->number_length; i++) {
        wchar_t c = address->number[i];

        if (c == L'(' || c == L')' || c == L'+')
            return false;
        digits = digits || dial_is_digit(c);
    }
    return digits;
}

bool dial_address_parse(const wchar_t *text, struct dial_address *address)
{
    wmemset(address->country, 0, DIAL_CODE);
    wmemset(address->area, 0, DIAL_CODE);
    address->parenthesized = false;
    address->canonical = *text == L'+';
    if (!address->canonical) {
        take_number(text, address);
        return true;
    }
    text++;
    if (!take_digits(&text, address->country) || !address->country[0])
        return false;
    /* Without the space nobody knows where the country code ends. */
    if (*text != L' ' && *text != L'(')
        return false;
    skip_space(&text);
    if (*text == L'(') {
        text++;
        if (!take_digits(&text, address->area) || *text != L')')
            return false;
        address->parenthesized = address->area[0] != 0;
        text++;
        skip_space(&text);
    }
    take_number(text, address);
    return number_is_valid(address);
}

uint32_t dial_address_country(const struct dial_address *address)
{
    uint32_t code = 0;

    for (const wchar_t *at = address->country; *at && code < 100000; at++)
        code = code * 10 + (uint32_t)(*at - L'0');
    return code;
}
