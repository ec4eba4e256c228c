/* faults.c - see faults.h. */
#include "tests/com/identity/faults.h"

#include <malloc.h>
#include <oleauto.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/test.h"

static LONG blocks;
static volatile LONG left; /* allocations until the failure; 0: it is not armed, or has happened */
static DWORD only;         /* thread; 0: any */
static char where[64];
static volatile LONG happened;

static BYTE *spared, *spared_end;

void faults_spare(HMODULE module)
{
    BYTE *base = (BYTE *)module;

    spared = base;
    spared_end = base + ((IMAGE_NT_HEADERS *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew))
                            ->OptionalHeader.SizeOfImage;
}

/* Is there a return address of the spared module on the stack? One left over counts, too. */
static bool asked_by_spared(void)
{
    BYTE *here = NULL, **at = &here;
    MEMORY_BASIC_INFORMATION stack;
    const BYTE *top;

    if (!spared)
        return false;
    VirtualQuery(at, &stack, sizeof(stack));
    top = (const BYTE *)stack.BaseAddress + stack.RegionSize;
    for (unsigned i = 0; i < 512 && (const BYTE *)(at + i + 1) <= top; i++)
        if (at[i] >= spared && at[i] < spared_end)
            return true;
    return false;
}

void faults_arm(unsigned nth, enum fault_threads threads)
{
    happened = 0;
    where[0] = 0;
    only = threads == FAULT_THIS_THREAD ? GetCurrentThreadId() : 0;
    InterlockedExchange(&left, (LONG)nth);
}

bool faults_disarm(void)
{
    InterlockedExchange(&left, 0);
    return happened != 0;
}

const char *faults_where(void)
{
    return where;
}

LONG faults_blocks(void)
{
    return blocks;
}

/* caller: in the DLL, for addr2line. */
static bool fails_at(const char *function, void *caller)
{
    MEMORY_BASIC_INFORMATION memory;
    LONG seen = left;

    if (seen <= 0 || (only && only != GetCurrentThreadId()) || asked_by_spared())
        return false;
    for (;;) {
        LONG now = InterlockedCompareExchange(&left, seen - 1, seen);

        if (now == seen)
            break;
        seen = now;
        if (seen <= 0)
            return false;
    }
    if (seen != 1)
        return false;
    VirtualQuery(caller, &memory, sizeof(memory));
    snprintf(where, sizeof(where), "%s at +0x%llx", function,
             (unsigned long long)((UINT_PTR)caller - (UINT_PTR)memory.AllocationBase));
    InterlockedExchange(&happened, 1);
    return true;
}

#define fails(function) fails_at(function, __builtin_return_address(0))

/* ---- what stands in the import table instead --------------------------------------------------
 */

/* The DLL's C library is the one of this program: both import msvcrt.dll. */
static void *count_block(void *block)
{
    if (block)
        InterlockedIncrement(&blocks);
    return block;
}

static void *__cdecl my_malloc(size_t size)
{
    return fails("malloc") ? NULL : count_block(malloc(size));
}

static void *__cdecl my_calloc(size_t count, size_t size)
{
    return fails("calloc") ? NULL : count_block(calloc(count, size));
}

static void *__cdecl my_realloc(void *block, size_t size)
{
    void *grown;

    if (fails("realloc"))
        return NULL;
    grown = realloc(block, size);
    if (!block)
        count_block(grown);
    return grown;
}

static void __cdecl my_free(void *block)
{
    if (!block)
        return;
    InterlockedDecrement(&blocks);
    memset(block, 0xDD, _msize(block)); /* whoever still uses it is found out */
    free(block);
}

static WCHAR *__cdecl my__wcsdup(const WCHAR *text)
{
    return text && fails("_wcsdup") ? NULL : count_block(_wcsdup(text));
}

static BSTR WINAPI my_SysAllocString(const OLECHAR *text)
{
    return text && fails("SysAllocString") ? NULL : SysAllocString(text);
}

static BSTR WINAPI my_SysAllocStringLen(const OLECHAR *text, UINT length)
{
    return fails("SysAllocStringLen") ? NULL : SysAllocStringLen(text, length);
}

static BSTR WINAPI my_SysAllocStringByteLen(LPCSTR text, UINT length)
{
    return fails("SysAllocStringByteLen") ? NULL : SysAllocStringByteLen(text, length);
}

