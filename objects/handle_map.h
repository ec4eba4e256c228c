/* handle_map.h - 32-bit handles to pointers. Not locked: the owner's lock guards it. */
#ifndef OBJECTS_HANDLE_MAP_H
#define OBJECTS_HANDLE_MAP_H

#include <stdint.h>

struct handle_map_entry {
    uint32_t key; /* 0: free */
    void *value;
};

struct handle_map {
    struct handle_map_entry *entries;
    uint32_t room; /* 0 or a power of two */
    uint32_t count;
};

/* Both return 0 when memory is exhausted or the key is 0; an old value is replaced. */
int handle_map_put(struct handle_map *map, uint32_t key, void *value);
/* Makes room for one more put, so that it cannot fail. */
int handle_map_reserve(struct handle_map *map);
void *handle_map_get(const struct handle_map *map, uint32_t key); /* NULL: none */
void *handle_map_remove(struct handle_map *map, uint32_t key);    /* the value it had */
void handle_map_free(struct handle_map *map);

#endif
