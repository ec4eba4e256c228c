/*
 * doctor.c - the usual traps as sentences with what to do.
 *
 * Each finding is a check's name, what is wrong, and the remedy. The provider's file is looked into
 * before it is loaded, so that a file of the other CPU is told from one that is damaged; what can
 * be asked of a provider without TAPI is asked as TAPI asks it.
 */
#include "tools/tapictl/commands.h"

#include <objbase.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tspi.h>

#include "tools/tapictl/pe.h"

#define LOWEST_TSPI  0x00010003
#define HIGHEST_TSPI 0x00030001
#define LARGEST_FILE (256u << 20)

#ifdef _WIN64
#define MY_MACHINE PE_AMD64
#define MY_TYPELIB "win64"
#else
#define MY_MACHINE PE_I386
#define MY_TYPELIB "win32"
#endif

/* A 64-bit provider is registered with the 64-bit regsvr32, and so on. */
#define HOW_TO_REGISTER "register it with the regsvr32 of the program's CPU: regsvr32 "

struct doctor {
    struct session session;
    unsigned findings;
    DWORD lines_promised, phones_promised; /* that the providers have said */
};

__attribute__((format(printf, 4, 5))) static void say(struct doctor *doctor, const char *check,
                                                      const char *remedy, const char *format, ...)
{
    struct writer *writer = &doctor->session.writer;
    char text[1200], title[1400];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(title, sizeof title, "%s %s: %s", remedy ? "FINDING" : "ok     ", check, text);
    writer_object(writer, NULL, title);
    if (writer->style == WRITER_JSON) {
        writer_text(writer, "check", check);
        writer_bool(writer, "good", !remedy);
        writer_text(writer, "says", text);
    }
    if (remedy)
        writer_text(writer, "remedy", remedy);
    writer_end(writer);
    doctor->findings += remedy != NULL;
    fflush(stdout); /* the next check may load something that crashes */
}

/* ---- files ---- */

/* The whole file; NULL if it cannot be read. */
static uint8_t *read_file(const WCHAR *path, size_t *size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD length, got = 0;
    uint8_t *bytes = NULL;

    if (file == INVALID_HANDLE_VALUE)
        return NULL;
    length = GetFileSize(file, NULL);
    if (length < LARGEST_FILE)
        bytes = malloc(length + 1);
    if (bytes && !ReadFile(file, bytes, length, &got, NULL)) {
        free(bytes);
        bytes = NULL;
    }
    CloseHandle(file);
    *size = got;
    return bytes;
}

/* 0 if there is no such file; PE_ of what is there, 1 for no PE file. */
static uint16_t machine_of(const char *utf8)
{
    WCHAR path[MAX_PATH], found[MAX_PATH];
    size_t size;
    uint8_t *bytes;
    uint16_t machine;

    if (!path_from_utf8(utf8, path) || !SearchPathW(NULL, path, L".dll", MAX_PATH, found, NULL))
        return 0;
    bytes = read_file(found, &size);
    machine = bytes ? pe_machine(bytes, size) : 0;
    free(bytes);
    return machine ? machine : 1;
}

/* ---- tapi32.dll ---- */

static bool check_tapi32(struct doctor *doctor)
{
    HMODULE module = GetModuleHandleW(L"tapi32.dll");
    WCHAR wide[MAX_PATH] = L"";
    char path[3 * MAX_PATH];
    DWORD(WINAPI * version)(void);

    GetModuleFileNameW(module, wide, MAX_PATH);
    writer_from_utf16(wide, MAX_PATH, path, sizeof path);
    *(FARPROC *)&version = GetProcAddress(module, "OpenTapiVersion");
    if (version) {
        say(doctor, "tapi32", NULL, "tapi32.dll is OpenTAPI %u.%u (%s)", HIWORD(version()),
            LOWORD(version()), path);
        return true;
    }
    say(doctor, "tapi32",
        "put OpenTAPI's tapi32.dll beside the program or into the system folder; under Wine also "
        "set WINEDLLOVERRIDES=tapi32=n,b, or Wine takes its own, whatever path it names",
        "the tapi32.dll of this process is not OpenTAPI's: it has no export OpenTapiVersion (%s)",
        path);
    return false;
}

/* ---- providers ---- */

static void CALLBACK no_line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1,
                                   DWORD_PTR p2, DWORD_PTR p3)
{
    (void)line, (void)call, (void)message, (void)p1, (void)p2, (void)p3;
}

