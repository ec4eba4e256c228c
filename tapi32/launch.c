/* launch.c - starting the program that takes requests for calls, when none runs
 * (assisted-telephony-overview.md, steps 2 and 3). The program is a process of its own with an
 * engine of its own, so it gets the request with its environment; its engine queues it as soon as
 * the program registers (engine/assisted.c). docs/assisted-telephony.md. */
#include "tapi32/internal.h"

#include <string.h>

#define PRIORITIES L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities"
#define MOST_TEXT  (TAPIMAXDESTADDRESSSIZE - 1) /* as long as any part of a request may be */
#define PREFIX     ENGINE_REQUEST_VARIABLE L"="

/* The user's list for tapiRequestMakeCall, ended with mem_free; NULL: there is none. */
static WCHAR *read_list(void)
{
    DWORD size = 0;
    WCHAR *list;
    if (RegGetValueW(HKEY_CURRENT_USER, PRIORITIES, L"RequestMakeCall", RRF_RT_REG_SZ, NULL, NULL,
                     &size) != 0)
        return NULL;
    list = mem_alloc(size + sizeof(WCHAR));
    if (list != NULL && RegGetValueW(HKEY_CURRENT_USER, PRIORITIES, L"RequestMakeCall",
                                     RRF_RT_REG_SZ, NULL, list, &size) != 0) {
        mem_free(list);
        return NULL;
    }
    return list;
}

static size_t length_of(const WCHAR *block)
{
    const WCHAR *at = block;
    while (*at != 0)
        at += wcslen(at) + 1;
    return (size_t)(at - block);
}

/* This process's environment and the request in it; ended with mem_free. */
static WCHAR *make_environment(const struct engine_blob text[4])
{
    WCHAR *own = GetEnvironmentStringsW();
    size_t before = own != NULL ? length_of(own) : 0, room = before + wcslen(PREFIX) + 8;
    for (int i = 0; i < 4; i++)
        room += text[i].size / sizeof(WCHAR) + 1;
    WCHAR *block = mem_alloc(room * sizeof *block);
    if (block != NULL) {
        WCHAR *to = block;
        if (own != NULL)
            memcpy(to, own, before * sizeof *to);
        to += before;
        wcscpy(to, PREFIX);
        to += wcslen(PREFIX);
        for (int i = 0; i < 4; i++) {
            const WCHAR *from = text[i].data;
            if (i != 0)
                *to++ = ENGINE_REQUEST_SEPARATOR;
            for (size_t n = 0; text[i].size != 0 && *from != 0 && n < MOST_TEXT; from++, n++)
                *to++ = *from == ENGINE_REQUEST_SEPARATOR ? L' ' : *from;
        }
    }
    if (own != NULL)
        FreeEnvironmentStringsW(own);
    return block;
}

static bool start(WCHAR *command, WCHAR *environment)
{
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, command, NULL, NULL, FALSE, CREATE_UNICODE_ENVIRONMENT, environment,
                        NULL, &startup, &process))
        return false;
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return true;
}

bool launch_recipient(const struct engine_blob text[4])
{
    WCHAR *list = read_list(), *environment = list != NULL ? make_environment(text) : NULL;
    bool started = false;
    for (WCHAR *at = list; environment != NULL && *at != 0 && !started;) {
        size_t length = wcscspn(at, L",");
        bool more = at[length] != 0;
        at[length] = 0;
        while (*at == L' ')
            at++, length--;
        if (*at != 0) {
            WCHAR *command = mem_copy(at, (wcslen(at) + 1) * sizeof *at); /* it is written to */
            started = command != NULL && start(command, environment);
            TRACE("tapi32", "a listed recipient of requests: %s",
                  started ? "started" : "not there");
            mem_free(command);
        }
        at += length + more;
    }
    mem_free(environment);
    mem_free(list);
    return started;
}
