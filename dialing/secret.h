/* secret.h - a calling card's PIN in the registry: only the user who typed it can read it
 * (CryptProtectData). A value of type REG_SZ, as other programs write it, is read as it is. */
#ifndef DIALING_SECRET_H
#define DIALING_SECRET_H

#include <stdbool.h>
#include <windows.h>

/* *to stays as it is where there is no such value. */
void secret_read(HKEY key, const WCHAR *name, WCHAR *to, size_t room);
bool secret_write(HKEY key, const WCHAR *name, const WCHAR *text);

#endif
