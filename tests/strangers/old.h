/* old.h - the exports of old.tsp that play the world outside. */
#ifndef STRANGERS_OLD_H
#define STRANGERS_OLD_H

#include <windows.h>

static inline LONG old_call(const char *name, DWORD argument)
{
    HMODULE provider = GetModuleHandleA("old.tsp");
    FARPROC export = provider ? GetProcAddress(provider, name) : NULL;

    if (!export)
        return 0; /* unloaded: nothing can be asked of it any more */
    if (!lstrcmpA(name, "OldTrouble") || !lstrcmpA(name, "OldCreateLine"))
        return ((LONG(WINAPI *)(void))(void *)export)();
    return ((LONG(WINAPI *)(DWORD))(void *)export)(argument);
}

#endif
