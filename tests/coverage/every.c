/* every.c - the provider of every.h. Each entry leads to called(), which fills what must be filled.
 */
#include "tests/coverage/every.h"

#include <stddef.h>

static struct every every = {
    .name =
        {
#define ENTRY(name, async, parameters, arguments) [EVERY_##name] = #name,
#include "every_entries.h"
#undef ENTRY
        },
};

struct every *WINAPI EveryControl(void)
{
    return &every;
}

static void put(void *structure, size_t offset, size_t room, DWORD value)
{
    if (offset + sizeof value <= room)
        *(DWORD *)((char *)structure + offset) = value;
}

enum { BITS, VALUE };

/* Sets the members that hold constants, all bits or the one value. */
#define FILL(structure_, at_)                                                                      \
    do {                                                                                           \
        structure_ *filled_ = (structure_ *)(at_);                                                 \
        filled_->dwNeededSize = filled_->dwUsedSize =                                              \
            filled_->dwTotalSize < sizeof *filled_ ? filled_->dwTotalSize : sizeof *filled_;       \
        fill(#structure_, filled_, filled_->dwUsedSize);                                           \
    } while (0)

static void fill(const char *structure, void *at, size_t room)
{
#define FIELD(structure_, member, kind, family)                                                    \
    if (lstrcmpA(structure, #structure_) == 0)                                                     \
        put(at, offsetof(structure_, member), room, kind == BITS ? every.bits : every.value);
#include "tests/coverage/vocabulary.h"
}

static void set(uintptr_t out, uintptr_t value)
{
    if (out != 0)
        *(uintptr_t *)out = value;
}

static void set_dword(uintptr_t out, DWORD value)
{
    if (out != 0)
        *(DWORD *)out = value;
}

static void set_text(uintptr_t varstring)
{
    VARSTRING *text = (VARSTRING *)varstring;
    static const WCHAR what[] = EVERY_CONTENT;
    if (text == NULL)
        return;
    text->dwNeededSize = sizeof *text + sizeof what;
    text->dwUsedSize = sizeof *text;
    text->dwStringFormat = every.format != 0 ? every.format : STRINGFORMAT_UNICODE;
    if (text->dwTotalSize < text->dwNeededSize)
        return;
    text->dwStringSize = sizeof what;
    text->dwStringOffset = sizeof *text;
    text->dwUsedSize = text->dwNeededSize;
    memcpy(text + 1, what, sizeof what);
}

/* A new call, which the entry's argument says TAPI's handle of. */
static void make_call(uintptr_t tapi_call, uintptr_t out)
{
    if (tapi_call == 0 || out == 0)
        return;
    every.call = (HTAPICALL)tapi_call;
    set(out, ++every.calls_made);
}

/* Of a line: one, whose constants are the value. */
static void add_terminal(LINEDEVCAPS *caps)
{
    const LINETERMCAPS terminal = {every.value, every.bits, every.value};
    caps->dwNeededSize = sizeof *caps + sizeof terminal;
    if (caps->dwTotalSize < caps->dwNeededSize)
        return;
    caps->dwNumTerminals = 1;
    caps->dwTerminalCapsSize = sizeof terminal;
    caps->dwTerminalCapsOffset = sizeof *caps;
    caps->dwUsedSize = caps->dwNeededSize;
    memcpy(caps + 1, &terminal, sizeof terminal);
}

static void fill_structures(enum every_entry entry, const uintptr_t *args)
{
    switch (entry) {
    case EVERY_TSPI_lineGetDevCaps:
        FILL(LINEDEVCAPS, args[3]);
        ((LINEDEVCAPS *)args[3])->dwNumAddresses = 1;
        ((LINEDEVCAPS *)args[3])->dwMaxNumActiveCalls = 5;
        ((LINEDEVCAPS *)args[3])->dwMaxRate = 64000;
        ((LINEDEVCAPS *)args[3])->dwStringFormat = STRINGFORMAT_UNICODE;
        add_terminal((LINEDEVCAPS *)args[3]);
        break;
    case EVERY_TSPI_lineGetAddressCaps:
        FILL(LINEADDRESSCAPS, args[4]);
        break;
    case EVERY_TSPI_lineGetAddressStatus:
        FILL(LINEADDRESSSTATUS, args[2]);
        break;
    case EVERY_TSPI_lineGetLineDevStatus:
        FILL(LINEDEVSTATUS, args[1]);
        break;
    case EVERY_TSPI_lineGetCallInfo:
        FILL(LINECALLINFO, args[1]);
        if (every.bits == 0)
            ((LINECALLINFO *)args[1])->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
        break;
    case EVERY_TSPI_lineGetCallStatus:
        FILL(LINECALLSTATUS, args[1]);
        break;
    case EVERY_TSPI_lineGetCallHubTracking:
        ((LINECALLHUBTRACKINGINFO *)args[1])->dwAvailableTracking = every.bits;
        break;
    case EVERY_TSPI_phoneGetDevCaps:
        FILL(PHONECAPS, args[3]);
        ((PHONECAPS *)args[3])->dwNumButtonLamps = 4;
        ((PHONECAPS *)args[3])->dwStringFormat = STRINGFORMAT_UNICODE;
        break;
    case EVERY_TSPI_phoneGetStatus:
        FILL(PHONESTATUS, args[1]);
        break;
    case EVERY_TSPI_phoneGetButtonInfo:
        FILL(PHONEBUTTONINFO, args[2]);
        break;
    default:
        break;
    }
}

static void fill_outputs(enum every_entry entry, const uintptr_t *args)
{
    switch (entry) {
    case EVERY_TSPI_lineNegotiateTSPIVersion:
    case EVERY_TSPI_phoneNegotiateTSPIVersion:
        set_dword(args[3], (DWORD)args[2]);
        break;
    case EVERY_TSPI_lineNegotiateExtVersion:
    case EVERY_TSPI_phoneNegotiateExtVersion:
        set_dword(args[4], (DWORD)args[3]);
        break;
    case EVERY_TSPI_providerEnumDevices:
        set_dword(args[1], EVERY_LINES);
        set_dword(args[2], EVERY_PHONES);
        every.provider = (HPROVIDER)args[3];
        every.line_event = (LINEEVENT)args[4];
        every.phone_event = (PHONEEVENT)args[5];
        break;
    case EVERY_TSPI_providerInit:
        every.line_base = (DWORD)args[2];
        every.phone_base = (DWORD)args[3];
        every.complete = (ASYNC_COMPLETION)args[6];
        set_dword(args[7], every.options);
        break;
    case EVERY_TSPI_lineGetExtensionID:
    case EVERY_TSPI_phoneGetExtensionID:
        memset((void *)args[2], 7, sizeof(LINEEXTENSIONID));
        break;
    case EVERY_TSPI_lineOpen:
        every.line[(args[0] - every.line_base) % EVERY_LINES] = (HTAPILINE)args[1];
        every.line_event = (LINEEVENT)args[4];
        set(args[2], args[0] + 1);
        break;
    case EVERY_TSPI_phoneOpen:
        every.phone = (HTAPIPHONE)args[1];
        every.phone_event = (PHONEEVENT)args[4];
        set(args[2], args[0] + 1);
        break;
    case EVERY_TSPI_lineMakeCall:
    case EVERY_TSPI_lineSetupTransfer:
    case EVERY_TSPI_linePrepareAddToConference:
        make_call(args[2], args[3]);
        break;
    case EVERY_TSPI_linePickup:
    case EVERY_TSPI_lineUnpark:
        make_call(args[3], args[4]);
        break;
    case EVERY_TSPI_lineForward:
        make_call(args[6], args[7]);
        break;
    case EVERY_TSPI_lineCompleteTransfer:
        make_call(args[3], args[4]);
        break;
    case EVERY_TSPI_lineSetupConference:
        make_call(args[3], args[4]);
        make_call(args[5], args[6]);
        break;
    case EVERY_TSPI_lineCompleteCall:
        set_dword(args[2], 99);
        break;
    case EVERY_TSPI_lineGetAddressID:
    case EVERY_TSPI_lineGetCallAddressID:
        set_dword(args[1], 0);
        break;
    case EVERY_TSPI_lineGetCallIDs:
        set_dword(args[1], 0);
        set_dword(args[2], 1);
        set_dword(args[3], 0);
        break;
    case EVERY_TSPI_lineGetNumAddressIDs:
        set_dword(args[1], 1);
        break;
    case EVERY_TSPI_lineGetID:
        set_text(args[4]);
        break;
    case EVERY_TSPI_linePark:
        set_text(args[4]);
        break;
    case EVERY_TSPI_lineGetDevConfig:
    case EVERY_TSPI_phoneGetID:
    case EVERY_TSPI_phoneGetDisplay:
        set_text(args[1]);
        break;
    case EVERY_TSPI_lineGetIcon:
    case EVERY_TSPI_phoneGetIcon:
        set(args[2], (uintptr_t)LoadIconW(NULL, (LPCWSTR)IDI_APPLICATION));
        break;
    case EVERY_TSPI_phoneGetHookSwitch:
        set_dword(args[1], every.bits);
        break;
    case EVERY_TSPI_phoneGetGain:
    case EVERY_TSPI_phoneGetVolume:
        set_dword(args[2], 0x8000);
        break;
    case EVERY_TSPI_phoneGetLamp:
        set_dword(args[2], every.value);
        break;
    case EVERY_TSPI_phoneGetRing:
        set_dword(args[1], 1);
        set_dword(args[2], 2);
        break;
    case EVERY_TSPI_lineCreateMSPInstance:
        set(args[3], 1);
        break;
    case EVERY_TSPI_lineMSPIdentify:
        memset((void *)args[1], 5, sizeof(GUID));
        break;
    default:
        fill_structures(entry, args);
    }
}

static LONG called(enum every_entry entry, BOOL async, const uintptr_t *args, unsigned count)
{
    LONG result = every.result[entry];
    every.calls[entry]++;
    memcpy(every.args[entry], args, count * sizeof *args);
    if (result == 0)
        fill_outputs(entry, args);
    if (!async || (result != 0 && !every.late))
        return result;
    every.complete((DRV_REQUESTID)args[0], result);
    return (LONG)args[0];
}

#define UNPACK(...) __VA_ARGS__
#define ENTRY(name, async, parameters, arguments)                                                  \
    LONG TSPIAPI name(UNPACK parameters)                                                           \
    {                                                                                              \
        const uintptr_t args[] = {UNPACK arguments};                                               \
        return called(EVERY_##name, async, args, sizeof args / sizeof args[0]);                    \
    }
#include "every_entries.h"
