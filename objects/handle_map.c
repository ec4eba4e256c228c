/* handle_map.c - open addressing with backward-shift deletion. See handle_map.h. */
#include "objects/handle_map.h"

#include <stdlib.h>

static uint32_t home(const struct handle_map *map, uint32_t key)
{
    return (key * 2654435769u) & (map->room - 1); /* Knuth's multiplicative hash */
}

static uint32_t find(const struct handle_map *map, uint32_t key)
{
    uint32_t at = home(map, key);

    while (map->entries[at].key && map->entries[at].key != key)
        at = (at + 1) & (map->room - 1);
    return at;
}

int handle_map_reserve(struct handle_map *map)
{
    struct handle_map bigger = {0};
    uint32_t i;

    if (map->room && (map->count + 1) * 4 <= map->room * 3)
        return 1;
    bigger.room = map->room ? map->room * 2 : 16;
    bigger.entries = calloc(bigger.room, sizeof(*bigger.entries));
    if (!bigger.entries)
        return 0;
    for (i = 0; i < map->room; i++)
        if (map->entries[i].key)
            bigger.entries[find(&bigger, map->entries[i].key)] = map->entries[i];
    bigger.count = map->count;
    free(map->entries);
    *map = bigger;
    return 1;
}

int handle_map_put(struct handle_map *map, uint32_t key, void *value)
{
    uint32_t at;

    if (!key || !handle_map_reserve(map))
        return 0;
    at = find(map, key);
    if (!map->entries[at].key)
        map->count++;
    map->entries[at].key = key;
    map->entries[at].value = value;
    return 1;
}

void *handle_map_get(const struct handle_map *map, uint32_t key)
{
    if (!key || !map->room)
        return NULL;
    return map->entries[find(map, key)].value;
}

void *handle_map_remove(struct handle_map *map, uint32_t key)
{
    uint32_t hole, at;
    void *value;

    if (!key || !map->room)
        return NULL;
    hole = find(map, key);
    if (!map->entries[hole].key)
        return NULL;
    value = map->entries[hole].value;
    for (at = (hole + 1) & (map->room - 1); map->entries[at].key; at = (at + 1) & (map->room - 1)) {
        uint32_t wanted = home(map, map->entries[at].key);

        /* Moves back if its home is not in (hole, at]. */
        if (((at - wanted) & (map->room - 1)) >= ((at - hole) & (map->room - 1))) {
            map->entries[hole] = map->entries[at];
            hole = at;
        }
    }
    map->entries[hole].key = 0;
    map->entries[hole].value = NULL;
    map->count--;
    return value;
}

void handle_map_free(struct handle_map *map)
{
    free(map->entries);
    map->entries = NULL;
    map->room = map->count = 0;
}
