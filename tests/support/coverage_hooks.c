/* coverage_hooks.c - what coverage.h records of tapi32.dll's functions and of TSPI: the thunks in
 * the imports of the program and of tapi32.dll. */
#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage.h"
#include "tests/support/coverage_com.h"
#include "tests/support/coverage_thunks.h"

#define CALLEES  1500
#define REQUESTS 4096

enum callee { FUNCTION, ENTRY, APP_CALLBACK, LINE_EVENT, PHONE_EVENT, COMPLETION };

/* A request whose answer is to come, or an answer whose request has not returned yet. */
struct outstanding {
    const char *name; /* NULL: an answer */
    uint32_t id, result;
    bool of_provider;
    uintptr_t args[COVERAGE_ARGS];
};

static struct coverage_thunk *callees[CALLEES]; /* index: enum callee, subject: name */
static unsigned callee_count;
static SRWLOCK lock = SRWLOCK_INIT;
static struct outstanding outstanding[REQUESTS];
static unsigned next_outstanding;
static const struct coverage_observer observer;

static void *thunk_for(void *target, const char *name, enum callee callee)
{
    struct coverage_thunk *thunk = NULL;
    AcquireSRWLockExclusive(&lock);
    for (unsigned i = 0; i < callee_count && thunk == NULL; i++)
        if (callees[i]->target == target && callees[i]->index == callee &&
            (callee != ENTRY || strcmp(callees[i]->subject, name) == 0))
            thunk = callees[i];
    if (thunk == NULL && callee_count < CALLEES) {
        thunk = coverage_thunk_create(target, &observer, strdup(name), callee);
        if (thunk != NULL)
            callees[callee_count++] = thunk;
    }
    ReleaseSRWLockExclusive(&lock);
    return thunk != NULL ? thunk->code : target;
}

/* ---- requests and their answers, in either order ---- */

static struct outstanding *find_outstanding(uint32_t id, bool of_provider)
{
    for (unsigned i = 0; i < REQUESTS; i++)
        if (outstanding[i].id == id && outstanding[i].of_provider == of_provider)
            return &outstanding[i];
    return NULL;
}

static void remember(const char *name, uint32_t id, uint32_t result, bool of_provider,
                     const uintptr_t *args)
{
    /* One of the same number was never answered: it ended with its application. */
    struct outstanding *at = find_outstanding(id, of_provider);
    if (at == NULL)
        at = &outstanding[next_outstanding++ % REQUESTS];
    *at =
        (struct outstanding){.name = name, .id = id, .result = result, .of_provider = of_provider};
    if (args != NULL)
        memcpy(at->args, args, sizeof at->args);
}

static void record_answer(const char *name, uint32_t result, bool of_provider,
                          const uintptr_t *args)
{
    if (!of_provider && result == 0)
        coverage_see_structures(name, args, true);
    coverage_record(of_provider ? COVERAGE_COMPLETION : COVERAGE_REPLY, name, result);
}

static void request_returned(const char *name, uint32_t id, bool of_provider, const uintptr_t *args)
{
    AcquireSRWLockExclusive(&lock);
    struct outstanding *answer = find_outstanding(id, of_provider);
    if (answer != NULL && answer->name == NULL) {
        record_answer(name, answer->result, of_provider, args);
        answer->id = 0;
    } else {
        remember(name, id, 0, of_provider, args);
    }
    ReleaseSRWLockExclusive(&lock);
}

static void answered(uint32_t id, uint32_t result, bool of_provider)
{
    AcquireSRWLockExclusive(&lock);
    struct outstanding *request = find_outstanding(id, of_provider);
    if (request != NULL && request->name != NULL) {
        record_answer(request->name, result, of_provider, request->args);
        request->id = 0;
    } else {
        remember(NULL, id, result, of_provider, NULL);
    }
    ReleaseSRWLockExclusive(&lock);
}

/* ---- what passes by ---- */

static void see_app_message(uint32_t message, const uintptr_t *params)
{
    coverage_see_message(false, message, params);
    if (message == LINE_REPLY || message == PHONE_REPLY)
        answered((uint32_t)params[0], (uint32_t)params[1], false);
}

/* Callbacks that are arguments become thunks too. */
static void hook_callbacks(const struct coverage_thunk *thunk, uintptr_t *args)
{
    static const struct {
        const char *function;
        unsigned index;
        enum callee callee;
    } callbacks[] = {
        {"lineInitialize", 2, APP_CALLBACK},
        {"lineInitializeExA", 2, APP_CALLBACK},
        {"lineInitializeExW", 2, APP_CALLBACK},
        {"phoneInitialize", 2, APP_CALLBACK},
        {"phoneInitializeExA", 2, APP_CALLBACK},
        {"phoneInitializeExW", 2, APP_CALLBACK},
        {"TSPI_providerEnumDevices", 4, LINE_EVENT},
        {"TSPI_providerEnumDevices", 5, PHONE_EVENT},
        {"TSPI_lineOpen", 4, LINE_EVENT},
        {"TSPI_phoneOpen", 4, PHONE_EVENT},
        {"TSPI_providerInit", 6, COMPLETION},
    };
    for (unsigned i = 0; i < ARRAYSIZE(callbacks); i++) {
        uintptr_t *callback = &args[callbacks[i].index];
        if (strcmp(thunk->subject, callbacks[i].function) == 0 && *callback != 0)
            *callback = (uintptr_t)thunk_for((void *)*callback, "", callbacks[i].callee);
    }
}

