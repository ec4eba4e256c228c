/* dll.c - the DLL itself, and the private exports that belong to no other file. */
#include "tapi32/internal.h"

#include <string.h>

HINSTANCE tapi32_instance;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    /* The loader's lock is held: the engine is connected by the first application instead. */
    if (reason == DLL_PROCESS_ATTACH) {
        tapi32_instance = instance;
        DisableThreadLibraryCalls(instance);
        trace_start();
    } else if (reason == DLL_PROCESS_DETACH && reserved == NULL) {
        window_unregister();
        trace_stop();
    }
    return TRUE;
}

DWORD WINAPI OpenTapiVersion(void)
{
    return MAKELONG(OPENTAPI_VERSION_MINOR, OPENTAPI_VERSION_MAJOR);
}

void WINAPI OpenTapiFree(void *memory)
{
    mem_free(memory);
}

void WINAPI OpenTapiGetCounters(struct open_tapi_counters *counters)
{
    if (!pointer_writable(counters, sizeof *counters))
        return;
    struct engine_counters engine;
    memset(&engine, 0, sizeof engine);
    engine_get_counters(&engine);
    counters->apps = engine.apps;
    counters->lines = engine.lines;
    counters->phones = engine.phones;
    counters->calls = engine.calls;
    counters->requests = engine.requests;
    counters->handles = engine.handles;
    counters->providers = engine.providers;
    counters->messages = app_messages();
    counters->duplicate_completions = engine.duplicate_completions;
}
