/* mem.c - the allocation wrapper. */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_uint fail_at;
static atomic_uint blocks;

static int must_fail(void)
{
    unsigned left = atomic_load_explicit(&fail_at, memory_order_relaxed);

    while (left) {
        if (atomic_compare_exchange_weak(&fail_at, &left, left - 1))
            return left == 1;
    }
    return 0;
}

static void *counted(void *memory)
{
    if (memory)
        atomic_fetch_add_explicit(&blocks, 1, memory_order_relaxed);
    return memory;
}

void *mem_alloc(size_t size)
{
    return must_fail() ? NULL : counted(calloc(1, size ? size : 1));
}

void *mem_copy(const void *data, size_t size)
{
    void *copy = mem_alloc(size);

    if (copy && size)
        memcpy(copy, data, size);
    return copy;
}

void *mem_realloc(void *memory, size_t size)
{
    void *grown;

    if (must_fail())
        return NULL;
    grown = realloc(memory, size ? size : 1);
    return memory ? grown : counted(grown);
}

void mem_free(void *memory)
{
    if (memory)
        atomic_fetch_sub_explicit(&blocks, 1, memory_order_relaxed);
    free(memory);
}

void mem_fail_at(unsigned nth)
{
    atomic_store(&fail_at, nth);
}

unsigned mem_blocks(void)
{
    return atomic_load(&blocks);
}
