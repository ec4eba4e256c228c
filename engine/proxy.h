/*
 * proxy.h - applications that answer for the call centre: what agent.c (the functions that ask) and
 * proxy.c (who is asked, and how the answer comes back) share. docs/call-centre.md.
 */
#ifndef ENGINE_PROXY_H
#define ENGINE_PROXY_H

#include "engine/private.h"

#define PROXY_TYPES (LINEPROXYREQUEST_SETAGENTSTATEEX + 1) /* they count from 1 */
/* in[] of every agent request: who asks, by machine and user. */
#define PROXY_MACHINE 2
#define PROXY_USER    3

#define AGENT_VALUES 3

/* Where the parts of a function's call go in LINEPROXYREQUEST; 0: it has no such part. */
struct agent_row {
    uint8_t address;              /* the arg[] that is an address of the device, to be checked */
    uint16_t value[AGENT_VALUES]; /* of arg[1], arg[2], arg[3] */
    enum struct_kind kind;        /* of the structure in it; STRUCT_KIND_COUNT: none */
    uint16_t structure;
    bool given;       /* the structure is the caller's (in[0]), else the proxy fills it */
    uint8_t room;     /* the arg[] that says what the caller has room for */
    uint16_t handle;  /* of the handle that the proxy gives */
    uint16_t text[2]; /* of the size and offset of in[0] and in[1] */
    uint16_t guid;    /* of in[guid_input] */
    uint8_t guid_input;
    uint16_t bytes; /* of in[0], which the proxy may change */
};

/* A request with its proxy, from LINE_PROXYREQUEST to lineProxyResponse. */
struct proxy_request {
    struct list by_line;
    uint32_t id; /* the request ID of the function that asks */
    DWORD type;
    uint32_t app; /* HLINEAPP that asks: it may be gone when the answer comes */
    uint64_t instance, cookie;
    DWORD version; /* the asker's */
    uint32_t room; /* bytes lent for what the proxy fills */
};

const struct agent_row *agent_row(DWORD type);

/* proxy.c. Lock held. */
/* The line of the device that handles these requests, or NULL. */
struct line *proxy_find(struct device *device, DWORD type);
struct proxy_request *proxy_request_new(struct line *proxy, DWORD type);
/* Sends it to the proxy: LINE_PROXYREQUEST. */
void proxy_ask(struct line *proxy, const struct proxy_request *request,
               const LINEPROXYREQUEST *made);

#endif
