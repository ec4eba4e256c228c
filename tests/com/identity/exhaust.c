/* exhaust.c - see exhaust.h. */
#include "tests/com/identity/exhaust.h"

#include "tests/support/wait.h"

#define ENOUGH 200 /* allocations one operation may make */

struct level {
    exhaust_count *count;
    LONG objects, blocks;
};

static struct level level_now(exhaust_count *count)
{
    return (struct level){count, count ? count() : 0, faults_blocks()};
}

static bool is_at(void *context)
{
    const struct level *level = context;
    struct level now = level_now(level->count);

    return now.objects <= level->objects && now.blocks <= level->blocks;
}

bool exhaust_settled(LONG blocks)
{
    return wait_until(is_at, &(struct level){NULL, 0, blocks}, NULL, WAIT_LONG);
}

void *exhaust_face(void *object, REFIID iid)
{
    void *out = NULL;

    CHECK_EQ(IUnknown_QueryInterface((IUnknown *)object, iid, &out), S_OK);
    if (out)
        IUnknown_Release((IUnknown *)out);
    return out;
}

void exhaust(const struct operation *operation, exhaust_count *objects, HANDLE wake)
{
    struct level before, after;
    unsigned n;

    if (!CHECK_EQ(operation->run(), S_OK)) /* fills what is filled at the first use, too */
        test_note("this was %s with all the memory it wants", operation->name);
    CHECK_EQ(operation->run(), S_OK);
    if (wake) /* what is on its way arrives */
        wait_until(is_at, &(struct level){objects, 0, 0}, wake, 100);
    before = level_now(objects);
    for (n = 1; n < ENOUGH; n++) {
        HRESULT hr;

        faults_arm(n, FAULT_THIS_THREAD);
        hr = operation->run();
        if (!faults_disarm()) {
            CHECK_EQ(hr, S_OK);
            break;
        }
        if (!(operation->gets_by && hr == S_OK) && !CHECK_EQ(hr, E_OUTOFMEMORY))
            test_note("%s, allocation %u, by %s", operation->name, n, faults_where());
        /* Events that an operation causes hold what they tell of until they are taken. */
        if (!wait_until(is_at, &before, wake, WAIT_LONG)) {
            after = level_now(objects);
            FAIL("%s, allocation %u, by %s: %ld objects and %ld blocks are lost", operation->name,
                 n, faults_where(), after.objects - before.objects, after.blocks - before.blocks);
            before = after;
        }
    }
    if (!CHECK(n > 1 && n < ENOUGH)) /* it does need memory */
        test_note("%s needed %u allocations", operation->name, n - 1);
}