static void CALLBACK no_phone_event(HTAPIPHONE phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                                    DWORD_PTR p3)
{
    (void)phone, (void)message, (void)p1, (void)p2, (void)p3;
}

/* True: its header is as it must be. */
static bool check_provider_file(struct doctor *doctor, const char *name, const WCHAR *found)
{
    static const char *const required[] = {"TSPI_lineNegotiateTSPIVersion", "TSPI_providerInit",
                                           "TSPI_providerShutdown"};
    size_t size = 0;
    uint8_t *bytes = read_file(found, &size);
    uint16_t machine = bytes ? pe_machine(bytes, size) : 0;
    bool good = false;

    if (!bytes) {
        say(doctor, name, "give the user who runs the program the right to read it",
            "the provider's file cannot be read (error %lu)", GetLastError());
    } else if (machine != MY_MACHINE) {
        say(doctor, name,
            machine ? "install the provider's build for this CPU, or run the program's other build"
                    : "install the provider anew: the file is damaged, or is something else",
            "the provider is %s, this process is %s", pe_machine_name(machine),
            pe_machine_name(MY_MACHINE));
    } else {
        good = true;
        for (size_t i = 0; good && i < sizeof required / sizeof required[0]; i++)
            if (!pe_exports(bytes, size, required[i])) {
                say(doctor, name,
                    "this is no telephony provider, or its build lacks a .def file: on 32-bit, "
                    "names must be exported undecorated",
                    "the provider does not export %s", required[i]);
                good = false;
            }
    }
    free(bytes);
    return good;
}

/* Asks a loaded provider for its version and its lines, as TAPI does. */
static void check_provider_answers(struct doctor *doctor, const struct provider_entry *entry,
                                   HMODULE module)
{
    __typeof__(TSPI_lineNegotiateTSPIVersion) *negotiate;
    __typeof__(TSPI_providerEnumDevices) *enumerate;
    DWORD version = 0, lines = 0, phones = 0;
    char spare[WORD_SPARE];
    LONG result;

    *(FARPROC *)&negotiate = GetProcAddress(module, "TSPI_lineNegotiateTSPIVersion");
    *(FARPROC *)&enumerate = GetProcAddress(module, "TSPI_providerEnumDevices");
    result = negotiate((DWORD)INITIALIZE_NEGOTIATION, LOWEST_TSPI, HIGHEST_TSPI, &version);
    if (result || version < LOWEST_TSPI || version > HIGHEST_TSPI) {
        say(doctor, entry->file, "ask its maker for a provider of TSPI 1.3 to 3.1",
            "the provider agrees on no version from 1.3 to 3.1 (it says 0x%x, %s)",
            (unsigned)version,
            result ? word_or_number(WORDS_LINEERR, (uint32_t)result, spare) : "no error");
        return;
    }
    if (!enumerate) {
        say(doctor, entry->file, "ask its maker for a provider that has TSPI_providerEnumDevices",
            "the provider does not export TSPI_providerEnumDevices: nobody can ask for its lines");
        return;
    }
    result = enumerate(entry->id, &lines, &phones, NULL, no_line_event, no_phone_event);
    if (result) {
        say(doctor, entry->file,
            "look at the provider's own configuration and log; OPENTAPI_TRACE=FILE shows each call",
            "the provider cannot tell its lines: TSPI_providerEnumDevices says %s",
            word_or_number(WORDS_LINEERR, (uint32_t)result, spare));
    } else if (!lines && !phones) {
        say(doctor, entry->file, "add lines in the provider's own configuration",
            "the provider has no lines and no phones");
    } else {
        doctor->lines_promised += lines;
        doctor->phones_promised += phones;
        say(doctor, entry->file, NULL, "the provider speaks TSPI %u.%u and has %u lines, %u phones",
            HIWORD(version), LOWORD(version), (unsigned)lines, (unsigned)phones);
    }
}

