/* agent_group.c - ACDGroup; and what groups and queues a proxy has, as compared with before. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(group, agent_group, ITACDGroup, ITACDGroup_iface)

#define IID_HERE (&IID_ITACDGroup)

/* ---- what the proxy says --------------------------------------------------------------------- */

struct seen_queue {
    DWORD id;
    WCHAR *name;
};

struct seen_group {
    GUID id;
    WCHAR *name;
    struct seen_queue *queues;
    DWORD queue_count;
    BOOL asked; /* its queues are known */
};

struct seen {
    struct seen_group *groups;
    DWORD group_count;
};

static void seen_free(struct seen *seen)
{
    DWORD i, j;

    for (i = 0; i < seen->group_count; i++) {
        for (j = 0; j < seen->groups[i].queue_count; j++)
            free(seen->groups[i].queues[j].name);
        free(seen->groups[i].queues);
        free(seen->groups[i].name);
    }
    free(seen->groups);
}

static LONG ask_groups(HLINE line, const struct agent_question *question, void *structure)
{
    (void)question;
    return lineGetGroupListW(line, structure);
}

static LONG ask_queues(HLINE line, const struct agent_question *question, void *structure)
{
    GUID id = *(const GUID *)question->context;

    return lineGetQueueListW(line, &id, structure);
}

static LONG look_at_queues(struct agent_handler *handler, struct seen_group *group)
{
    struct agent_question question = {.ask = ask_queues, .context = &group->id};
    const LINEQUEUEENTRY *entries;
    LINEQUEUELIST *list;
    void *answer;
    DWORD count;
    LONG error;

    error = agent_ask(handler->tapi, agent_handler_line(handler, handler->first), &question,
                      sizeof(*list) + 512, &answer);
    if (error)
        return error;
    list = answer;
    entries = agent_entries(list, list->dwNumEntries, list->dwListSize, list->dwListOffset,
                            sizeof(*entries), &count);
    group->queues = calloc(count + 1, sizeof(*group->queues));
    if (!group->queues)
        error = LINEERR_NOMEM;
    while (!error && group->queue_count < count) {
        const LINEQUEUEENTRY *entry = &entries[group->queue_count];
        struct seen_queue *queue = &group->queues[group->queue_count];

        queue->id = entry->dwQueueID;
        queue->name = agent_text(list, entry->dwNameSize, entry->dwNameOffset);
        if (queue->name)
            group->queue_count++;
        else
            error = LINEERR_NOMEM;
    }
    group->asked = !error;
    free(answer);
    return error;
}

static LONG look_at_groups(struct agent_handler *handler, struct seen *seen)
{
    struct agent_question question = {.ask = ask_groups};
    const LINEAGENTGROUPENTRY *entries;
    LINEAGENTGROUPLIST *list;
    void *answer;
    DWORD count;
    LONG error;

    error = agent_ask(handler->tapi, agent_handler_line(handler, handler->first), &question,
                      sizeof(*list) + 512, &answer);
    if (error)
        return error;
    list = answer;
    entries = agent_entries(list, list->dwNumEntries, list->dwListSize, list->dwListOffset,
                            sizeof(*entries), &count);
    seen->groups = calloc(count + 1, sizeof(*seen->groups));
    if (!seen->groups)
        error = LINEERR_NOMEM;
    while (!error && seen->group_count < count) {
        const LINEAGENTGROUPENTRY *entry = &entries[seen->group_count];
        struct seen_group *group = &seen->groups[seen->group_count];

        memcpy(&group->id, &entry->GroupID, sizeof(group->id));
        group->name = agent_text(list, entry->dwNameSize, entry->dwNameOffset);
        if (group->name)
            seen->group_count++;
        else
            error = LINEERR_NOMEM;
    }
    free(answer);
    /* A group whose queues cannot be had keeps those it had. */
    for (DWORD i = 0; !error && i < seen->group_count; i++)
        if (look_at_queues(handler, &seen->groups[i]) == (LONG)LINEERR_NOMEM)
            error = LINEERR_NOMEM;
    return error;
}