static bool see_call(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    (void)back;
    switch ((enum callee)thunk->index) {
    case FUNCTION:
    case ENTRY:
        hook_callbacks(thunk, args);
        return true;
    case APP_CALLBACK: /* device, message, instance, parameters */
        see_app_message((uint32_t)args[1], args + 3);
        break;
    case LINE_EVENT: /* line, call, message, parameters */
        coverage_see_message(true, (uint32_t)args[2], args + 3);
        break;
    case PHONE_EVENT: /* phone, message, parameters */
        coverage_see_message(true, (uint32_t)args[1], args + 2);
        break;
    case COMPLETION:
        answered((uint32_t)args[0], (uint32_t)args[1], true);
        break;
    }
    return false;
}

static void see_return(const struct coverage_frame *frame, uintptr_t returned)
{
    const char *name = frame->thunk->subject;
    bool entry = frame->thunk->index == ENTRY;
    LONG result = (LONG)returned;
    coverage_record(entry ? COVERAGE_ENTRY : COVERAGE_RETURN, name,
                    result > 0 ? 1 : (uint32_t)result);
    if (result >= 0)
        coverage_see_arguments(name, frame->args);
    /* A provider's request ID is its first argument; other positive results are nonsense. */
    if (result > 0 && (!entry || (uintptr_t)result == frame->args[0]))
        request_returned(name, (uint32_t)result, entry, frame->args);
    if (entry || result != 0)
        return;
    if (strcmp(name, "lineGetMessage") == 0) {
        const LINEMESSAGE *message = (const void *)frame->args[1];
        const uintptr_t params[] = {message->dwParam1, message->dwParam2, message->dwParam3};
        see_app_message(message->dwMessageID, params);
    } else if (strcmp(name, "phoneGetMessage") == 0) {
        const PHONEMESSAGE *message = (const void *)frame->args[1];
        const uintptr_t params[] = {message->dwParam1, message->dwParam2, message->dwParam3};
        see_app_message(message->dwMessageID, params);
    }
}

static const struct coverage_observer observer = {see_call, see_return};

/* ---- import tables ---- */

static bool is_tapi_name(const char *name)
{
    return strncmp(name, "line", 4) == 0 || strncmp(name, "phone", 5) == 0 ||
           strncmp(name, "tapi", 4) == 0;
}

static FARPROC(WINAPI *real_get_proc_address)(HMODULE module, LPCSTR name);

static FARPROC WINAPI hooked_get_proc_address(HMODULE module, LPCSTR name)
{
    FARPROC found = real_get_proc_address(module, name);
    if (found == NULL || (uintptr_t)name < 0x10000)
        return found;
    if (strncmp(name, "TSPI_", 5) == 0 || strncmp(name, "TUISPI_", 7) == 0)
        return (FARPROC)thunk_for((void *)found, name, ENTRY);
    if (module == GetModuleHandleA("tapi32.dll") && is_tapi_name(name))
        return (FARPROC)thunk_for((void *)found, name, FUNCTION);
    return (FARPROC)coverage_com_export(module, name, (void *)found);
}

static void replace(void **import, void *by)
{
    DWORD old;
    if (*import != by && VirtualProtect(import, sizeof *import, PAGE_READWRITE, &old)) {
        *import = by;
        VirtualProtect(import, sizeof *import, old, &old);
    }
}

static void (*at_exit)(int status);
static void(WINAPI *real_exit_process)(UINT code);

static void WINAPI hooked_exit_process(UINT code)
{
    if (at_exit != NULL)
        at_exit((int)code);
    real_exit_process(code);
}

void coverage_at_exit(void (*handler)(int status))
{
    at_exit = handler;
}

static void hook_import(const char *dll, const char *name, void **import)
{
    if (lstrcmpiA(dll, "tapi32.dll") == 0 && is_tapi_name(name))
        replace(import, thunk_for(*import, name, FUNCTION));
    else if (strcmp(name, "GetProcAddress") == 0)
        replace(import, (void *)hooked_get_proc_address);
    else if (strcmp(name, "ExitProcess") == 0)
        replace(import, (void *)hooked_exit_process);
    else
        replace(import, coverage_com_import(dll, name, *import));
}

void coverage_hook_module(HMODULE module)
{
    BYTE *image = (BYTE *)module;
    const IMAGE_NT_HEADERS *headers =
        (const void *)(image + ((const IMAGE_DOS_HEADER *)image)->e_lfanew);
    DWORD at = headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    if (at == 0)
        return;
    for (const IMAGE_IMPORT_DESCRIPTOR *from = (const void *)(image + at); from->Name != 0;
         from++) {
        IMAGE_THUNK_DATA *names = (void *)(image + from->OriginalFirstThunk);
        IMAGE_THUNK_DATA *imports = (void *)(image + from->FirstThunk);
        for (; from->OriginalFirstThunk != 0 && names->u1.AddressOfData != 0; names++, imports++) {
            if (IMAGE_SNAP_BY_ORDINAL(names->u1.Ordinal))
                continue;
            const IMAGE_IMPORT_BY_NAME *by_name = (const void *)(image + names->u1.AddressOfData);
            hook_import((const char *)image + from->Name, (const char *)by_name->Name,
                        (void **)&imports->u1.Function);
        }
    }
}

void coverage_hook(void)
{
    real_get_proc_address = GetProcAddress;
    real_exit_process = ExitProcess;
    if (!coverage_thunks_start())
        return;
    coverage_com_start();
    coverage_hook_module(GetModuleHandleW(NULL));
    HMODULE tapi = GetModuleHandleA("tapi32.dll");
    if (tapi != NULL)
        coverage_hook_module(tapi);
}
