/*
 * coverage_hooks.c - thunks between callers and callees that are not told of it.
 *
 * A thunk knows its callee. It hands the call on with the arguments where they are, after the
 * return address has been put aside on a stack of the thread's own and replaced; so the result
 * passes by too. A test that leaves a callback with a jump leaves entries behind: they are
 * recognised by their place on the thread's stack and dropped.
 */
#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage.h"

#define ARGS     12  /* the most a function has */
#define DEPTH    200 /* of calls within calls */
#define THUNKS   1500
#define REQUESTS 4096

enum callee { FUNCTION, ENTRY, APP_CALLBACK, LINE_EVENT, PHONE_EVENT, COMPLETION };

struct thunk {
    BYTE code[32];
    void *target;
    const char *name;
    enum callee callee;
};

struct frame {
    uintptr_t *slot; /* where the return address was */
    uintptr_t back;
    const struct thunk *thunk;
    uintptr_t args[ARGS];
};

struct thread {
    unsigned depth;
    struct frame frames[DEPTH];
};

/* A request whose answer is to come, or an answer whose request has not returned yet. */
struct outstanding {
    const char *name; /* NULL: an answer */
    uint32_t id, result;
    bool of_provider;
    uintptr_t args[ARGS];
};

static struct thunk *thunks;
static unsigned thunk_count;
static DWORD slot = TLS_OUT_OF_INDEXES;
static SRWLOCK lock = SRWLOCK_INIT;
static struct outstanding outstanding[REQUESTS];
static unsigned next_outstanding;

extern void coverage_entry(void) __asm__("coverage_entry");
extern void coverage_return(void) __asm__("coverage_return");

#ifdef _WIN64
__asm__(".text\n"
        "coverage_entry:\n" /* r11: the thunk; rsp: the return address */
        "  mov %rcx, 8(%rsp)\n  mov %rdx, 16(%rsp)\n  mov %r8, 24(%rsp)\n  mov %r9, 32(%rsp)\n"
        "  mov %r11, %rcx\n  mov %rsp, %rdx\n"
        "  sub $40, %rsp\n  call coverage_enter\n  add $40, %rsp\n"
        "  mov 8(%rsp), %rcx\n  mov 16(%rsp), %rdx\n  mov 24(%rsp), %r8\n  mov 32(%rsp), %r9\n"
        "  jmp *%rax\n"
        "coverage_return:\n"
        "  mov %rsp, %rdx\n  sub $8, %rsp\n  push %rax\n  mov %rax, %rcx\n"
        "  sub $32, %rsp\n  call coverage_leave\n  mov %rax, 40(%rsp)\n  add $32, %rsp\n"
        "  pop %rax\n  ret\n");
#define CALLED_FROM_ASSEMBLER
#else
__asm__(".text\n"
        "coverage_entry:\n" /* eax: the thunk; esp: the return address */
        "  mov %esp, %edx\n  push %edx\n  push %eax\n  call _coverage_enter\n  add $8, %esp\n"
        "  jmp *%eax\n"
        "coverage_return:\n"
        "  mov %esp, %ecx\n  push %eax\n  push %eax\n  push %ecx\n  push %eax\n"
        "  call _coverage_leave\n  add $8, %esp\n  mov %eax, 4(%esp)\n  pop %eax\n  ret\n");
#define CALLED_FROM_ASSEMBLER __attribute__((force_align_arg_pointer))
#endif