/* ---- what has changed ------------------------------------------------------------------------ */

/* All of the following with TAPI's lock held exclusively. */

static struct agent_group *group_create(struct agent_handler *handler, struct seen_group *seen);

static struct agent_group *known_group(struct agent_handler *handler, const GUID *id)
{
    struct agent_group *group;

    for (group = handler->groups; group; group = group->next)
        if (IsEqualGUID(&group->id, id))
            break;
    return group;
}

static struct agent_queue *known_queue(struct agent_handler *handler, DWORD id)
{
    struct agent_queue *queue;

    for (queue = handler->queues; queue; queue = queue->next)
        if (queue->id == id)
            break;
    return queue;
}

/* New objects go to the end, so that lists keep the proxy's order. */
static BOOL merge_queues(struct agent_handler *handler, struct agent_group *group,
                         struct seen_group *seen, BOOL announce)
{
    DWORD *ids = malloc((seen->queue_count + 1) * sizeof(*ids));
    struct agent_queue **end;
    DWORD i;

    if (!ids)
        return FALSE;
    free(group->queues);
    group->queues = ids;
    group->queue_count = 0;
    for (i = 0; i < seen->queue_count; i++) {
        struct seen_queue *from = &seen->queues[i];

        if (!known_queue(handler, from->id)) {
            for (end = &handler->queues; *end; end = &(*end)->next)
                ;
            *end = agent_queue_create(handler, from->id, from->name);
            if (!*end)
                return FALSE;
            (*end)->fresh = announce;
            from->name = NULL;
        }
        ids[group->queue_count++] = from->id;
    }
    return TRUE;
}

static BOOL merge_group(struct agent_handler *handler, struct seen_group *seen, BOOL announce)
{
    struct agent_group *group = known_group(handler, &seen->id), **end;

    if (!group) {
        group = group_create(handler, seen);
        if (!group)
            return FALSE;
        group->fresh = announce;
        for (end = &handler->groups; *end; end = &(*end)->next)
            ;
        *end = group;
    }
    return !seen->asked || merge_queues(handler, group, seen, announce);
}

static BOOL is_seen(const struct seen *seen, const GUID *id)
{
    DWORD i;

    for (i = 0; i < seen->group_count; i++)
        if (IsEqualGUID(&seen->groups[i].id, id))
            return TRUE;
    return FALSE;
}

static BOOL has_group(struct agent_handler *handler, DWORD queue)
{
    struct agent_group *group;
    DWORD i;

    for (group = handler->groups; group; group = group->next)
        for (i = 0; i < group->queue_count; i++)
            if (group->queues[i] == queue)
                return TRUE;
    return FALSE;
}

/* Takes out what is no more. seen NULL: only queues are looked at. */
static void take_gone(struct agent_handler *handler, const struct seen *seen,
                      struct agent_group **groups, struct agent_queue **queues)
{
    struct agent_group **group = &handler->groups;
    struct agent_queue **queue = &handler->queues;

    while (seen && *group)
        if (is_seen(seen, &(*group)->id)) {
            group = &(*group)->next;
        } else {
            struct agent_group *gone = *group;

            *group = gone->next;
            gone->removed = TRUE;
            gone->next = *groups;
            *groups = gone;
        }
    while (*queue)
        if (has_group(handler, (*queue)->id)) {
            queue = &(*queue)->next;
        } else {
            struct agent_queue *gone = *queue;

            *queue = gone->next;
            gone->removed = TRUE;
            gone->next = *queues;
            *queues = gone;
        }
}

/* ---- telling ----------------------------------------------------------------------------------
 */

static void post_group(struct agent_group *group, ACDGROUP_EVENT event)
{
    com_hand_out(&group->com);
    EVENT_POST(group->handler->tapi->dispatcher, TE_ACDGROUP, ITACDGroupEvent, group->handler,
               .Group = &group->ITACDGroup_iface, .Event = event);
    com_release(&group->com);
}

