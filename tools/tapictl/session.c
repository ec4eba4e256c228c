/* session.c - lines found and opened, messages read and shown. */
#include "tools/tapictl/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tapictl/describe.h"

#define LOWEST  0x00010003
#define HIGHEST 0x00030001
#define LARGEST (1u << 20) /* of a structure: a provider that wants more is wrong */

HANDLE session_stop;

static void put_out(void *context, const char *text, size_t length)
{
    (void)context;
    fwrite(text, 1, length, stdout);
}

static BOOL WINAPI on_console(DWORD type)
{
    (void)type;
    SetEvent(session_stop);
    return TRUE;
}

void session_error(struct session *session, const char *what, LONG error)
{
    char spare[WORD_SPARE];

    /* Phones have error codes of their own. */
    fprintf(stderr, "tapictl: %s: %s\n", what,
            word_or_number((DWORD)error >> 28 == 9 ? WORDS_PHONEERR : WORDS_LINEERR,
                           (uint32_t)error, spare));
    session->failed = true;
}

void session_output(struct session *session, bool json)
{
    memset(session, 0, sizeof(*session));
    writer_start(&session->writer, json ? WRITER_JSON : WRITER_TEXT, put_out, NULL);
    writer_start(&session->said, json ? WRITER_JSON : WRITER_LINE, put_out, NULL);
    session->started = GetTickCount64();
    if (!session_stop) {
        session_stop = CreateEventW(NULL, TRUE, FALSE, NULL);
        SetConsoleCtrlHandler(on_console, TRUE);
    }
}

bool session_start(struct session *session, bool json)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = HIGHEST;
    LONG error;

    session_output(session, json);
    error = lineInitializeExW(&session->app, NULL, NULL, L"tapictl", &session->devices, &version,
                              &params);
    if (error) {
        session_error(session, "TAPI cannot be initialized; tapictl doctor knows more", error);
        session->app = 0;
        return false;
    }
    session->event = params.Handles.hEvent;
    return true;
}

void session_end(struct session *session)
{
    if (session->app)
        lineShutdown(session->app);
    if (session->phone_app)
        phoneShutdown(session->phone_app);
    session->app = 0;
    session->phone_app = 0;
    fflush(stdout);
}

DWORD session_version(struct session *session, DWORD device)
{
    LINEEXTENSIONID extension;
    DWORD version = 0;

    if (lineNegotiateAPIVersion(session->app, device, LOWEST, HIGHEST, &version, &extension))
        return 0;
    return version;
}

void *session_fetch(LONG (*get)(const void *arguments, void *to), const void *arguments,
                    LONG *error)
{
    DWORD size = 1024;
    LINEDEVCAPS *structure = NULL; /* all begin with the same three members */

    for (;;) {
        LINEDEVCAPS *larger = realloc(structure, size);

        if (!larger) {
            *error = (LONG)LINEERR_NOMEM;
            break;
        }
        structure = larger;
        memset(structure, 0, size);
        structure->dwTotalSize = size;
        *error = get(arguments, structure);
        if (*error && *error != (LONG)LINEERR_STRUCTURETOOSMALL &&
            *error != (LONG)PHONEERR_STRUCTURETOOSMALL)
            break;
        if (!*error && structure->dwNeededSize <= size)
            return structure;
        size = structure->dwNeededSize > size ? structure->dwNeededSize : size * 2;
        if (size > LARGEST) {
            *error = (LONG)LINEERR_STRUCTURETOOSMALL;
            break;
        }
    }
    free(structure);
    return NULL;
}

/* What names a device to the functions of its structures. */
struct device {
    HLINEAPP app;
    DWORD device, address, version;
};

static LONG get_dev_caps(const void *arguments, void *to)
{
    const struct device *of = arguments;

    return lineGetDevCapsW(of->app, of->device, of->version, 0, to);
}

static LONG get_address_caps(const void *arguments, void *to)
{
    const struct device *of = arguments;

    return lineGetAddressCapsW(of->app, of->device, of->address, of->version, 0, to);
}

LINEDEVCAPS *session_dev_caps(struct session *session, DWORD device, DWORD version, LONG *error)
{
    struct device arguments = {session->app, device, 0, version};

    return session_fetch(get_dev_caps, &arguments, error);
}

