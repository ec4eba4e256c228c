/*
 * proxy.c - the application that answers for the call centre (LINEOPENOPTION_PROXY): the requests
 * that lie in its memory from LINE_PROXYREQUEST to lineProxyResponse, and who it is that asks.
 */
#include "tapi32/request.h"

#include <lmcons.h>
#include <string.h>

/* What dwParam1 of LINE_PROXYREQUEST points to is `request`: the engine's ID stands before it. */
struct proxy_block {
    struct list link;
    uint32_t app; /* engine's `client` */
    HLINE line;
    uint32_t id, size;
    LINEPROXYREQUEST request;
};

static struct lock blocks_lock; /* guards the list; leaf */
static struct list blocks = {&blocks, &blocks};

/* ---- requests in the application's memory ---- */

bool proxy_copy(const struct engine_message *from, struct queued_message *to)
{
    struct proxy_block *block = mem_alloc(offsetof(struct proxy_block, request) + from->size);
    if (block == NULL)
        return false;
    block->app = (uint32_t)from->client;
    block->line = (HLINE)(ULONG_PTR)from->device;
    block->id = (uint32_t)from->param[0];
    block->size = from->size;
    memcpy(&block->request, from->data, from->size);
    to->param[0] = (ULONG_PTR)&block->request;
    to->data = block;
    return true;
}

static void file_block(struct proxy_block *block)
{
    lock_enter(&blocks_lock);
    list_append(&blocks, &block->link);
    lock_leave(&blocks_lock);
}

void proxy_deliver(struct queued_message *message)
{
    file_block(message->data);
    message->data = NULL;
}

void proxy_forget(uint32_t app)
{
    lock_enter(&blocks_lock);
    LIST_EACH_SAFE(block, next, &blocks, struct proxy_block, link)
    {
        if (block->app == app) {
            list_remove(&block->link);
            mem_free(block);
        }
    }
    lock_leave(&blocks_lock);
}

/* Takes the block of a request out of the list: who has it may answer, once. */
static struct proxy_block *take_block(const LINEPROXYREQUEST *request)
{
    struct proxy_block *found = NULL;
    lock_enter(&blocks_lock);
    LIST_EACH(block, &blocks, struct proxy_block, link)
    {
        if (&block->request == request) {
            list_remove(&block->link);
            found = block;
            break;
        }
    }
    lock_leave(&blocks_lock);
    return found;
}

LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult)
{
    struct proxy_block *block = take_block(lpProxyRequest);
    struct engine_request request = {.op = ENGINE_LINE_PROXY_RESPONSE,
                                     .arg = {(ULONG_PTR)hLine, block ? block->id : 0, dwResult}};
    struct engine_reply reply;
    if (block != NULL)
        request.in[0] = (struct engine_blob){&block->request, block->size};
    session_call(&request, &reply);
    engine_reply_free(&reply);
    LONG result = reply.result;
    if (block == NULL && result == ERR(INVALPARAM))
        result = ERR(INVALPOINTER);
    /* After LINE_CLOSE there is nobody to answer any more, but the memory ends all the same. */
    if (block != NULL && block->line != hLine)
        file_block(block);
    else
        mem_free(block);
    TRACE("tapi32", "lineProxyResponse(0x%lx, 0x%lx): 0x%lx", (unsigned long)(ULONG_PTR)hLine,
          (unsigned long)dwResult, (unsigned long)result);
    return result;
}

/* ---- who asks ---- */

static WCHAR machine[MAX_COMPUTERNAME_LENGTH + 1], user[UNLEN + 1];

static BOOL CALLBACK learn_names(INIT_ONCE *once, void *parameter, void **context)
{
    DWORD size = ARRAYSIZE(machine);
    (void)once, (void)parameter, (void)context;
    if (!GetComputerNameW(machine, &size))
        machine[0] = 0;
    size = ARRAYSIZE(user);
    if (!GetUserNameW(user, &size))
        user[0] = 0;
    return TRUE;
}

void proxy_name_caller(struct engine_request *request)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    if (request->op < ENGINE_LINE_SET_AGENT_GROUP || request->op > ENGINE_LINE_SET_AGENT_STATE_EX)
        return;
    InitOnceExecuteOnce(&once, learn_names, NULL, NULL);
    request->in[2] = (struct engine_blob){machine, (text_units(machine, ARRAYSIZE(machine)) + 1) *
                                                       (uint32_t)sizeof(WCHAR)};
    request->in[3] = (struct engine_blob){user, (text_units(user, ARRAYSIZE(user)) + 1) *
                                                    (uint32_t)sizeof(WCHAR)};
}
