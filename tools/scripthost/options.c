/* options.c - the command line, as cscript's. */
#include "tools/scripthost/host.h"

#include <stdlib.h>

static bool takes(const WCHAR *option, const WCHAR *name)
{
    return lstrcmpiW(option, name) == 0;
}

static bool starts(const WCHAR *option, const WCHAR *name, const WCHAR **rest)
{
    unsigned length = (unsigned)lstrlenW(name);

    if (CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, option, (int)length, name, (int)length) !=
        CSTR_EQUAL)
        return false;
    *rest = option + length;
    return true;
}

static void option_parse(struct options *options, const WCHAR *option)
{
    const WCHAR *rest;

    if (takes(option, L"B"))
        options->batch = true;
    else if (takes(option, L"I"))
        options->batch = false;
    else if (takes(option, L"U"))
        options->utf16 = true;
    else if (takes(option, L"?"))
        options->help = true;
    else if (starts(option, L"E:", &rest))
        options->engine = rest;
    else if (starts(option, L"T:", &rest))
        options->timeout = wcstoul(rest, NULL, 10);
    else if (!takes(option, L"Nologo") && !takes(option, L"Logo") && !takes(option, L"S") &&
             !takes(option, L"D") && !takes(option, L"X") && !starts(option, L"H:", &rest) &&
             !starts(option, L"Job:", &rest))
        options->unknown = option;
}

void options_parse(struct options *options, WCHAR **words, unsigned count, WCHAR **room)
{
    unsigned i;

    memset(options, 0, sizeof(*options));
    options->arguments = room;
    for (i = 0; i < count; i++) {
        if (words[i][0] == '/' && words[i][1] == '/')
            option_parse(options, words[i] + 2);
        else if (!options->script)
            options->script = words[i];
        else
            options->arguments[options->argument_count++] = words[i];
    }
    options->help |= !options->script;
}
