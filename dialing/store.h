/*
 * store.h - dialling rules in the registry, in Microsoft's layout (docs/dialling-rules.md):
 * ...\Telephony\Locations of the user, else of the machine; ...\Telephony\Cards of the user;
 * ...\Telephony\Country List of the machine, in front of the built-in countries.
 */
#ifndef DIALING_STORE_H
#define DIALING_STORE_H

#include <windows.h>
#include <tapi.h>

#include "dialing/dialing.h"

/* Results: 0, LINEERR_NOMEM, LINEERR_OPERATIONFAILED (the registry cannot be written). */

/* Everything the user has; where there is nothing, one location in the country of the user's
 * settings, and the predefined cards. *book is empty on failure. */
LONG store_load(struct dial_book *book);
/* Writes all of it back: into the machine's list, or the user's own, where the machine's is not
 * writable. What others have put beside it stays. */
LONG store_save(const struct dial_book *book);

/* One country, of the registry or built in. False: there is none with this ID. */
bool store_country(DWORD id, struct dial_country *country);
/* All, ordered by ID; *countries is ended with mem_free. */
LONG store_countries(struct dial_country **countries, DWORD *count);

/* ---- for store*.c ---- */

/* 32-bit and 64-bit programs have one list. */
#define STORE_VIEW KEY_WOW64_64KEY

#define STORE_TELEPHONY L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\"
#define STORE_LOCATIONS STORE_TELEPHONY L"Locations"
#define STORE_CARDS     STORE_TELEPHONY L"Cards"
#define STORE_COUNTRIES STORE_TELEPHONY L"Country List"

/* Where the locations are: HKEY_CURRENT_USER once the user has a list of his own. */
HKEY store_locations_root(void);
/* The subkeys' entries "LocationN" and their like: the name of the nth; false: there are no more.
 */
bool store_entry_name(HKEY list, DWORD index, const WCHAR *prefix, WCHAR name[32]);
/* The ID of an entry: its value ID, else the number in its name. */
DWORD store_entry_id(HKEY list, const WCHAR *name, const WCHAR *prefix);

#endif
