/*
 * studio_test.c - a media provider laid out as Microsoft's base classes lay out theirs, with
 * terminals of the terminal manager, end to end through tapi3.dll: from C, and by a script.
 */
#include <windows.h>
#include <ocidl.h>
#include <olectl.h>
#include <tapi3.h>

#include <stdio.h>
#include <stdlib.h>

#include "../foreign.h"
#include "studio_private.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define PLAYBACK  L"{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
#define RECORDING L"{521F3D06-C3D0-4511-8617-86B9A783DA77}"
#define SPEAKERS  L"{AAF578F0-DC70-11D0-8ED3-00C04FB6809F}"
#define HANDSET   L"{AAF578EB-DC70-11D0-8ED3-00C04FB6809F}"
#define SAMPLES   4000u

static struct foreign *far_end;
static HMODULE tapi3, provider;
static DWORD class_cookie, sink_cookie;
static ITTAPI *tapi;
static ITAddress *address;
static ITBasicCallControl2 *call;
static IConnectionPoint *point;
static LONG registration;
static bool entered;

static struct {
    volatile LONG new_streams, active, inactive, file_active, file_ended;
    ITCallInfo *volatile offered;
    volatile LONG offers;
} seen;

static void drop(void *unknown)
{
    if (unknown)
        IUnknown_Release((IUnknown *)unknown);
}

/* ---- what the program hears --------------------------------------------------------------------
 */

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification) ? iface
                                                                                           : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_count(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static void on_media(ITCallMediaEvent *event)
{
    CALL_MEDIA_EVENT kind = CME_STREAM_FAIL;

    ITCallMediaEvent_get_Event(event, &kind);
    InterlockedIncrement(kind == CME_NEW_STREAM      ? &seen.new_streams
                         : kind == CME_STREAM_ACTIVE ? &seen.active
                                                     : &seen.inactive);
}

static void on_file(ITFileTerminalEvent *event)
{
    FT_STATE_EVENT_CAUSE cause = FTEC_NORMAL;
    TERMINAL_MEDIA_STATE state = TMS_PAUSED;
    ITTerminal *terminal = NULL;
    ITFileTrack *track = NULL;
    ITCallInfo *of = NULL;

    CHECK_EQ(ITFileTerminalEvent_get_Terminal(event, &terminal), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_Track(event, &track), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_Call(event, &of), S_OK);
    CHECK(terminal && track && of);
    ITFileTerminalEvent_get_State(event, &state);
    ITFileTerminalEvent_get_Cause(event, &cause);
    drop(terminal);
    drop(track);
    drop(of);
    if (state == TMS_ACTIVE)
        InterlockedIncrement(&seen.file_active);
    else if (state == TMS_IDLE && cause == FTEC_END_OF_FILE)
        InterlockedIncrement(&seen.file_ended);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    void *known = NULL;

    (void)iface;
    if (type == TE_CALLMEDIA &&
        SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallMediaEvent, &known)))
        on_media(known);
    else if (type == TE_FILETERMINAL &&
             SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITFileTerminalEvent, &known)))
        on_file(known);
    else if (type == TE_CALLNOTIFICATION &&
             SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, &known)) &&
             !seen.offered) {
        ITCallInfo *info = NULL;

        ITCallNotificationEvent_get_Call((ITCallNotificationEvent *)known, &info);
        seen.offered = info;
        InterlockedIncrement(&seen.offers);
    }
    drop(known);
    return S_OK;
}

static const ITTAPIEventNotificationVtbl sink_vtable = {sink_QueryInterface, sink_count, sink_count,
                                                        sink_Event};
static ITTAPIEventNotification sink = {(ITTAPIEventNotificationVtbl *)&sink_vtable};

static bool positive(void *count)
{
    return *(volatile LONG *)count > 0;
}

static bool zero(void *count)
{
    return *(volatile LONG *)count == 0;
}

#define COMES(count) CHECK(wait_until(positive, (void *)&(count), NULL, WAIT_LONG))

/* ---- beginning and end ------------------------------------------------------------------------
 */

TEST_AFTER
{
    if (entered)
        CoUninitialize();
    entered = false;
}

static HRESULT class_object(HMODULE module, REFCLSID clsid, void **out)
{
    HRESULT(WINAPI * get)
    (REFCLSID, REFIID, void **) = (void *)GetProcAddress(module, "DllGetClassObject");

    return get ? get(clsid, &IID_IClassFactory, out) : E_FAIL;
}

