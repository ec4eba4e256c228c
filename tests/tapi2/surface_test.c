/* surface_test.c - what tapi32.dll exports, against the facts about Microsoft's; and the sizes of
 * structures, against the compiler's. */
#include <windows.h>
#include <tapi.h>

#include "base/struct_layout.h"
#include "tapi32/private.h"
#include "tests/support/test.h"

struct export
{
    const char *name, *kind;
    unsigned bytes;
};

static const struct export facts[] = {
#define EXPORT(name, kind, bytes) {#name, #kind, bytes},
#include "export_rows.h"
#undef EXPORT
};

/* Names the plain form too: no macro of <tapi.h> may turn it into another. */
#define NAMES_ONE(name, bytes) {PREFIX #name, "plain", bytes},
#define NAMES_TEXT(name, bytes)                                                                    \
    {PREFIX #name "A", "A", bytes}, {PREFIX #name "W", "W", bytes}, {PREFIX #name, "plain", bytes},
#define NAMES_AW(name, bytes)      {PREFIX #name "A", "A", bytes}, {PREFIX #name "W", "W", bytes},
#define SLOT(type)                 ((sizeof(type) + 3) / 4 * 4)
#define S1(a, x)                   SLOT(a)
#define S2(a, x, ...)              SLOT(a) + S1(__VA_ARGS__)
#define S3(a, x, ...)              SLOT(a) + S2(__VA_ARGS__)
#define S4(a, x, ...)              SLOT(a) + S3(__VA_ARGS__)
#define S5(a, x, ...)              SLOT(a) + S4(__VA_ARGS__)
#define S6(a, x, ...)              SLOT(a) + S5(__VA_ARGS__)
#define S7(a, x, ...)              SLOT(a) + S6(__VA_ARGS__)
#define S8(a, x, ...)              SLOT(a) + S7(__VA_ARGS__)
#define S9(a, x, ...)              SLOT(a) + S8(__VA_ARGS__)
#define S10(a, x, ...)             SLOT(a) + S9(__VA_ARGS__)
#define S11(a, x, ...)             SLOT(a) + S10(__VA_ARGS__)
#define S12(a, x, ...)             SLOT(a) + S11(__VA_ARGS__)
#define FUNCTION_1(name, op, ...)  NAMES(name, S1(__VA_ARGS__))
#define FUNCTION_2(name, op, ...)  NAMES(name, S2(__VA_ARGS__))
#define FUNCTION_3(name, op, ...)  NAMES(name, S3(__VA_ARGS__))
#define FUNCTION_4(name, op, ...)  NAMES(name, S4(__VA_ARGS__))
#define FUNCTION_5(name, op, ...)  NAMES(name, S5(__VA_ARGS__))
#define FUNCTION_6(name, op, ...)  NAMES(name, S6(__VA_ARGS__))
#define FUNCTION_7(name, op, ...)  NAMES(name, S7(__VA_ARGS__))
#define FUNCTION_9(name, op, ...)  NAMES(name, S9(__VA_ARGS__))
#define FUNCTION_12(name, op, ...) NAMES(name, S12(__VA_ARGS__))

static const struct export ours[] = {
#define PREFIX "line"
#define NAMES  NAMES_ONE
#include "tapi32/functions_plain.h"
#undef NAMES
#define NAMES NAMES_TEXT
#define CSTR  LPCSTR
#define STR   LPSTR
#include "tapi32/functions_text.h"
#undef NAMES
#define NAMES NAMES_AW
#include "tapi32/functions_agent.h"
#undef NAMES
#undef PREFIX
#define PREFIX "phone"
#define NAMES  NAMES_ONE
#include "tapi32/functions_phone_plain.h"
#undef NAMES
#define NAMES NAMES_TEXT
#include "tapi32/functions_phone_text.h"
#undef NAMES
#undef PREFIX
    {"lineProxyResponse", "plain", S3(HLINE, , LPLINEPROXYREQUEST, , DWORD, )},
    {"phoneInitialize", "plain",
     S5(LPHPHONEAPP, , HINSTANCE, , PHONECALLBACK, , LPCSTR, , LPDWORD, )},
    {"phoneInitializeExA", "A",
     S7(LPHPHONEAPP, , HINSTANCE, , PHONECALLBACK, , LPCSTR, , LPDWORD, , LPDWORD, ,
        LPPHONEINITIALIZEEXPARAMS, )},
    {"phoneInitializeExW", "W",
     S7(LPHPHONEAPP, , HINSTANCE, , PHONECALLBACK, , LPCWSTR, , LPDWORD, , LPDWORD, ,
        LPPHONEINITIALIZEEXPARAMS, )},
    {"phoneGetMessage", "plain", S3(HPHONEAPP, , LPPHONEMESSAGE, , DWORD, )},
    {"phoneShutdown", "plain", S1(HPHONEAPP, )},
    {"phoneNegotiateAPIVersion", "plain",
     S6(HPHONEAPP, , DWORD, , DWORD, , DWORD, , LPDWORD, , LPPHONEEXTENSIONID, )},
    {"lineInitialize", "plain", S5(LPHLINEAPP, , HINSTANCE, , LINECALLBACK, , LPCSTR, , LPDWORD, )},
    {"lineInitializeExA", "A",
     S7(LPHLINEAPP, , HINSTANCE, , LINECALLBACK, , LPCSTR, , LPDWORD, , LPDWORD, ,
        LPLINEINITIALIZEEXPARAMS, )},
    {"lineInitializeExW", "W",
     S7(LPHLINEAPP, , HINSTANCE, , LINECALLBACK, , LPCWSTR, , LPDWORD, , LPDWORD, ,
        LPLINEINITIALIZEEXPARAMS, )},
    {"lineGetMessage", "plain", S3(HLINEAPP, , LPLINEMESSAGE, , DWORD, )},
    {"lineShutdown", "plain", S1(HLINEAPP, )},
    {"lineNegotiateAPIVersion", "plain",
     S6(HLINEAPP, , DWORD, , DWORD, , DWORD, , LPDWORD, , LPLINEEXTENSIONID, )},
#define NAMES_FULL(name, bytes)                                                                    \
    {name "A", "A", bytes}, {name "W", "W", bytes},                                                \
    {                                                                                              \
        name, "plain", bytes                                                                       \
    }
    NAMES_FULL("lineGetRequest", S3(HLINEAPP, , DWORD, , LPVOID, )),
    NAMES_FULL("lineGetAppPriority",
               S6(LPCSTR, , DWORD, , LPLINEEXTENSIONID, , DWORD, , LPVARSTRING, , LPDWORD, )),
    NAMES_FULL("lineSetAppPriority",
               S6(LPCSTR, , DWORD, , LPLINEEXTENSIONID, , DWORD, , LPCSTR, , DWORD, )),
    NAMES_FULL("tapiRequestMakeCall", S4(LPCSTR, , LPCSTR, , LPCSTR, , LPCSTR, )),
    NAMES_FULL("tapiRequestMediaCall", S10(HWND, , WPARAM, , LPCSTR, , LPCSTR, , DWORD, , DWORD, ,
                                           LPCSTR, , LPCSTR, , LPCSTR, , LPCSTR, )),
    {"tapiRequestDrop", "plain", S2(HWND, , WPARAM, )},
    /* dialling rules */
    NAMES_FULL("lineTranslateAddress", S7(HLINEAPP, , DWORD, , DWORD, , LPCSTR, , DWORD, , DWORD, ,
                                          LPLINETRANSLATEOUTPUT, )),
    NAMES_FULL("lineTranslateDialog", S5(HLINEAPP, , DWORD, , DWORD, , HWND, , LPCSTR, )),
    NAMES_FULL("lineGetTranslateCaps", S3(HLINEAPP, , DWORD, , LPLINETRANSLATECAPS, )),
    NAMES_FULL("lineGetCountry", S3(DWORD, , DWORD, , LPLINECOUNTRYLIST, )),
    NAMES_FULL("lineSetTollList", S4(HLINEAPP, , DWORD, , LPCSTR, , DWORD, )),
    {"lineSetCurrentLocation", "plain", S2(HLINEAPP, , DWORD, )},
    NAMES_FULL("tapiGetLocationInfo", S2(LPSTR, , LPSTR, )),
    /* providers and their dialogs */
    NAMES_FULL("lineGetProviderList", S2(DWORD, , LPLINEPROVIDERLIST, )),
    NAMES_FULL("lineAddProvider", S3(LPCSTR, , HWND, , LPDWORD, )),
    NAMES_FULL("lineConfigDialog", S3(DWORD, , HWND, , LPCSTR, )),
    NAMES_FULL("lineConfigDialogEdit",
               S6(DWORD, , HWND, , LPCSTR, , LPVOID, , DWORD, , LPVARSTRING, )),
    NAMES_FULL("phoneConfigDialog", S3(DWORD, , HWND, , LPCSTR, )),
    {"lineConfigProvider", "plain", S2(HWND, , DWORD, )},
    {"lineRemoveProvider", "plain", S2(DWORD, , HWND, )},
};

/* Those that no header declares, of which only the names are known. */
static const char *const undeclared[] = {
#define UNDOCUMENTED(name) #name,
#include "tapi32/undocumented_names.h"
#undef UNDOCUMENTED
    "GetTapi16CallbackMsg", "LocWizardDlgProc",  "NonAsyncEventThread",
    "TAPIWndProc",          "TUISPIDLLCallback",
};

static bool is_undeclared(const char *name)
{
    for (unsigned i = 0; i < ARRAYSIZE(undeclared); i++)
        if (strcmp(undeclared[i], name) == 0)
            return true;
    return false;
}

static const struct export *find(const struct export *table, unsigned count, const char *name)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

TEST(the_library_is_ours)
{
    HMODULE module = GetModuleHandleW(L"tapi32.dll");
    WCHAR path[MAX_PATH], own[MAX_PATH];
    REQUIRE(module != NULL);
    REQUIRE(GetProcAddress(module, "OpenTapiVersion") != NULL); /* a marker that only ours has */
    CHECK(OpenTapiVersion() != 0);
    GetModuleFileNameW(module, path, MAX_PATH);
    GetModuleFileNameW(NULL, own, MAX_PATH);
    *wcsrchr(path, '\\') = *wcsrchr(own, '\\') = 0;
    CHECK_WSTR(path, own);
}

/* Every name in the DLL's own table, read from its image. */
TEST(exports_are_microsofts_names)
{
    const BYTE *image = (const BYTE *)GetModuleHandleW(L"tapi32.dll");
    const IMAGE_NT_HEADERS *headers =
        (const void *)(image + ((const IMAGE_DOS_HEADER *)image)->e_lfanew);
    const IMAGE_EXPORT_DIRECTORY *exports =
        (const void *)(image + headers->OptionalHeader.DataDirectory[0].VirtualAddress);
    const DWORD *names = (const void *)(image + exports->AddressOfNames);
    unsigned known = 0;
    for (DWORD i = 0; i < exports->NumberOfNames; i++) {
        const char *name = (const char *)image + names[i];
        if (strncmp(name, "OpenTapi", 8) == 0 || is_undeclared(name))
            continue;
        if (find(facts, ARRAYSIZE(facts), name) == NULL)
            FAIL("%s is no export of tapi32.dll", name);
        else if (find(ours, ARRAYSIZE(ours), name) == NULL)
            FAIL("%s is exported, but not in the tables", name);
        known++;
    }
    CHECK_EQ(known, ARRAYSIZE(ours));
}

TEST(each_function_is_the_documented_kind_with_the_documented_stack)
{
    for (unsigned i = 0; i < ARRAYSIZE(ours); i++) {
        const struct export *fact = find(facts, ARRAYSIZE(facts), ours[i].name);
        if (fact == NULL) {
            FAIL("%s is not in the facts", ours[i].name);
            continue;
        }
        CHECK_STR(ours[i].kind, fact->kind);
        if (sizeof(void *) == 4 && ours[i].bytes != fact->bytes)
            FAIL("%s takes %u bytes of stack, not %u", fact->name, ours[i].bytes, fact->bytes);
    }
}

TEST(the_plain_form_is_the_ansi_form)
{
    HMODULE module = GetModuleHandleW(L"tapi32.dll");
    unsigned pairs = 0;
    for (unsigned i = 0; i + 2 < ARRAYSIZE(ours); i++) {
        if (strncmp(ours[i].name, ours[i + 2].name, strlen(ours[i + 2].name)) != 0)
            continue;
        pairs++;
        FARPROC ansi = GetProcAddress(module, ours[i].name);
        FARPROC wide = GetProcAddress(module, ours[i + 1].name);
        CHECK(ansi != NULL && wide != NULL && ansi != wide);
        CHECK(GetProcAddress(module, ours[i + 2].name) == ansi);
    }
    CHECK(pairs > 20);
}

TEST(structures_have_the_compilers_sizes)
{
    static const struct {
        enum struct_kind kind;
        size_t size;
    } sizes[] = {
#define STRUCT_KIND(name) {STRUCT_##name, sizeof(name)},
#include "base/struct_kinds.h"
#undef STRUCT_KIND
    };
    for (unsigned i = 0; i < ARRAYSIZE(sizes); i++)
        if (struct_fixed_size(sizes[i].kind, UINT32_MAX) != sizes[i].size)
            FAIL("%s has %u bytes, not %u", struct_name(sizes[i].kind), (unsigned)sizes[i].size,
                 struct_fixed_size(sizes[i].kind, UINT32_MAX));
    CHECK_EQ(sizeof(LINEMESSAGE), sizeof(void *) == 8 ? 40 : 24);
}
