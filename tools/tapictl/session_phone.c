/* session_phone.c - phones found and opened. */
#include "tools/tapictl/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOWEST  0x00010003
#define HIGHEST 0x00030001

bool session_start_phones(struct session *session)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = HIGHEST;
    LONG error = phoneInitializeExW(&session->phone_app, NULL, NULL, L"tapictl", &session->phones,
                                    &version, &params);

    if (error) {
        session_error(session, "phones cannot be initialized; tapictl doctor knows more", error);
        session->phone_app = 0;
        return false;
    }
    session->phone_event = params.Handles.hEvent;
    return true;
}

DWORD session_phone_version(struct session *session, DWORD device)
{
    PHONEEXTENSIONID extension;
    DWORD version = 0;

    if (phoneNegotiateAPIVersion(session->phone_app, device, LOWEST, HIGHEST, &version, &extension))
        return 0;
    return version;
}

/* What names a phone to phoneGetDevCaps. */
struct phone_device {
    HPHONEAPP app;
    DWORD device, version;
};

static LONG get_phone_caps(const void *arguments, void *to)
{
    const struct phone_device *of = arguments;

    return phoneGetDevCapsW(of->app, of->device, of->version, 0, to);
}

PHONECAPS *session_phone_caps(struct session *session, DWORD device, DWORD version, LONG *error)
{
    struct phone_device arguments = {session->phone_app, device, version};

    return session_fetch(get_phone_caps, &arguments, error);
}

static bool has_name(struct session *session, DWORD device, const char *name)
{
    DWORD version = session_phone_version(session, device);
    LONG error;
    PHONECAPS *caps = version ? session_phone_caps(session, device, version, &error) : NULL;
    char text[256];
    bool same = caps && *name &&
                !_stricmp(name, session_part(caps, caps->dwPhoneNameOffset, caps->dwPhoneNameSize,
                                             text, sizeof text));

    free(caps);
    return same;
}

bool session_find_phone(struct session *session, const char *phone, DWORD *device)
{
    const char *digits = strncmp(phone, "id:", 3) ? phone : phone + 3;
    char *end;
    unsigned long number;

    for (*device = 0; digits == phone && *device < session->phones; ++*device)
        if (has_name(session, *device, phone))
            return true;
    number = strtoul(digits, &end, 10);
    if (*digits && !*end && number < session->phones) {
        *device = (DWORD)number;
        return true;
    }
    fprintf(stderr, "tapictl: no phone is called %s; tapictl list phones shows the %u there are\n",
            phone, (unsigned)session->phones);
    session->failed = true;
    return false;
}

HPHONE session_open_phone(struct session *session, DWORD device, DWORD privilege)
{
    const DWORD phone_states = 0x00ffffff, button_modes = 0x3f; /* every bit there is */
    const DWORD button_states = PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN;
    DWORD version = session_phone_version(session, device);
    HPHONE phone = 0;
    PHONECAPS *caps;
    LONG error = version ? phoneOpen(session->phone_app, device, &phone, version, 0, 0, privilege)
                         : (LONG)PHONEERR_INCOMPATIBLEAPIVERSION;

    if (error) {
        session_error(session, "the phone cannot be opened", error);
        return 0;
    }
    caps = session_phone_caps(session, device, version, &error);
    if (caps)
        session_remember(session, phone, caps, caps->dwPhoneNameOffset, caps->dwPhoneNameSize);
    free(caps);
    error = phoneSetStatusMessages(phone, phone_states, button_modes, button_states);
    if (error && error != (LONG)PHONEERR_OPERATIONUNAVAIL) /* a provider may have nothing to tell */
        session_error(session, "phoneSetStatusMessages", error);
    return phone;
}
