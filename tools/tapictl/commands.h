/* commands.h - the commands: each returns the exit status. */
#ifndef TAPICTL_COMMANDS_H
#define TAPICTL_COMMANDS_H

#include "tools/tapictl/session.h"

int command_list(const struct options *options);
int command_monitor(const struct options *options);
int command_operate(const struct options *options); /* dial to transfer */
int command_add(const struct options *options);
int command_remove(const struct options *options);
int command_configure(const struct options *options);
int command_doctor(const struct options *options);

/* ---- providers.c: the machine's list ---- */

#define PROVIDERS_MOST 64

struct provider_entry {
    DWORD id;
    char file[3 * MAX_PATH]; /* UTF-8 */
};

struct provider_list {
    bool from_environment; /* OPENTAPI_PROVIDERS, which goes before the registry */
    DWORD count;
    struct provider_entry entries[PROVIDERS_MOST];
};

/* As TAPI finds them; none is an empty list. */
void providers_read(struct provider_list *list);

/* UTF-16 for a path in UTF-8; false if it does not fit. */
bool path_from_utf8(const char *utf8, WCHAR path[MAX_PATH]);

#endif