LINEADDRESSCAPS *session_address_caps(struct session *session, DWORD device, DWORD address,
                                      DWORD version, LONG *error)
{
    struct device arguments = {session->app, device, address, version};

    return session_fetch(get_address_caps, &arguments, error);
}

const char *session_part(const void *structure, DWORD offset, DWORD size, char *to, size_t room)
{
    DWORD total = *(const DWORD *)structure; /* dwTotalSize of all of them */

    if (offset > total || size > total - offset)
        size = 0;
    writer_from_utf16((const char *)structure + (size ? offset : 0), size / sizeof(WCHAR), to,
                      room);
    return to;
}

/* Whether the device has this address, or this name. */
static bool is_line(struct session *session, DWORD device, const char *line, bool by_name)
{
    DWORD version = session_version(session, device);
    LONG error;
    LINEDEVCAPS *caps = version ? session_dev_caps(session, device, version, &error) : NULL;
    char text[256];
    bool found = caps && by_name && *line &&
                 !_stricmp(line, session_part(caps, caps->dwLineNameOffset, caps->dwLineNameSize,
                                              text, sizeof text));

    for (DWORD i = 0; caps && !by_name && !found && i < caps->dwNumAddresses; i++) {
        LINEADDRESSCAPS *address = session_address_caps(session, device, i, version, &error);

        found = address && *line &&
                !_stricmp(line, session_part(address, address->dwAddressOffset,
                                             address->dwAddressSize, text, sizeof text));
        free(address);
    }
    free(caps);
    return found;
}

bool session_has(struct session *session, const char *line, DWORD *device)
{
    const char *digits = strncmp(line, "id:", 3) ? line : line + 3;
    char *end;
    unsigned long number;

    for (int by_name = 0; by_name < 2 && digits == line; by_name++)
        for (*device = 0; *device < session->devices; ++*device)
            if (is_line(session, *device, line, by_name != 0))
                return true;
    number = strtoul(digits, &end, 10);
    if (*digits && !*end && number < session->devices) {
        *device = (DWORD)number;
        return true;
    }
    return false;
}

bool session_find(struct session *session, const char *line, DWORD *device)
{
    if (session_has(session, line, device))
        return true;
    fprintf(stderr, "tapictl: no line is called %s; tapictl list shows the %u there are\n", line,
            (unsigned)session->devices);
    session->failed = true;
    return false;
}

void session_remember(struct session *session, DWORD handle, const void *caps, DWORD offset,
                      DWORD size)
{
    struct opened *opened = &session->opened[session->opens];

    if (session->opens == SESSION_NAMES)
        return;
    opened->handle = handle;
    session_part(caps, offset, size, opened->name, sizeof opened->name);
    session->opens++;
}

const char *session_name(const struct session *session, DWORD handle)
{
    for (unsigned i = 0; i < session->opens; i++)
        if (session->opened[i].handle == handle && session->opened[i].name[0])
            return session->opened[i].name;
    return NULL;
}

HLINE session_open(struct session *session, DWORD device, DWORD privileges)
{
    const DWORD line_states = 0x01ffffff, address_states = 0x1ff; /* every bit there is */
    DWORD version = session_version(session, device), media = 0;
    LINEDEVCAPS *caps;
    HLINE line = 0;
    LONG error = (LONG)LINEERR_INCOMPATIBLEAPIVERSION;

    caps = version ? session_dev_caps(session, device, version, &error) : NULL;
    if (!caps)
        goto done;
    /* As an owner only of what the line has; UNKNOWN is what is still to be found out. */
    media = caps->dwMediaModes & ~(DWORD)LINEMEDIAMODE_UNKNOWN;
    error = lineOpenW(session->app, device, &line, version, 0, device, privileges, media, NULL);
    if (error) {
        line = 0;
        goto done;
    }
    session_remember(session, line, caps, caps->dwLineNameOffset, caps->dwLineNameSize);
    error = lineSetStatusMessages(line, line_states & (caps->dwLineStates | LINEDEVSTATE_REINIT),
                                  address_states);
    if (error)
        session_error(session, "lineSetStatusMessages", error);
    error = 0;
done:
    if (error)
        session_error(session, "the line cannot be opened", error);
    free(caps);
    return line;
}

