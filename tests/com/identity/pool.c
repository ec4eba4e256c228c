/* pool.c - see pool.h. */
#include "tests/com/identity/pool.h"

/* Calls and agents have places of their own, or the many small objects would drive them out before
 * anything has come of them. */
enum { CALLS = 24, AGENTS = 6, OTHERS = 66, PLACES = CALLS + AGENTS + OTHERS };

struct area {
    unsigned first, count;
};
static const struct area calls = {0, CALLS}, agents = {CALLS, AGENTS},
                         others = {CALLS + AGENTS, OTHERS}, all = {0, PLACES};

static struct {
    SRWLOCK lock; /* nothing is called under it but AddRef */
    IUnknown *object;
} places[PLACES];

uint32_t pool_draw(uint64_t *random, uint32_t below)
{
    *random = *random * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)((*random >> 33) % below);
}

static bool has(IUnknown *object, REFIID iid)
{
    IUnknown *found = NULL;

    if (FAILED(IUnknown_QueryInterface(object, iid, (void **)&found)))
        return false;
    IUnknown_Release(found);
    return true;
}

static struct area area_for(IUnknown *object)
{
    if (has(object, &IID_ITBasicCallControl))
        return calls;
    return has(object, &IID_ITAgent) ? agents : others;
}

static struct area area_of(REFIID iid)
{
    if (IsEqualIID(iid, &IID_ITBasicCallControl) || IsEqualIID(iid, &IID_ITCallInfo))
        return calls;
    return IsEqualIID(iid, &IID_ITAgent) ? agents : all;
}

void pool_put(uint64_t *random, IUnknown *object)
{
    struct area area;
    IUnknown *before;
    unsigned at;

    if (!object)
        return;
    area = area_for(object);
    at = area.first + pool_draw(random, area.count);
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
    struct area area = area_of(iid);

    for (unsigned tries = 0; tries < 12; tries++) {
        IUnknown *object = take(area.first + pool_draw(random, area.count));
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
