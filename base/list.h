/* list.h - a doubly linked list whose links lie in the objects. A zeroed link is not in any list.
 */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>

struct list {
    struct list *next, *prev;
};

static inline void list_init(struct list *head)
{
    head->next = head->prev = head;
}

static inline int list_empty(const struct list *head)
{
    return head->next == head;
}

static inline void list_append(struct list *head, struct list *link)
{
    link->prev = head->prev;
    link->next = head;
    head->prev->next = link;
    head->prev = link;
}

static inline void list_prepend(struct list *head, struct list *link)
{
    list_append(head->next, link);
}

static inline int list_linked(const struct list *link)
{
    return link->next != NULL;
}

/* Takes the link out of its list; harmless when it is in none. */
static inline void list_remove(struct list *link)
{
    if (!link->next)
        return;
    link->prev->next = link->next;
    link->next->prev = link->prev;
    link->next = link->prev = NULL;
}

/* Takes the first link out; NULL from an empty list. */
static inline struct list *list_pop(struct list *head)
{
    struct list *link = head->next;

    if (link == head)
        return NULL;
    list_remove(link);
    return link;
}

#define list_entry(link, type, member) ((type *)((char *)(link)-offsetof(type, member)))

#define LIST_EACH(item, head, type, member)                                                        \
    for (type *item = list_entry((head)->next, type, member); &item->member != (head);             \
         item = list_entry(item->member.next, type, member))

/* The same, where the body may remove the item itself. */
#define LIST_EACH_SAFE(item, following, head, type, member)                                        \
    for (type *item = list_entry((head)->next, type, member),                                      \
              *following = list_entry(item->member.next, type, member);                            \
         &item->member != (head);                                                                  \
         item = following, following = list_entry(item->member.next, type, member))

#endif