static void begin(void)
{
    IConnectionPointContainer *container = NULL;
    IEnumAddress *addresses = NULL;
    IClassFactory *factory = NULL;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    entered = true;
    memset(&seen, 0, sizeof(seen));
    call = NULL;
    tapi3 = LoadLibraryW(L"tapi3.dll");
    provider = LoadLibraryW(L"studio.tsp");
    REQUIRE(tapi3 && provider);
    far_end = ((foreign_state *)(void *)GetProcAddress(provider, "ForeignState"))();
    memset(far_end, 0, sizeof(*far_end));
    REQUIRE_EQ(class_object(provider, &clsid_foreign, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&clsid_foreign, (IUnknown *)factory, CLSCTX_INPROC_SERVER,
                                     REGCLS_MULTIPLEUSE, &class_cookie),
               S_OK);
    REQUIRE_EQ(class_object(tapi3, &CLSID_TAPI, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, TE_CALLMEDIA | TE_FILETERMINAL | TE_CALLSTATE |
                                              TE_CALLNOTIFICATION),
             S_OK);
    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container,
                                                             &IID_ITTAPIEventNotification, &point),
               S_OK);
    IConnectionPointContainer_Release(container);
    REQUIRE_EQ(IConnectionPoint_Advise(point, (IUnknown *)&sink, &sink_cookie), S_OK);
    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    REQUIRE_EQ(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
                                                TAPIMEDIATYPE_AUDIO, 1, &registration),
               S_OK);
}

static void end(void)
{
    HRESULT(WINAPI * can_unload)(void) = (void *)GetProcAddress(tapi3, "DllCanUnloadNow");

    if (call) {
        CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK);
        ITBasicCallControl2_Release(call);
    }
    drop(seen.offered);
    CHECK_EQ(IConnectionPoint_Unadvise(point, sink_cookie), S_OK);
    IConnectionPoint_Release(point);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    ITAddress_Release(address);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
    CHECK(wait_until(zero, (void *)&far_end->alive, NULL, WAIT_LONG));
    CHECK_EQ(far_end->calls_shut, far_end->msp_calls);
    CHECK_EQ(can_unload(), S_OK);
    CoRevokeClassObject(class_cookie);
    CoUninitialize();
    entered = false;
}

static void make_call(void)
{
    BSTR number = SysAllocString(L"5550100");
    ITBasicCallControl *made = NULL;

    REQUIRE_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &made),
               S_OK);
    SysFreeString(number);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(made, &IID_ITBasicCallControl2, (void **)&call),
               S_OK);
    ITBasicCallControl_Release(made);
    CHECK_EQ(ITBasicCallControl2_Connect(call, VARIANT_TRUE), S_OK);
}

/* ---- files -------------------------------------------------------------------------------------
 */

static WCHAR *temporary(const WCHAR *name)
{
    static WCHAR paths[4][MAX_PATH];
    static unsigned next;
    WCHAR *path = paths[next++ % 4], folder[MAX_PATH];

    GetTempPathW(ARRAYSIZE(folder), folder);
    swprintf(path, MAX_PATH, L"%ls%lu-%ls", folder, GetCurrentProcessId(), name);
    return path;
}

/* A ramp: PCM of 8 kHz, 16 bits, mono. */
static const WCHAR *write_wav(const WCHAR *path)
{
    DWORD size = SAMPLES * 2;
    BYTE bytes[44 + SAMPLES * 2] = "RIFF....WAVEfmt ";
    WORD *format = (WORD *)(bytes + 20);
    DWORD written = 0;
    HANDLE file;

    *(DWORD *)(bytes + 4) = 36 + size;
    *(DWORD *)(bytes + 16) = 16;
    format[0] = WAVE_FORMAT_PCM;
    format[1] = 1;
    *(DWORD *)(format + 2) = 8000;
    *(DWORD *)(format + 4) = 16000;
    format[6] = 2;
    format[7] = 16;
    memcpy(bytes + 36, "data", 4);
    *(DWORD *)(bytes + 40) = size;
    for (DWORD i = 0; i < size; i++)
        bytes[44 + i] = (BYTE)(i * 7);
    file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    REQUIRE(file != INVALID_HANDLE_VALUE);
    WriteFile(file, bytes, 44 + size, &written, NULL);
    CloseHandle(file);
    return path;
}

static DWORD read_file(const WCHAR *path, BYTE *bytes, DWORD room)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD read = 0;

    CHECK(file != INVALID_HANDLE_VALUE);
    ReadFile(file, bytes, room, &read, NULL);
    CloseHandle(file);
    return read;
}

/* ---- the tests ---------------------------------------------------------------------------------
 */

