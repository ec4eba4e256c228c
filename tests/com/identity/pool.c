/* pool.c - see pool.h. */
#include "tests/com/identity/pool.h"

#define PLACES 96

static struct {
    SRWLOCK lock; /* nothing is called under it but AddRef */
    IUnknown *object;
} places[PLACES];

uint32_t pool_draw(uint64_t *random, uint32_t below)
{
    *random = *random * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)((*random >> 33) % below);
}

void pool_put(uint64_t *random, IUnknown *object)
{
    unsigned at = pool_draw(random, PLACES);
    IUnknown *before;

    if (!object)
        return;
    AcquireSRWLockExclusive(&places[at].lock);
    before = places[at].object;
    places[at].object = object;
    ReleaseSRWLockExclusive(&places[at].lock);
    if (before)
        IUnknown_Release(before);
}

static IUnknown *take(unsigned at)
{
    IUnknown *object;

    AcquireSRWLockShared(&places[at].lock);
    object = places[at].object;
    if (object)
        IUnknown_AddRef(object);
    ReleaseSRWLockShared(&places[at].lock);
    return object;
}

void *pool_find(uint64_t *random, REFIID iid)
{
    for (unsigned tries = 0; tries < 12; tries++) {
        IUnknown *object = take(pool_draw(random, PLACES));
        void *found = NULL;

        if (!object)
            continue;
        IUnknown_QueryInterface(object, iid, &found);
        IUnknown_Release(object);
        if (found)
            return found;
    }
    return NULL;
}

void pool_empty(void)
{
    for (unsigned i = 0; i < PLACES; i++) {
        if (places[i].object)
            IUnknown_Release(places[i].object);
        places[i].object = NULL;
    }
}
