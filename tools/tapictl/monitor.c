/* monitor.c - every message of lines and phones, as they come. */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <string.h>

/* Opens what is to be watched. False: it has said why. */
static bool open_all(struct session *session, const struct options *options)
{
    const char *which = options->words[0];
    bool phones = which && !strcmp(which, "phone");
    DWORD device;

    if (phones)
        session_output(session, options->json);
    else if (!session_start(session, options->json))
        return false;
    if ((phones || !which) && !session_start_phones(session))
        return false;
    if (phones && options->words[1])
        return session_find_phone(session, options->words[1], &device) &&
               session_open_phone(session, device, PHONEPRIVILEGE_MONITOR);
    if (which && !phones)
        return session_find(session, which, &device) &&
               session_open(session, device, LINECALLPRIVILEGE_MONITOR);
    if (!session->devices && !session->phones) {
        fprintf(stderr, "tapictl: there is no line or phone to watch; tapictl doctor knows more\n");
        return false;
    }
    for (device = 0; device < session->devices; device++)
        session_open(session, device, LINECALLPRIVILEGE_MONITOR);
    for (device = 0; device < session->phones; device++)
        session_open_phone(session, device, PHONEPRIVILEGE_MONITOR);
    return !session->failed;
}

int command_monitor(const struct options *options)
{
    struct session session = {.app = 0};
    ULONGLONG until = ~0ull;
    LINEMESSAGE message;

    if (!open_all(&session, options))
        session.failed = true;
    session.ladder = options->ladder;
    if (options->seconds)
        until = GetTickCount64() + options->seconds * 1000ull;
    while (!session.failed && (!options->count || session.shown < options->count)) {
        ULONGLONG now = GetTickCount64();

        if (now >= until ||
            !session_next(&session, &message, until == ~0ull ? INFINITE : (DWORD)(until - now)))
            break;
        session_show(&session, &message);
        if (message.dwMessageID == LINE_CALLSTATE && message.dwParam1 == LINECALLSTATE_IDLE)
            lineDeallocateCall((HCALL)message.hDevice);
    }
    if (!session.failed && options->count && session.shown < options->count)
        session.failed = true; /* fewer came than were asked for */
    session_end(&session);
    return session.failed;
}
