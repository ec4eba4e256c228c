/* coverage_thunks.c - see coverage_thunks.h. */
#include "tests/support/coverage_thunks.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH  200 /* of calls within calls */
#define THUNKS 8000

struct thread {
    unsigned depth;
    struct coverage_frame frames[DEPTH];
};

static struct coverage_thunk *thunks;
static unsigned thunk_count;
static DWORD slot = TLS_OUT_OF_INDEXES;
static SRWLOCK lock = SRWLOCK_INIT;

extern void coverage_entry(void) __asm__("coverage_entry");
extern void coverage_return(void) __asm__("coverage_return");

#ifdef _WIN64
__asm__(".text\n"
        "coverage_entry:\n" /* r11: the thunk; rsp: the return address */
        "  mov %rcx, 8(%rsp)\n  mov %rdx, 16(%rsp)\n  mov %r8, 24(%rsp)\n  mov %r9, 32(%rsp)\n"
        "  mov %r11, %rcx\n  mov %rsp, %rdx\n  sub $104, %rsp\n"
        "  movups %xmm0, 32(%rsp)\n  movups %xmm1, 48(%rsp)\n"
        "  movups %xmm2, 64(%rsp)\n  movups %xmm3, 80(%rsp)\n"
        "  call coverage_enter\n"
        "  movups 32(%rsp), %xmm0\n  movups 48(%rsp), %xmm1\n"
        "  movups 64(%rsp), %xmm2\n  movups 80(%rsp), %xmm3\n  add $104, %rsp\n"
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

bool coverage_thunks_start(void)
{
    slot = TlsAlloc();
    thunks = VirtualAlloc(NULL, THUNKS * sizeof *thunks, MEM_COMMIT | MEM_RESERVE,
                          PAGE_EXECUTE_READWRITE);
    return slot != TLS_OUT_OF_INDEXES && thunks != NULL;
}

struct coverage_thunk *coverage_thunk_create(void *target, const struct coverage_observer *observer,
                                             const void *subject, unsigned index)
{
    struct coverage_thunk *thunk = NULL;
    AcquireSRWLockExclusive(&lock);
    if (thunk_count < THUNKS)
        thunk = &thunks[thunk_count++];
    ReleaseSRWLockExclusive(&lock);
    if (thunk == NULL)
        return NULL;
    thunk->target = target;
    thunk->observer = observer;
    thunk->subject = subject;
    thunk->index = index;
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
    return thunk;
}

bool coverage_is_thunk(const void *code)
{
    return (uintptr_t)code - (uintptr_t)thunks < THUNKS * sizeof *thunks;
}

bool coverage_is_return(uintptr_t back)
{
    return back == (uintptr_t)coverage_return;
}

CALLED_FROM_ASSEMBLER void *coverage_enter(const struct coverage_thunk *thunk, uintptr_t *at);

CALLED_FROM_ASSEMBLER void *coverage_enter(const struct coverage_thunk *thunk, uintptr_t *at)
{
    DWORD error = GetLastError();
    uintptr_t *args = at + 1;
    struct thread *thread = TlsGetValue(slot);
    if (thread == NULL && (thread = calloc(1, sizeof *thread)) != NULL)
        TlsSetValue(slot, thread);
    if (thunk->observer->enter(thunk, args, *at) && thread != NULL) {
        /* A callee that ends with a jump to another has its return address in the same place. */
        uintptr_t *stale = coverage_is_return(*at) ? at - 1 : at;
        while (thread->depth > 0 && thread->frames[thread->depth - 1].slot <= stale)
            thread->depth--;
        if (thread->depth < DEPTH) {
            struct coverage_frame *frame = &thread->frames[thread->depth++];
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

CALLED_FROM_ASSEMBLER uintptr_t coverage_leave(uintptr_t result, const uintptr_t *stack);

CALLED_FROM_ASSEMBLER uintptr_t coverage_leave(uintptr_t result, const uintptr_t *stack)
{
    DWORD error = GetLastError();
    struct thread *thread = TlsGetValue(slot);
    struct coverage_frame frame = {0};
    unsigned first = thread->depth, depth = thread->depth;
    while (first > 0 && thread->frames[first - 1].slot < stack)
        first--;
    /* The calls that return here, the innermost first; other frames were left behind. */
    const uintptr_t *slot_of_return = thread->frames[first].slot;
    while (depth > first) {
        frame = thread->frames[--depth];
        thread->depth = depth;
        if (frame.slot == slot_of_return)
            frame.thunk->observer->leave(&frame, result);
    }
    SetLastError(error);
    return frame.back;
}