static ITTerminal *request(const WCHAR *class, TERMINAL_DIRECTION direction)
{
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    REQUIRE_EQ(
        ITBasicCallControl2_RequestTerminal(call, text, TAPIMEDIATYPE_AUDIO, direction, &terminal),
        S_OK);
    SysFreeString(text);
    return terminal;
}

static void *ask(void *object, REFIID iid)
{
    void *out = NULL;

    REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)object, iid, &out), S_OK);
    return out;
}

static LONG bytes_sent(void)
{
    IStudioCall *studio = ask(call, &IID_IStudioCall);
    LONG count = -1;

    CHECK_EQ(studio->lpVtbl->get_BytesSent(studio, &count), S_OK);
    drop(studio);
    return count;
}

TEST(the_provider_is_part_of_address_and_call)
{
    ITTerminalSupport2 *support;
    IStudioAddress *studio;
    IEnumTerminalClass *classes = NULL;
    IEnumTerminal *terminals = NULL;
    ITTerminal *terminal = NULL;
    GUID class;
    LONG before = -1, after = -1;

    begin();
    support = ask(address, &IID_ITTerminalSupport2);
    CHECK_EQ(ITTerminalSupport2_EnumerateStaticTerminals(support, &terminals), S_OK);
    CHECK_EQ(IEnumTerminal_Next(terminals, 1, &terminal, NULL), S_FALSE);
    drop(terminals);
    CHECK_EQ(ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes), S_OK);
    CHECK_EQ(IEnumTerminalClass_Next(classes, 1, &class, NULL), S_OK);
    drop(classes);
    drop(support);

    studio = ask(address, &IID_IStudioAddress);
    CHECK_EQ(studio->lpVtbl->get_WorkDone(studio, &before), S_OK);
    make_call();
    drop(request(PLAYBACK, TD_CAPTURE));
    CHECK_EQ(studio->lpVtbl->get_WorkDone(studio, &after), S_OK);
    CHECK(after > before);
    drop(studio);
    COMES(seen.new_streams);
    /* What the provider has to be told by its MSP reached it, though nobody asked for a stream. */
    COMES(far_end->from_msp_with_call);
    CHECK_EQ(far_end->msp_calls, 1);
    end();
}

/* RequestTerminal "looks through the lists of supported static and dynamic terminals", not only at
 * the default one (default-terminal-selection-mechanism.md). */
TEST(static_terminals_are_found_by_their_class)
{
    static const WCHAR *const classes[] = {SPEAKERS, HANDSET};
    IStudioAddress *studio;

    begin();
    make_call();
    studio = ask(address, &IID_IStudioAddress);
    CHECK_EQ(studio->lpVtbl->put_Devices(studio, 2), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(classes); i++) {
        ITTerminal *terminal = request(classes[i], TD_RENDER);
        TERMINAL_TYPE type = TT_DYNAMIC;
        BSTR class = NULL;

        CHECK_EQ(ITTerminal_get_TerminalType(terminal, &type), S_OK);
        CHECK_EQ(type, TT_STATIC);
        CHECK_EQ(ITTerminal_get_TerminalClass(terminal, &class), S_OK);
        CHECK_WSTR(class, classes[i]);
        SysFreeString(class);
        drop(terminal);
    }
    drop(studio);
    end();
}

static HRESULT map(const WCHAR *iid_text, void *object)
{
    BSTR iid = SysAllocString(iid_text);
    IClassFactory *factory = NULL;
    ITDispatchMapper *mapper = NULL;
    IDispatch *from, *found = NULL;
    HRESULT hr;

    REQUIRE_EQ(class_object(tapi3, &CLSID_DispatchMapper, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITDispatchMapper, (void **)&mapper),
               S_OK);
    from = ask(object, &IID_IDispatch);
    hr = ITDispatchMapper_QueryDispatchInterface(mapper, iid, from, &found);
    CHECK_EQ(SUCCEEDED(hr), found != NULL);
    drop(found);
    drop(from);
    drop(mapper);
    drop(factory);
    SysFreeString(iid);
    return hr;
}

/* "The aggregated MSP objects will be queried for safety of the requested interfaces"
 * (using-the-tapi-3-msp-base-classes.md): this provider's address is safe, its call says nothing.
 */
