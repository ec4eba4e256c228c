/* recipient.c - see recipient.h. */
#include "tests/dialing/recipient.h"

static void take(struct taken *taken)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = 0x00020002;
    LINEREQMAKECALLW more;
    LINEMESSAGE message;
    HLINEAPP app = 0;

    taken->registered =
        lineInitializeExW(&app, NULL, NULL, L"recipient", &devices, &version, &params);
    if (taken->registered)
        return;
    taken->registered = lineRegisterRequestRecipient(app, 1, LINEREQUESTMODE_MAKECALL, TRUE);
    taken->taken = lineGetMessage(app, &message, 60000);
    if (!taken->taken && message.dwMessageID == LINE_REQUEST)
        taken->taken = lineGetRequestW(app, LINEREQUESTMODE_MAKECALL, &taken->request);
    taken->again = lineGetRequestW(app, LINEREQUESTMODE_MAKECALL, &more);
    taken->inherits = GetEnvironmentVariableW(L"OPENTAPI_REQUEST", NULL, 0) != 0;
    lineShutdown(app);
}

int main(void)
{
    WCHAR name[64];
    HANDLE pad, done;
    void *shared;

    if (!GetEnvironmentVariableW(RECIPIENT_PAD, name, ARRAYSIZE(name) - 8))
        return 2;
    pad = OpenFileMappingW(FILE_MAP_WRITE, FALSE, name);
    shared = pad ? MapViewOfFile(pad, FILE_MAP_WRITE, 0, 0, sizeof(struct taken)) : NULL;
    done = OpenEventW(EVENT_MODIFY_STATE, FALSE, lstrcatW(name, L".done"));
    if (!shared || !done)
        return 3;
    take(shared);
    SetEvent(done);
    return 0;
}