static void *WINAPI my_CoTaskMemAlloc(SIZE_T size)
{
    return fails("CoTaskMemAlloc") ? NULL : CoTaskMemAlloc(size);
}

static SAFEARRAY *WINAPI my_SafeArrayCreate(VARTYPE type, UINT dimensions, SAFEARRAYBOUND *bounds)
{
    return fails("SafeArrayCreate") ? NULL : SafeArrayCreate(type, dimensions, bounds);
}

static SAFEARRAY *WINAPI my_SafeArrayCreateVector(VARTYPE type, LONG low, ULONG count)
{
    return fails("SafeArrayCreateVector") ? NULL : SafeArrayCreateVector(type, low, count);
}

static HRESULT WINAPI my_VariantCopy(VARIANT *to, VARIANT *from)
{
    return fails("VariantCopy") ? E_OUTOFMEMORY : VariantCopy(to, from);
}

static HRESULT WINAPI my_VariantCopyInd(VARIANT *to, const VARIANT *from)
{
    return fails("VariantCopyInd") ? E_OUTOFMEMORY : VariantCopyInd(to, (VARIANT *)from);
}

static HRESULT WINAPI my_CoCreateFreeThreadedMarshaler(IUnknown *outer, IUnknown **out)
{
    if (!fails("CoCreateFreeThreadedMarshaler"))
        return CoCreateFreeThreadedMarshaler(outer, out);
    *out = NULL;
    return E_OUTOFMEMORY;
}

#define STAND_IN(name)                                                                             \
    {                                                                                              \
#name, (void *)my_##name                                                                   \
    }
static const struct {
    const char *name;
    void *function;
} stand_ins[] = {
    STAND_IN(malloc),
    STAND_IN(calloc),
    STAND_IN(realloc),
    STAND_IN(free),
    STAND_IN(_wcsdup),
    STAND_IN(SysAllocString),
    STAND_IN(SysAllocStringLen),
    STAND_IN(SysAllocStringByteLen),
    STAND_IN(CoTaskMemAlloc),
    STAND_IN(SafeArrayCreate),
    STAND_IN(SafeArrayCreateVector),
    STAND_IN(VariantCopy),
    STAND_IN(VariantCopyInd),
    STAND_IN(CoCreateFreeThreadedMarshaler),
};

/* ---- the import table ------------------------------------------------------------------------ */

static void *stand_in(const char *name)
{
    for (unsigned i = 0; i < ARRAYSIZE(stand_ins); i++)
        if (!strcmp(stand_ins[i].name, name))
            return stand_ins[i].function;
    return NULL;
}

static void patch(void **slot, void *function)
{
    DWORD protection;

    REQUIRE(VirtualProtect(slot, sizeof(*slot), PAGE_READWRITE, &protection));
    *slot = function;
    VirtualProtect(slot, sizeof(*slot), protection, &protection);
}

void faults_watch(HMODULE module)
{
    BYTE *base = (BYTE *)module;
    IMAGE_NT_HEADERS *headers = (IMAGE_NT_HEADERS *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew);
    IMAGE_DATA_DIRECTORY *directory =
        &headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
    IMAGE_IMPORT_DESCRIPTOR *import = (IMAGE_IMPORT_DESCRIPTOR *)(base + directory->VirtualAddress);
    unsigned patched = 0;

    for (; import->Name; import++) {
        IMAGE_THUNK_DATA *names = (IMAGE_THUNK_DATA *)(base + import->OriginalFirstThunk);
        IMAGE_THUNK_DATA *slots = (IMAGE_THUNK_DATA *)(base + import->FirstThunk);

        for (; names->u1.AddressOfData; names++, slots++) {
            IMAGE_IMPORT_BY_NAME *by_name =
                (IMAGE_IMPORT_BY_NAME *)(base + names->u1.AddressOfData);
            void *function;

            if (IMAGE_SNAP_BY_ORDINAL(names->u1.Ordinal))
                continue;
            function = stand_in((const char *)by_name->Name);
            if (!function)
                continue;
            patch((void **)&slots->u1.Function, function);
            patched++;
        }
    }
    CHECK(patched >= 5); /* malloc, calloc, realloc, free and a BSTR at least */
}