/* The DLL of the provider's dialogs, which the program loads that shows them. */
static void check_ui(struct doctor *doctor, const struct provider_entry *entry, HMODULE module)
{
    __typeof__(TSPI_providerUIIdentify) *identify;
    WCHAR name[MAX_PATH] = L"", found[MAX_PATH];
    char utf8[3 * MAX_PATH];

    *(FARPROC *)&identify = GetProcAddress(module, "TSPI_providerUIIdentify");
    if (!identify || identify(name) || !name[0])
        return; /* it has no dialogs, or shows them itself */
    name[MAX_PATH - 1] = 0;
    writer_from_utf16(name, MAX_PATH, utf8, sizeof utf8);
    if (!SearchPathW(NULL, name, L".dll", MAX_PATH, found, NULL))
        say(doctor, entry->file,
            "install what belongs to the provider: without that file lineConfigDialog, "
            "lineConfigProvider and the provider's other dialogs cannot be shown",
            "the DLL of the provider's dialogs is missing: %s", utf8);
    else if (machine_of(utf8) != MY_MACHINE)
        say(doctor, entry->file, "install the build of it that is for this CPU",
            "the DLL of the provider's dialogs, %s, is %s", utf8,
            pe_machine_name(machine_of(utf8) == 1 ? 0 : machine_of(utf8)));
}

static void check_provider(struct doctor *doctor, const struct provider_entry *entry)
{
    WCHAR path[MAX_PATH], found[MAX_PATH];
    HMODULE module;

    if (!path_from_utf8(entry->file, path) ||
        !SearchPathW(NULL, path, L".dll", MAX_PATH, found, NULL)) {
        say(doctor, entry->file,
            "copy the file beside the program or into the system folder, or take it out of the "
            "list: tapictl remove",
            "the provider's file is missing: looked beside the program, in the system's folders "
            "and along PATH");
        return;
    }
    if (!check_provider_file(doctor, entry->file, found))
        return;
    module = LoadLibraryW(path);
    if (!module) {
        DWORD error = GetLastError();

        say(doctor, entry->file,
            error == ERROR_MOD_NOT_FOUND
                ? "a DLL that the provider needs is missing: install what belongs to it"
                : "its DllMain refuses: look at the provider's own log",
            "the provider's file is there but Windows cannot load it (error %lu)", error);
        return;
    }
    check_provider_answers(doctor, entry, module);
    check_ui(doctor, entry, module);
    FreeLibrary(module);
}

/* The registry's list: what it counts must be there, and each ID once. */
static void check_list(struct doctor *doctor, const struct provider_list *list)
{
    static const char remedy[] =
        "take the entry out and add it again: tapictl remove, tapictl add; or mend the values "
        "under "
        "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers";

    if (list->from_environment)
        return;
    if (list->promised != list->count && list->count < PROVIDERS_MOST)
        say(doctor, "list of providers", remedy, "NumProviders is %u, but %u entries have a file",
            (unsigned)list->promised, (unsigned)list->count);
    for (DWORD i = 0; i < list->count; i++) {
        const struct provider_entry *entry = &list->entries[i];

        if (!entry->id)
            say(doctor, "list of providers", remedy, "%s has no ProviderID", entry->file);
        else if (list->next && entry->id >= list->next)
            say(doctor, "list of providers", remedy,
                "%s has the ID %u, which NextProviderID (%u) will give again", entry->file,
                (unsigned)entry->id, (unsigned)list->next);
        for (DWORD k = 0; entry->id && k < i; k++)
            if (list->entries[k].id == entry->id)
                say(doctor, "list of providers", remedy, "%s and %s have the same ID, %u",
                    list->entries[k].file, entry->file, (unsigned)entry->id);
    }
}

static void check_providers(struct doctor *doctor)
{
    static struct provider_list list;

    providers_read(&list);
    check_list(doctor, &list);
    if (!list.count)
        say(doctor, "providers",
            "add one: tapictl add simpbx.tsp; or for one program, OPENTAPI_PROVIDERS=simpbx.tsp",
            "no telephony providers are registered: there can be no lines");
    for (DWORD i = 0; i < list.count; i++)
        check_provider(doctor, &list.entries[i]);
}

/* ---- registered classes ---- */

/* The default value of a key of HKEY_CLASSES_ROOT; false if it has none. RRF_RT_REG_SZ is also a
 * REG_EXPAND_SZ with its variables put in; to ask for both is an error. */
static bool class_value(const char *key, char *utf8, size_t size)
{
    WCHAR wide_key[200], value[MAX_PATH];
    DWORD room = sizeof value;

    if (!MultiByteToWideChar(CP_UTF8, 0, key, -1, wide_key, 200) ||
        RegGetValueW(HKEY_CLASSES_ROOT, wide_key, NULL, RRF_RT_REG_SZ, NULL, value, &room))
        return false;
    writer_from_utf16(value, MAX_PATH, utf8, size);
    return true;
}

