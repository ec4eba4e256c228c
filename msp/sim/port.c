/* port.c - opening the exchange's shared memory for one end of a call. See private.h. */
#include "msp/sim/private.h"

#include <stdlib.h>
#include <string.h>

static HANDLE open_event(const WCHAR *name, const WCHAR *kind, WCHAR number)
{
    WCHAR full[ARRAYSIZE(((struct audio_port_offer *)0)->name) + 8];
    int n = 0;

    while (*name)
        full[n++] = *name++;
    while (*kind)
        full[n++] = *kind++;
    full[n++] = number;
    full[n] = 0;
    return OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, full);
}

struct port *port_create(const struct audio_port_offer *offer)
{
    struct port *port;
    int i;

    for (i = 0; i < (int)ARRAYSIZE(offer->name) && offer->name[i]; i++)
        ;
    if (i == 0 || i == (int)ARRAYSIZE(offer->name))
        return NULL;
    port = calloc(1, sizeof(*port));
    if (!port)
        return NULL;
    port->refs = 1;
    port->offer = *offer;
    InitializeSRWLock(&port->lock);
    return port;
}

static void port_close(struct port *port)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (port->put[i])
            CloseHandle(port->put[i]);
        if (port->take[i])
            CloseHandle(port->take[i]);
        port->put[i] = port->take[i] = NULL;
    }
    if (port->shared)
        UnmapViewOfFile(port->shared);
    if (port->mapping)
        CloseHandle(port->mapping);
    port->shared = NULL;
    port->mapping = NULL;
}

BOOL port_open(struct port *port)
{
    const WCHAR *name = (const WCHAR *)port->offer.name;
    BOOL whole;
    int i;

    AcquireSRWLockExclusive(&port->lock);
    whole = port->shared != NULL;
    if (!whole) {
        port->mapping = OpenFileMappingW(FILE_MAP_READ | FILE_MAP_WRITE, FALSE, name);
        if (port->mapping)
            port->shared = MapViewOfFile(port->mapping, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0,
                                         sizeof(struct audio_port));
        whole = port->shared && port->shared->magic == AUDIO_PORT_MAGIC;
        for (i = 0; i < 2 && whole; i++) {
            port->put[i] = open_event(name, L".put", (WCHAR)(L'0' + i));
            port->take[i] = open_event(name, L".take", (WCHAR)(L'0' + i));
            whole = port->put[i] && port->take[i];
        }
        if (!whole)
            port_close(port);
    }
    ReleaseSRWLockExclusive(&port->lock);
    return whole;
}

void port_ref(struct port *port)
{
    if (port)
        InterlockedIncrement(&port->refs);
}

void port_unref(struct port *port)
{
    if (!port || InterlockedDecrement(&port->refs))
        return;
    port_close(port);
    free(port);
}