bool session_next(struct session *session, LINEMESSAGE *message, DWORD deadline)
{
    HANDLE handles[3] = {session_stop};
    DWORD count = 1, signalled;
    PHONEMESSAGE phone;

    if (session->app)
        handles[count++] = session->event;
    if (session->phone_app)
        handles[count++] = session->phone_event;
    signalled = WaitForMultipleObjects(count, handles, FALSE, deadline) - WAIT_OBJECT_0;
    if (!signalled || signalled >= count)
        return false;
    if (handles[signalled] == session->event)
        return lineGetMessage(session->app, message, 0) == 0;
    if (phoneGetMessage(session->phone_app, &phone, 0))
        return false;
    message->hDevice = phone.hDevice;
    message->dwMessageID = phone.dwMessageID;
    message->dwCallbackInstance = phone.dwCallbackInstance;
    message->dwParam1 = phone.dwParam1;
    message->dwParam2 = phone.dwParam2;
    message->dwParam3 = phone.dwParam3;
    return true;
}

LONG session_reply(struct session *session, LONG request, unsigned seconds)
{
    ULONGLONG until = GetTickCount64() + seconds * 1000ull;
    LINEMESSAGE message;

    session->waiting = true;
    for (;;) {
        ULONGLONG now = GetTickCount64();

        if (now >= until || !session_next(session, &message, (DWORD)(until - now)))
            return (LONG)LINEERR_OPERATIONFAILED;
        session_show(session, &message);
        if ((message.dwMessageID == LINE_REPLY || message.dwMessageID == PHONE_REPLY) &&
            (LONG)message.dwParam1 == request)
            break;
    }
    session->waiting = false;
    return (LONG)message.dwParam2;
}

static LONG get_call_info(const void *arguments, void *to)
{
    return lineGetCallInfoW(*(const HCALL *)arguments, to);
}

static void show_party(struct writer *writer, const char *key, const LINECALLINFO *info,
                       DWORD offset, DWORD size)
{
    char text[256];

    if (*session_part(info, offset, size, text, sizeof text))
        writer_text(writer, key, text);
}

/* Who is who, where a call is new or has changed. */
static void show_call(struct session *session, HCALL call)
{
    struct writer *writer = &session->said;
    LONG error;
    LINECALLINFO *info = session_fetch(get_call_info, &call, &error);

    if (!info)
        return;
    writer_object(writer, "info", NULL);
    writer_number(writer, "callID", info->dwCallID);
    writer_word(writer, "origin", WORDS_LINECALLORIGIN, info->dwOrigin);
    writer_word(writer, "reason", WORDS_LINECALLREASON, info->dwReason);
    writer_bits(writer, "media", WORDS_LINEMEDIAMODE, info->dwMediaMode);
    show_party(writer, "caller", info, info->dwCallerIDOffset, info->dwCallerIDSize);
    show_party(writer, "callerName", info, info->dwCallerIDNameOffset, info->dwCallerIDNameSize);
    show_party(writer, "called", info, info->dwCalledIDOffset, info->dwCalledIDSize);
    show_party(writer, "connected", info, info->dwConnectedIDOffset, info->dwConnectedIDSize);
    writer_end(writer);
    free(info);
}

void session_show(struct session *session, const LINEMESSAGE *message)
{
    struct described_message described = {
        message->dwMessageID,
        message->hDevice,
        {message->dwParam1, message->dwParam2, message->dwParam3},
    };
    struct writer *writer = &session->said;
    const char *name;
    char spare[WORD_SPARE], title[64];
    unsigned ms = (unsigned)(GetTickCount64() - session->started);

    if (session->quiet)
        return;
    if (session->ladder) {
        session_show_ladder(session, message);
        return;
    }
    name = message_name(message->dwMessageID, spare);
    snprintf(title, sizeof title, "%5u.%03u  %s", ms / 1000, ms % 1000, name);
    writer_object(writer, NULL, title);
    if (writer->style == WRITER_JSON) {
        writer_number(writer, "ms", ms);
        writer_text(writer, "message", name);
    }
    message_describe(writer, &described);
    if (message->dwMessageID == LINE_APPNEWCALL)
        show_call(session, (HCALL)message->dwParam2);
    else if (message->dwMessageID == LINE_CALLINFO)
        show_call(session, (HCALL)message->hDevice);
    writer_end(writer);
    fflush(stdout);
    session->shown++;
}