/* The DLL of a class; file is its usual name, for the remedy. */
static bool check_class(struct doctor *doctor, const char *check, const char *clsid,
                        const char *file)
{
    char key[120], path[3 * MAX_PATH], remedy[200];
    uint16_t machine;

    snprintf(remedy, sizeof remedy, HOW_TO_REGISTER "%s", file);
    snprintf(key, sizeof key, "CLSID\\%s\\InprocServer32", clsid);
    if (!class_value(key, path, sizeof path)) {
        say(doctor, check, remedy,
            "the class %s is not registered; only a program whose manifest names it works without",
            clsid);
        return false;
    }
    machine = machine_of(path);
    if (!machine) {
        say(doctor, check, remedy, "registered is %s, which is gone", path);
        return false;
    }
    if (machine != MY_MACHINE) {
        say(doctor, check, remedy, "registered is %s, which is %s", path,
            pe_machine_name(machine == 1 ? 0 : machine));
        return false;
    }
    say(doctor, check, NULL, "registered: %s", path);
    return true;
}

static void check_tapi3(struct doctor *doctor)
{
    static const char library[] =
        "TypeLib\\{21D6D480-A88B-11D0-83DD-00AA003CCABD}\\1.0\\0\\" MY_TYPELIB;
    char path[3 * MAX_PATH], *resource;
    WCHAR wide[MAX_PATH];

    if (!check_class(doctor, "tapi3", "{21D6D48E-A88B-11D0-83DD-00AA003CCABD}", "tapi3.dll"))
        return;
    if (!class_value(library, path, sizeof path)) {
        say(doctor, "type library", HOW_TO_REGISTER "tapi3.dll",
            "the type library of TAPI 3 is not registered: scripts and other apartments need it");
        return;
    }
    /* "path\tapi3.dll\2" is a library among the resources. */
    resource = strrchr(path, '\\');
    if (resource && strlen(resource + 1) == strspn(resource + 1, "0123456789"))
        *resource = 0;
    if (!path_from_utf8(path, wide) || GetFileAttributesW(wide) == INVALID_FILE_ATTRIBUTES)
        say(doctor, "type library", HOW_TO_REGISTER "tapi3.dll",
            "the type library of TAPI 3 is registered as %s, which is gone", path);
    else
        say(doctor, "type library", NULL, "registered: %s", path);
}

/* ---- what TAPI makes of it ---- */

/* The MSPs of the lines, each once. */
static void check_msps(struct doctor *doctor)
{
    LONG(WINAPI * identify)(HLINEAPP, DWORD, GUID *);
    GUID seen[16];
    unsigned count = 0;

    *(FARPROC *)&identify =
        GetProcAddress(GetModuleHandleW(L"tapi32.dll"), "OpenTapiLineMspIdentify");
    for (DWORD i = 0; identify && i < doctor->session.devices && count < 16; i++) {
        WCHAR wide[40];
        char clsid[40];
        unsigned k = 0;
        GUID guid;

        if (identify(doctor->session.app, i, &guid))
            continue;
        while (k < count && memcmp(&seen[k], &guid, sizeof guid))
            k++;
        if (k < count)
            continue;
        seen[count++] = guid;
        StringFromGUID2(&guid, wide, 40);
        writer_from_utf16(wide, 40, clsid, sizeof clsid);
        check_class(doctor, "media provider", clsid,
                    "MSP.DLL, which came with the provider (simpbx: simmsp.dll)");
    }
    if (count)
        check_class(doctor, "terminal manager", "{7170F2E0-9BE3-11D0-A009-00AA00B605A4}",
                    "termmgr.dll");
}

/* Phones have an initialization of their own. */
static void check_phones(struct doctor *doctor)
{
    struct session *session = &doctor->session;
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = HIGHEST_TSPI;
    char spare[WORD_SPARE];
    LONG error = phoneInitializeExW(&session->phone_app, NULL, NULL, L"tapictl", &session->phones,
                                    &version, &params);

    if (error) {
        session->phone_app = 0;
        say(doctor, "phones", "OPENTAPI_TRACE=FILE shows what TAPI and its providers do",
            "phoneInitializeEx fails: %s", word_or_number(WORDS_PHONEERR, (uint32_t)error, spare));
    } else if (session->phones < doctor->phones_promised) {
        say(doctor, "phones",
            "the provider must export TSPI_phoneNegotiateTSPIVersion: OPENTAPI_TRACE=FILE shows "
            "what it answers",
            "TAPI has %u phones, the providers say %u", (unsigned)session->phones,
            (unsigned)doctor->phones_promised);
    } else if (session->phones) {
        say(doctor, "phones", NULL, "TAPI has %u phones", (unsigned)session->phones);
    }
}