static void post_queue(struct agent_queue *queue, ACDQUEUE_EVENT event)
{
    com_hand_out(&queue->com);
    EVENT_POST(queue->handler->tapi->dispatcher, TE_QUEUE, ITQueueEvent, queue->handler,
               .Queue = &queue->ITQueue_iface, .Event = event);
    com_release(&queue->com);
}

/* Each new one once, whichever thread comes first. */
static void post_fresh(struct agent_handler *handler)
{
    struct tapi *tapi = handler->tapi;
    struct agent_group *group;
    struct agent_queue *queue;

    do {
        AcquireSRWLockExclusive(&tapi->lock);
        for (group = handler->groups; group && !group->fresh; group = group->next)
            ;
        for (queue = handler->queues; queue && !queue->fresh; queue = queue->next)
            ;
        if (group) {
            group->fresh = FALSE;
            com_use(&group->com);
            queue = NULL; /* after the groups */
        } else if (queue) {
            queue->fresh = FALSE;
            com_use(&queue->com);
        }
        ReleaseSRWLockExclusive(&tapi->lock);
        if (group) {
            post_group(group, ACDGE_NEW_GROUP);
            com_unuse(&group->com);
        }
        if (queue) {
            post_queue(queue, ACDQE_NEW_QUEUE);
            com_unuse(&queue->com);
        }
    } while (group || queue);
}

/* Lets go of what was taken out. */
static void drop_gone(struct agent_group *groups, struct agent_queue *queues, BOOL announce)
{
    while (queues) {
        struct agent_queue *gone = queues;

        queues = gone->next;
        if (announce)
            post_queue(gone, ACDQE_QUEUE_REMOVED);
        com_unuse(&gone->com);
    }
    while (groups) {
        struct agent_group *gone = groups;

        groups = gone->next;
        if (announce)
            post_group(gone, ACDGE_GROUP_REMOVED);
        com_unuse(&gone->com);
    }
}

