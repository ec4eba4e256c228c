/*
 * handle_table.h - 32-bit handles: index + generation, typed, thread-safe, O(1).
 *
 * A handle is positive as a LONG and never 0, so it serves as a request ID too. A slot that was
 * freed goes to the end of a queue, and at least HANDLE_REST slots wait there before one is used
 * again under the next generation: a stale handle stays recognisable for a long time.
 */
#ifndef BASE_HANDLE_TABLE_H
#define BASE_HANDLE_TABLE_H

#include <stdint.h>
#include "base/lock.h"

#define HANDLE_INDEX_BITS 18 /* 262,144 objects at once */
#define HANDLE_REST       1024

struct handle_slot;

struct handle_table {
    struct lock lock;
    struct handle_slot **chunks;
    uint32_t slots; /* ever used */
    uint32_t live;
    uint32_t free_first, free_last, free_count;
};

enum handle_state {
    HANDLE_LIVE,
    HANDLE_STALE,  /* was given out once and has ended */
    HANDLE_FOREIGN /* never came from this table, or is of another type */
};

/* Gives the object a handle; 0 when memory or the slots are exhausted. type is 1..255. */
uint32_t handle_new(struct handle_table *table, unsigned type, void *object);
/* The object behind a handle of that type, or NULL. */
void *handle_get(struct handle_table *table, uint32_t handle, unsigned type);
enum handle_state handle_state(struct handle_table *table, uint32_t handle, unsigned type);
/* Ends the handle; returns its object, NULL when it was not alive. */
void *handle_free(struct handle_table *table, uint32_t handle, unsigned type);
uint32_t handle_count(struct handle_table *table);
/* Frees the table's memory; no handle may be used any more. */
void handle_table_destroy(struct handle_table *table);

#endif