static LONG get_translate_caps(const void *arguments, void *to)
{
    (void)arguments;
    return lineGetTranslateCapsW(0, 0x00020002, to);
}

static LONG get_translation(const void *arguments, void *to)
{
    (void)arguments;
    return lineTranslateAddressW(0, 0, 0x00020002, L"+1 (425) 555-0100", 0, 0, to);
}

/* Whether the current location is one of those that there are. */
static bool has_current(const LINETRANSLATECAPS *caps)
{
    DWORD at = caps->dwLocationListOffset;

    for (DWORD i = 0; i < caps->dwNumLocations; i++, at += sizeof(LINELOCATIONENTRY)) {
        LINELOCATIONENTRY entry;

        if (at > caps->dwTotalSize || caps->dwTotalSize - at < sizeof entry)
            return false;
        memcpy(&entry, (const BYTE *)caps + at, sizeof entry);
        if (entry.dwPermanentLocationID == caps->dwCurrentLocationID)
            return true;
    }
    return false;
}

static void check_dialling(struct doctor *doctor)
{
    static const char remedy[] =
        "choose a location in lineTranslateDialog, or mend the values under "
        "Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations";
    char spare[WORD_SPARE];
    LONG error;
    LINETRANSLATECAPS *caps = session_fetch(get_translate_caps, NULL, &error);
    LINETRANSLATEOUTPUT *output = caps ? session_fetch(get_translation, NULL, &error) : NULL;

    if (!caps)
        say(doctor, "dialling rules", remedy, "the locations cannot be read: %s",
            word_or_number(WORDS_LINEERR, (uint32_t)error, spare));
    else if (!output)
        say(doctor, "dialling rules", remedy,
            "no number can be dialled from the location ID %u: %s",
            (unsigned)caps->dwCurrentLocationID,
            word_or_number(WORDS_LINEERR, (uint32_t)error, spare));
    else if (!has_current(caps))
        say(doctor, "dialling rules", remedy,
            "no location is the current one (there are %u, current is ID %u)",
            (unsigned)caps->dwNumLocations, (unsigned)caps->dwCurrentLocationID);
    else
        say(doctor, "dialling rules", NULL, "there are %u locations, current is ID %u",
            (unsigned)caps->dwNumLocations, (unsigned)caps->dwCurrentLocationID);
    free(output);
    free(caps);
}

static void check_tapi(struct doctor *doctor)
{
    struct session *session = &doctor->session;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = HIGHEST_TSPI;
    char spare[WORD_SPARE];
    LONG error = lineInitializeExW(&session->app, NULL, NULL, L"tapictl", &session->devices,
                                   &version, &params);

    if (error) {
        session->app = 0;
        say(doctor, "TAPI", "OPENTAPI_TRACE=FILE shows what TAPI and its providers do",
            "lineInitializeEx fails: %s", word_or_number(WORDS_LINEERR, (uint32_t)error, spare));
        return;
    }
    if (session->devices < doctor->lines_promised)
        say(doctor, "TAPI",
            "a provider's TSPI_providerInit refused: OPENTAPI_TRACE=FILE shows which, and its "
            "error",
            "TAPI has %u lines, the providers say %u", (unsigned)session->devices,
            (unsigned)doctor->lines_promised);
    else if (session->devices)
        say(doctor, "TAPI", NULL, "TAPI has %u lines", (unsigned)session->devices);
    check_phones(doctor);
    check_dialling(doctor);
    check_msps(doctor);
}

int command_doctor(const struct options *options)
{
    static struct doctor doctor;
    struct writer *writer = &doctor.session.writer;

    session_output(&doctor.session, options->json);
    writer_object(writer, NULL, NULL);
    writer_array(writer, "checks");
    check_providers(&doctor);
    check_tapi3(&doctor);
    if (check_tapi32(&doctor))
        check_tapi(&doctor);
    writer_end(writer);
    writer_bool(writer, "healthy", !doctor.findings);
    writer_number(writer, "findings", doctor.findings);
    writer_text(writer, "unseen",
                "What a program forgets inside of itself cannot be seen from here: no event filter "
                "(ITTAPI::put_EventFilter), no RegisterCallNotifications, no sink, no message loop "
                "in an STA. Run it with OPENTAPI_TRACE=FILE: every call, message and event is a "
                "line there.");
    writer_end(writer);
    session_end(&doctor.session);
    return doctor.findings != 0;
}