TEST(the_mapper_asks_the_provider_whether_it_is_safe)
{
    begin();
    make_call();
    CHECK_EQ(map(L"{B1EFC385-9355-11D0-835C-00AA003CCABD}", address), S_OK); /* ITTerminalSupport */
    CHECK_EQ(far_end->made_safe, 1);
    CHECK_EQ(map(L"{B1EFC384-9355-11D0-835C-00AA003CCABD}", address), S_OK); /* ITMediaSupport */
    CHECK_EQ(far_end->made_safe, 1); /* that is the Address' own */
    CHECK_EQ(map(L"{350F85D1-1227-11D3-83D4-00C04FB6809F}", call), S_OK); /* ITCallInfo */
    CHECK_EQ(map(L"{EE3BD604-3868-11D2-A045-00C04FB6809F}", call),
             E_NOINTERFACE); /* ITStreamControl */
    end();
}

static bool all_sent(void *expected)
{
    return bytes_sent() >= *(LONG *)expected;
}

TEST(a_file_is_played_into_the_providers_graph)
{
    const WCHAR *path = write_wav(temporary(L"play.wav"));
    LONG expected = SAMPLES * 2;
    ITTerminal *terminal;
    ITMediaPlayback *playback;
    ITMediaControl *control;
    VARIANT list;

    begin();
    make_call();
    terminal = request(PLAYBACK, TD_CAPTURE);
    playback = ask(terminal, &IID_ITMediaPlayback);
    control = ask(terminal, &IID_ITMediaControl);
    V_VT(&list) = VT_BSTR;
    V_BSTR(&list) = SysAllocString(path);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(call, terminal), S_OK);
    COMES(seen.active);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    COMES(seen.file_active);
    COMES(seen.file_ended);
    CHECK(wait_until(all_sent, &expected, NULL, WAIT_LONG));
    CHECK_EQ(bytes_sent(), expected);
    CHECK_EQ(ITBasicCallControl2_UnselectTerminalOnCall(call, terminal), S_OK);
    drop(control);
    drop(playback);
    drop(terminal);
    end();
    DeleteFileW(path);
}

TEST(what_the_far_end_says_is_recorded)
{
    const WCHAR *music = write_wav(temporary(L"music.wav"));
    const WCHAR *heard = temporary(L"heard.wav");
    static BYTE said_bytes[20000], heard_bytes[20000];
    DWORD said_size, heard_size;
    IStudioCall *studio;
    ITTerminal *terminal;
    ITMediaRecord *record;
    ITMediaControl *control;
    BSTR name = SysAllocString(heard), music_name = SysAllocString(music);

    begin();
    make_call();
    studio = ask(call, &IID_IStudioCall);
    CHECK_EQ(studio->lpVtbl->put_Music(studio, music_name), S_OK);
    terminal = request(RECORDING, TD_RENDER);
    record = ask(terminal, &IID_ITMediaRecord);
    control = ask(terminal, &IID_ITMediaControl);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), S_OK);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(call, terminal), S_OK);
    COMES(seen.active);
    COMES(seen.inactive); /* the graph has said EC_COMPLETE */
    CHECK_EQ(ITMediaControl_Stop(control), S_OK);
    said_size = read_file(music, said_bytes, sizeof(said_bytes));
    heard_size = read_file(heard, heard_bytes, sizeof(heard_bytes));
    CHECK_EQ(heard_size, said_size);
    CHECK_BYTES(heard_bytes, said_bytes, said_size);
    drop(studio);
    drop(control);
    drop(record);
    drop(terminal);
    end();
    SysFreeString(name);
    SysFreeString(music_name);
    DeleteFileW(music);
    DeleteFileW(heard);
}

/* A multitrack terminal is none for a stream; a track is, of its own direction. */
TEST(a_stream_takes_tracks_of_its_direction)
{
    ITStreamControl *control;
    IEnumStream *streams = NULL;
    ITStream *out = NULL, *in = NULL;
    ITMultiTrackTerminal *tracks;
    IEnumTerminal *all = NULL;
    ITTerminal *terminal, *track = NULL;
    TERMINAL_STATE state = TS_INUSE;

    begin();
    make_call();
    control = ask(call, &IID_ITStreamControl);
    CHECK_EQ(ITStreamControl_EnumerateStreams(control, &streams), S_OK);
    CHECK_EQ(IEnumStream_Next(streams, 1, &out, NULL), S_OK);
    CHECK_EQ(IEnumStream_Next(streams, 1, &in, NULL), S_OK);
    terminal = request(PLAYBACK, TD_CAPTURE);
    CHECK_EQ(ITStream_SelectTerminal(out, terminal), TAPI_E_INVALIDTERMINAL);
    tracks = ask(terminal, &IID_ITMultiTrackTerminal);
    CHECK_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &all), S_OK);
    CHECK_EQ(IEnumTerminal_Next(all, 1, &track, NULL), S_OK);
    CHECK_EQ(ITStream_SelectTerminal(in, track), TAPI_E_INVALIDTERMINAL);
    /* Without a file it has no format: the graph cannot be built, and the track is free again. */
    CHECK(FAILED(ITStream_SelectTerminal(out, track)));
    CHECK_EQ(ITTerminal_get_State(track, &state), S_OK);
    CHECK_EQ(state, TS_NOTINUSE);
    drop(track);
    drop(all);
    drop(tracks);
    drop(terminal);
    drop(in);
    drop(out);
    drop(streams);
    drop(control);
    end();
}

