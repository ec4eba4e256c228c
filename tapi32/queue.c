/* queue.c - a growing ring of messages: no allocation for most messages, none lost while memory
 * lasts. */
#include "tapi32/internal.h"

#include <string.h>

#define QUEUE_START 16u

static bool queue_grow(struct message_queue *queue)
{
    uint32_t capacity = queue->capacity == 0 ? QUEUE_START : queue->capacity * 2;
    if (capacity > UINT32_MAX / 2 / sizeof *queue->ring)
        return false;
    struct queued_message *ring = mem_alloc(capacity * sizeof *ring);
    if (ring == NULL)
        return false;
    for (uint32_t i = 0; i < queue->count; i++)
        ring[i] = queue->ring[(queue->first + i) % queue->capacity];
    mem_free(queue->ring);
    queue->ring = ring;
    queue->capacity = capacity;
    queue->first = 0;
    return true;
}

bool queue_push(struct message_queue *queue, const struct queued_message *message)
{
    if (queue->count == queue->capacity && !queue_grow(queue))
        return false;
    queue->ring[(queue->first + queue->count++) % queue->capacity] = *message;
    return true;
}

bool queue_pop(struct message_queue *queue, struct queued_message *message)
{
    if (queue->count == 0)
        return false;
    *message = queue->ring[queue->first];
    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
    return true;
}

void queue_clear(struct message_queue *queue)
{
    struct queued_message message;
    while (queue_pop(queue, &message))
        deliver_discard(&message);
    mem_free(queue->ring);
    memset(queue, 0, sizeof *queue);
}