static void *thunk_for(void *target, const char *name, enum callee callee)
{
    struct thunk *thunk = NULL;
    AcquireSRWLockExclusive(&lock);
    for (unsigned i = 0; i < thunk_count && thunk == NULL; i++)
        if (thunks[i].target == target && thunks[i].callee == callee &&
            (callee != ENTRY || strcmp(thunks[i].name, name) == 0))
            thunk = &thunks[i];
    if (thunk == NULL && thunk_count < THUNKS) {
        thunk = &thunks[thunk_count++];
        thunk->target = target;
        thunk->name = strdup(name);
        thunk->callee = callee;
        uintptr_t self = (uintptr_t)thunk, entry = (uintptr_t)coverage_entry;
        BYTE *code = thunk->code;
#ifdef _WIN64
        memcpy(code, "\x49\xBB", 2), memcpy(code + 2, &self, 8);        /* mov self, %r11 */
        memcpy(code + 10, "\x49\xBA", 2), memcpy(code + 12, &entry, 8); /* mov entry, %r10 */
        memcpy(code + 20, "\x41\xFF\xE2", 3);                           /* jmp *%r10 */
#else
        code[0] = 0xB8, memcpy(code + 1, &self, 4);  /* mov self, %eax */
        code[5] = 0xB9, memcpy(code + 6, &entry, 4); /* mov entry, %ecx */
        memcpy(code + 10, "\xFF\xE1", 2);            /* jmp *%ecx */
#endif
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
static void hook_callbacks(const struct thunk *thunk, uintptr_t *args)
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
        if (strcmp(thunk->name, callbacks[i].function) == 0 && *callback != 0)
            *callback = (uintptr_t)thunk_for((void *)*callback, "", callbacks[i].callee);
    }
}

CALLED_FROM_ASSEMBLER void *coverage_enter(const struct thunk *thunk, uintptr_t *at);

CALLED_FROM_ASSEMBLER void *coverage_enter(const struct thunk *thunk, uintptr_t *at)
{
    DWORD error = GetLastError();
    uintptr_t *args = at + 1;
    struct thread *thread = TlsGetValue(slot);
    if (thread == NULL && (thread = calloc(1, sizeof *thread)) != NULL)
        TlsSetValue(slot, thread);
    switch (thunk->callee) {
    case FUNCTION:
    case ENTRY:
        hook_callbacks(thunk, args);
        break;
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
    if (thread != NULL && (thunk->callee == FUNCTION || thunk->callee == ENTRY)) {
        while (thread->depth > 0 && thread->frames[thread->depth - 1].slot <= at)
            thread->depth--;
        if (thread->depth < DEPTH) {
            struct frame *frame = &thread->frames[thread->depth++];
            frame->slot = at;
            frame->back = *at;
            frame->thunk = thunk;
            memcpy(frame->args, args, sizeof frame->args);
            *at = (uintptr_t)coverage_return;
        }
    }
    SetLastError(error);
    return thunk->target;
}

static void see_return(const struct frame *frame, LONG result)
{
    const char *name = frame->thunk->name;
    bool entry = frame->thunk->callee == ENTRY;
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

CALLED_FROM_ASSEMBLER uintptr_t coverage_leave(uintptr_t result, const uintptr_t *stack);

CALLED_FROM_ASSEMBLER uintptr_t coverage_leave(uintptr_t result, const uintptr_t *stack)
{
    DWORD error = GetLastError();
    struct thread *thread = TlsGetValue(slot);
    struct frame frame = {0};
    while (thread->depth > 0 && thread->frames[thread->depth - 1].slot < stack)
        frame = thread->frames[--thread->depth];
    see_return(&frame, (LONG)result);
    SetLastError(error);
    return frame.back;
}

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
    return found;
}

static void replace(void **import, void *by)
{
    DWORD old;
    if (VirtualProtect(import, sizeof *import, PAGE_READWRITE, &old)) {
        *import = by;
        VirtualProtect(import, sizeof *import, old, &old);
    }
}

static void hook_import(const char *dll, const char *name, void **import)
{
    if (lstrcmpiA(dll, "tapi32.dll") == 0 && is_tapi_name(name))
        replace(import, thunk_for(*import, name, FUNCTION));
    else if (strcmp(name, "GetProcAddress") == 0)
        replace(import, (void *)hooked_get_proc_address);
}

static void hook_module(HMODULE module)
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
    slot = TlsAlloc();
    thunks = VirtualAlloc(NULL, THUNKS * sizeof *thunks, MEM_COMMIT | MEM_RESERVE,
                          PAGE_EXECUTE_READWRITE);
    if (slot == TLS_OUT_OF_INDEXES || thunks == NULL)
        return;
    hook_module(GetModuleHandleW(NULL));
    HMODULE tapi = GetModuleHandleA("tapi32.dll");
    if (tapi != NULL)
        hook_module(tapi);
}