/* The line is good for data too, the provider of its sound is not: it must be asked for sound. */
TEST(an_incoming_call_of_voice_has_streams)
{
    foreign_offer *offer;
    ITStreamControl *control = NULL;

    begin();
    offer = (foreign_offer *)(void *)GetProcAddress(provider, "ForeignOffer");
    offer();
    COMES(seen.offers);
    REQUIRE(seen.offered != NULL);
    REQUIRE_EQ(ITCallInfo_QueryInterface(seen.offered, &IID_ITBasicCallControl2, (void **)&call),
               S_OK);
    CHECK_EQ(ITBasicCallControl2_Answer(call), S_OK);
    CHECK_EQ(far_end->media, TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(far_end->msp_calls, 1);
    CHECK_EQ(ITBasicCallControl2_QueryInterface(call, &IID_ITStreamControl, (void **)&control),
             S_OK);
    drop(control);
    end();
}

/* The program leaves while its file plays. */
TEST(shutdown_while_a_file_plays)
{
    const WCHAR *path = write_wav(temporary(L"late.wav"));
    ITTerminal *terminal;
    ITMediaPlayback *playback;
    ITMediaControl *control;
    VARIANT list;

    begin();
    make_call();
    terminal = request(PLAYBACK, TD_CAPTURE);
    playback = ask(terminal, &IID_ITMediaPlayback);
    control = ask(terminal, &IID_ITMediaControl);
    V_VT(&list) = VT_BSTR;
    V_BSTR(&list) = SysAllocString(path);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(call, terminal), S_OK);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    drop(playback);
    drop(terminal);
    end();
    drop(control); /* the last of the terminal, after TAPI */
    DeleteFileW(path);
}

/* ---- by a script -------------------------------------------------------------------------------
 */

#define CLASS_KEY L"Software\\Classes\\CLSID\\{2B0D6F7A-1D0E-4A55-8A11-5E0C779D4102}"

static const GUID libid_studio = {
    0x0d3ab1c4, 0x2f17, 0x4be0, {0x9b, 0x51, 0x77, 0x10, 0x3e, 0xc2, 0x68, 0x03}};

static void register_class(void)
{
    WCHAR path[MAX_PATH];
    DWORD length;
    HKEY key;

    length = GetModuleFileNameW(LoadLibraryW(L"studio.tsp"), path, ARRAYSIZE(path));
    REQUIRE_EQ(RegCreateKeyW(HKEY_LOCAL_MACHINE, CLASS_KEY L"\\InprocServer32", &key), 0);
    CHECK_EQ(RegSetValueExW(key, NULL, 0, REG_SZ, (BYTE *)path, (length + 1) * sizeof(WCHAR)), 0);
    CHECK_EQ(RegSetValueExW(key, L"ThreadingModel", 0, REG_SZ, (BYTE *)L"Both", 10), 0);
    RegCloseKey(key);
}

TEST(a_script_plays_a_file_to_the_provider)
{
    const WCHAR *path = write_wav(temporary(L"script.wav"));
    STARTUPINFOA start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    char command[2 * MAX_PATH];
    DWORD status = 99;
    ITypeLib *library = NULL;

    register_class();
    CHECK_EQ(LoadTypeLibEx(L"studio.tsp", REGKIND_REGISTER, &library), S_OK);
    ITypeLib_Release(library);
    snprintf(command, sizeof(command), "otscript.exe \"%s\" \"%ls\"", getenv("STUDIO_SCRIPT"),
             path);
    if (CHECK(CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))) {
        CHECK(wait_handle(process.hProcess, 60000));
        GetExitCodeProcess(process.hProcess, &status);
        CHECK_EQ(status, 0);
        CloseHandle(process.hProcess);
        CloseHandle(process.hThread);
    }
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, CLASS_KEY L"\\InprocServer32");
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, CLASS_KEY);
    UnRegisterTypeLib(&libid_studio, 1, 0, LOCALE_NEUTRAL,
                      sizeof(void *) == 8 ? SYS_WIN64 : SYS_WIN32);
    DeleteFileW(path);
}
