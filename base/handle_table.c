/* handle_table.c - handles. Slots lie in chunks that never move, so growing copies nothing. */
#include "base/handle_table.h"

#include "base/mem.h"

#define CHUNK_BITS  10
#define CHUNK_SLOTS (1u << CHUNK_BITS)
#define MAX_SLOTS   (1u << HANDLE_INDEX_BITS)
#define MAX_CHUNKS  (MAX_SLOTS / CHUNK_SLOTS)
#define GENERATIONS (1u << (31 - HANDLE_INDEX_BITS))
#define NO_SLOT     UINT32_MAX

struct handle_slot {
    void *object;
    uint32_t next_free;
    uint16_t generation; /* 1..GENERATIONS-1, so that no handle is 0 */
    uint8_t type;        /* 0: free */
    uint8_t last_type;
};

static struct handle_slot *slot_at(struct handle_table *table, uint32_t index)
{
    return &table->chunks[index >> CHUNK_BITS][index & (CHUNK_SLOTS - 1)];
}

static struct handle_slot *slot_of(struct handle_table *table, uint32_t handle, unsigned type)
{
    uint32_t index = handle & (MAX_SLOTS - 1);
    struct handle_slot *slot;

    if (handle >> 31 || index >= table->slots)
        return NULL;
    slot = slot_at(table, index);
    return slot->generation == handle >> HANDLE_INDEX_BITS && slot->type == type ? slot : NULL;
}

/* The next index to use: an own new slot as long as too few freed ones have rested. */
static uint32_t take_index(struct handle_table *table)
{
    uint32_t index = table->slots;

    if (table->free_count > HANDLE_REST || (table->free_count && index == MAX_SLOTS)) {
        index = table->free_first;
        table->free_first = slot_at(table, index)->next_free;
        table->free_count--;
        return index;
    }
    if (index == MAX_SLOTS)
        return NO_SLOT;
    if (!table->chunks && !(table->chunks = mem_alloc(MAX_CHUNKS * sizeof(*table->chunks))))
        return NO_SLOT;
    if (!table->chunks[index >> CHUNK_BITS] &&
        !(table->chunks[index >> CHUNK_BITS] = mem_alloc(CHUNK_SLOTS * sizeof(struct handle_slot))))
        return NO_SLOT;
    table->slots++;
    return index;
}

uint32_t handle_new(struct handle_table *table, unsigned type, void *object)
{
    uint32_t index, handle = 0;
    struct handle_slot *slot;

    lock_enter(&table->lock);
    index = take_index(table);
    if (index != NO_SLOT) {
        slot = slot_at(table, index);
        slot->object = object;
        slot->type = slot->last_type = (uint8_t)type;
        slot->generation = (uint16_t)(slot->generation % (GENERATIONS - 1) + 1);
        table->live++;
        handle = (uint32_t)slot->generation << HANDLE_INDEX_BITS | index;
    }
    lock_leave(&table->lock);
    return handle;
}

void *handle_get(struct handle_table *table, uint32_t handle, unsigned type)
{
    struct handle_slot *slot;
    void *object;

    lock_enter(&table->lock);
    slot = slot_of(table, handle, type);
    object = slot ? slot->object : NULL;
    lock_leave(&table->lock);
    return object;
}

enum handle_state handle_state(struct handle_table *table, uint32_t handle, unsigned type)
{
    uint32_t index = handle & (MAX_SLOTS - 1), generation = handle >> HANDLE_INDEX_BITS;
    enum handle_state state = HANDLE_FOREIGN;

    lock_enter(&table->lock);
    if (slot_of(table, handle, type)) {
        state = HANDLE_LIVE;
    } else if (!(handle >> 31) && generation && index < table->slots) {
        struct handle_slot *slot = slot_at(table, index);

        /* What an older generation of the slot was is forgotten; the last one is remembered. */
        if (generation != slot->generation || (!slot->type && slot->last_type == type))
            state = HANDLE_STALE;
    }
    lock_leave(&table->lock);
    return state;
}

void *handle_free(struct handle_table *table, uint32_t handle, unsigned type)
{
    uint32_t index = handle & (MAX_SLOTS - 1);
    struct handle_slot *slot;
    void *object = NULL;

    lock_enter(&table->lock);
    slot = slot_of(table, handle, type);
    if (slot) {
        object = slot->object;
        slot->object = NULL;
        slot->type = 0;
        slot->next_free = NO_SLOT;
        if (table->free_count++)
            slot_at(table, table->free_last)->next_free = index;
        else
            table->free_first = index;
        table->free_last = index;
        table->live--;
    }
    lock_leave(&table->lock);
    return object;
}

uint32_t handle_count(struct handle_table *table)
{
    uint32_t live;

    lock_enter(&table->lock);
    live = table->live;
    lock_leave(&table->lock);
    return live;
}

void handle_table_destroy(struct handle_table *table)
{
    for (uint32_t chunk = 0; chunk * CHUNK_SLOTS < table->slots; chunk++)
        mem_free(table->chunks[chunk]);
    mem_free(table->chunks);
    table->chunks = NULL;
    table->slots = table->live = table->free_count = 0;
}