LONG agent_groups_refresh(struct agent_handler *handler, struct agent_group *only, BOOL announce)
{
    LONG ticket = InterlockedIncrement(&handler->asked);
    struct tapi *tapi = handler->tapi;
    struct agent_group *gone_groups = NULL;
    struct agent_queue *gone_queues = NULL;
    struct seen_group one = {0};
    struct seen seen = {0};
    LONG error;
    DWORD i;

    if (only) {
        one.id = only->id;
        error = look_at_queues(handler, &one);
    } else {
        error = look_at_groups(handler, &seen);
    }
    if (error)
        goto done;
    AcquireSRWLockExclusive(&tapi->lock);
    /* An older look than the one that counts already changes nothing. */
    if (ticket > handler->applied && handler->lines) {
        if (only && !only->removed && !merge_queues(handler, only, &one, announce))
            error = LINEERR_NOMEM;
        for (i = 0; i < seen.group_count && !error; i++)
            if (!merge_group(handler, &seen.groups[i], announce))
                error = LINEERR_NOMEM;
        if (!error)
            take_gone(handler, only ? NULL : &seen, &gone_groups, &gone_queues);
        if (!only)
            handler->applied = ticket;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    post_fresh(handler);
    drop_gone(gone_groups, gone_queues, announce);
done:
    for (i = 0; i < one.queue_count; i++)
        free(one.queues[i].name);
    free(one.queues);
    seen_free(&seen);
    return error;
}

void agent_groups_close(struct agent_handler *handler)
{
    struct agent_group *groups = NULL;
    struct agent_queue *queues = NULL;
    const struct seen nothing = {0};

    AcquireSRWLockExclusive(&handler->tapi->lock);
    take_gone(handler, &nothing, &groups, &queues);
    ReleaseSRWLockExclusive(&handler->tapi->lock);
    drop_gone(groups, queues, FALSE);
}

struct agent_group *agent_group_find(struct agent_handler *handler, const GUID *id)
{
    struct agent_group *group;

    AcquireSRWLockShared(&handler->tapi->lock);
    group = known_group(handler, id);
    if (group)
        com_use(&group->com);
    ReleaseSRWLockShared(&handler->tapi->lock);
    return group;
}

struct com_list *agent_groups_list(struct agent_handler *handler)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct agent_group *group;
    BOOL fits = list != NULL;

    AcquireSRWLockShared(&handler->tapi->lock);
    for (group = handler->groups; group && fits; group = group->next)
        fits = com_list_add_object(list, &group->com.IUnknown_iface);
    ReleaseSRWLockShared(&handler->tapi->lock);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

/* ---- ITACDGroup ------------------------------------------------------------------------------ */

static HRESULT group_check(struct agent_group *self)
{
    HLINE line;
    HRESULT hr = agent_handler_check(self->handler, self->handler->first, IID_HERE, &line);

    if (SUCCEEDED(hr) && self->removed)
        hr = com_fail(TAPI_E_CALLCENTER_GROUP_REMOVED, IID_HERE, "The group %ls has been removed.",
                      self->name);
    return hr;
}

static HRESULT WINAPI group_get_Name(ITACDGroup *iface, BSTR *out)
{
    struct agent_group *self = impl_from_ITACDGroup_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = group_check(self);
    if (FAILED(hr))
        return hr;
    *out = SysAllocString(self->name);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT list_queues(struct agent_group *self, struct com_list **out)
{
    struct tapi *tapi = self->handler->tapi;
    HRESULT hr = group_check(self);
    struct com_list *list;
    BOOL fits;
    DWORD i;

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = objects_result(agent_groups_refresh(self->handler, self, TRUE), IID_HERE,
                            "The queues of the group are not known");
    if (FAILED(hr))
        return hr;
    list = com_list_create(COM_LIST_OBJECTS);
    fits = list != NULL;
    AcquireSRWLockShared(&tapi->lock);
    for (i = 0; i < self->queue_count && fits; i++) {
        struct agent_queue *queue = known_queue(self->handler, self->queues[i]);

        if (queue)
            fits = com_list_add_object(list, &queue->com.IUnknown_iface);
    }
    ReleaseSRWLockShared(&tapi->lock);
    if (!fits) {
        com_list_release(list);
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    *out = list;
    return S_OK;
}

static HRESULT WINAPI group_EnumerateQueues(ITACDGroup *iface, IEnumQueue **out)
{
    struct com_list *list;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = list_queues(impl_from_ITACDGroup_iface(iface), &list);
    return FAILED(hr) ? hr : objects_enumerate(list, &IID_IEnumQueue, (void **)out, IID_HERE);
}

static HRESULT WINAPI group_get_Queues(ITACDGroup *iface, VARIANT *out)
{
    struct com_list *list;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = list_queues(impl_from_ITACDGroup_iface(iface), &list);
    return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);
}

static const ITACDGroupVtbl group_vtable = {
    COM_DISPATCH_VTABLE(group),
    group_get_Name,
    group_EnumerateQueues,
    group_get_Queues,
};

static const struct com_interface group_interfaces[] = {
    COM_INTERFACE(agent_group, ITACDGroup_iface, ITACDGroup),
};

static void group_destroy(struct com_object *object)
{
    struct agent_group *self = CONTAINING_RECORD(object, struct agent_group, com);

    free(self->name);
    free(self->queues);
    com_unuse(&self->handler->com);
}

const struct com_class agent_group_class = {
    .name = "ACDGroup",
    .interfaces = group_interfaces,
    .interface_count = ARRAYSIZE(group_interfaces),
    .destroy = group_destroy,
};

/* Takes the name out of `seen`. The public count is given back: only the handler has a use. */
static struct agent_group *group_create(struct agent_handler *handler, struct seen_group *seen)
{
    struct agent_group *self = com_object_create(sizeof(*self), &agent_group_class, NULL);

    if (!self)
        return NULL;
    self->ITACDGroup_iface.lpVtbl = (ITACDGroupVtbl *)&group_vtable;
    self->handler = handler;
    com_use(&handler->com);
    self->id = seen->id;
    self->name = seen->name;
    seen->name = NULL;
    com_use(&self->com);
    com_release(&self->com);
    return self;
}
