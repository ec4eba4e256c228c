/* commands.h - the commands: each returns the exit status. */
#ifndef TAPICTL_COMMANDS_H
#define TAPICTL_COMMANDS_H

#include "tools/tapictl/session.h"

int command_list(const struct options *options);
int command_monitor(const struct options *options);
int command_operate(const struct options *options); /* dial to conference: operate.c's table */
int command_phone(const struct options *options);
int command_translate(const struct options *options);
int command_add(const struct options *options);
int command_remove(const struct options *options);
int command_configure(const struct options *options);
int command_doctor(const struct options *options);

/* ---- parts of list: each writes into the object that is open ---- */

#define PHONE_BUTTONS_MOST 1024 /* that are asked for: a provider may claim anything */

void list_phones(struct session *session, bool all);
/* Status, display, buttons and lamps of an open phone. */
void phone_write_state(struct session *session, HPHONE phone, const PHONECAPS *caps, DWORD version);

void list_locations_or_cards(struct session *session, bool cards);
void list_countries(struct session *session);

/* What the lines' proxies tell: kind is "groups", "queues" or "agents". */
void list_call_centre(struct session *session, const char *kind);

/* ---- providers.c: the machine's list ---- */

#define PROVIDERS_MOST 64

struct provider_entry {
    DWORD id;
    char file[3 * MAX_PATH]; /* UTF-8 */
};

struct provider_list {
    bool from_environment; /* OPENTAPI_PROVIDERS, which goes before the registry */
    DWORD promised;        /* registry: NumProviders */
    DWORD next;            /* NextProviderID, 0 if it is missing */
    DWORD count;
    struct provider_entry entries[PROVIDERS_MOST];
};

/* As TAPI finds them; none is an empty list. */
void providers_read(struct provider_list *list);

/* UTF-16 for a path in UTF-8; false if it does not fit. */
bool path_from_utf8(const char *utf8, WCHAR path[MAX_PATH]);

#endif
