/* version.c - see version.h: all of it is tables. */
#include "engine/version.h"

/* linedevstate--constants.md */
#define STATES_OF_1_4                                                                              \
    (VERSION_STATES_START_AGAIN | LINEDEVSTATE_CONFIGCHANGE | LINEDEVSTATE_COMPLCANCEL |           \
     LINEDEVSTATE_REMOVED)

/* They name members that LINECALLINFO has since then. */
#define CALL_INFO_OF_2_0                                                                           \
    (LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_QOS | LINECALLINFOSTATE_CALLDATA)

/* lineconnectedmode--constants.md */
#define CONNECTED_OF_2_0                                                                           \
    (LINECONNECTEDMODE_ACTIVEHELD | LINECONNECTEDMODE_INACTIVEHELD | LINECONNECTEDMODE_CONFIRMED)

DWORD version_line_states(DWORD version, DWORD states)
{
    return version < 0x00010004 ? states & ~(DWORD)STATES_OF_1_4 : states;
}

DWORD version_call_info(DWORD version, DWORD what)
{
    return version < 0x00020000 ? what & ~(DWORD)CALL_INFO_OF_2_0 : what;
}

DWORD version_state_mode(DWORD version, DWORD state, DWORD mode)
{
    DWORD known = mode & ~(DWORD)CONNECTED_OF_2_0;

    if (version >= 0x00020000 || state != LINECALLSTATE_CONNECTED || known == mode)
        return mode;
    /* A mode of 0 would be taken for "active". */
    if (mode & LINECONNECTEDMODE_INACTIVEHELD)
        known |= LINECONNECTEDMODE_INACTIVE;
    return known ? known : LINECONNECTEDMODE_ACTIVE;
}

LONG version_error(DWORD version, LONG error)
{
    static const struct {
        LONG error;
        DWORD since;
    } errors[] = {
        /* lineerr--constants.md */
        {LINEERR_DIALVOICEDETECT, 0x00020000},        {LINEERR_INVALPASSWORD, 0x00020000},
        {LINEERR_DISCONNECTED, 0x00020002},           {LINEERR_USERCANCELLED, 0x00020002},
        {LINEERR_INVALAGENTSESSIONSTATE, 0x00020002}, {LINEERR_INVALADDRESSTYPE, 0x00030000},
    };

    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (error == errors[i].error && version < errors[i].since)
            return ERR(OPERATIONFAILED);
    }
    return error;
}

void version_hide(DWORD version, enum struct_kind kind, void *data)
{
    static const struct {
        enum struct_kind kind;
        size_t member;
        DWORD since, flags;
    } hidden[] = {
        {STRUCT_LINEDEVCAPS, offsetof(LINEDEVCAPS, dwDevCapFlags), 0x00030000,
         LINEDEVCAPFLAGS_MSP | LINEDEVCAPFLAGS_CALLHUB | LINEDEVCAPFLAGS_CALLHUBTRACKING |
             LINEDEVCAPFLAGS_PRIVATEOBJECTS},
        {STRUCT_LINEDEVCAPS, offsetof(LINEDEVCAPS, dwLineFeatures), 0x00020000,
         LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND},
        {STRUCT_LINEDEVSTATUS, offsetof(LINEDEVSTATUS, dwLineFeatures), 0x00020000,
         LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND},
        {STRUCT_LINEADDRESSCAPS, offsetof(LINEADDRESSCAPS, dwAddrCapFlags), 0x00030000,
         LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION},
    };

    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (kind == hidden[i].kind && version < hidden[i].since)
            *(DWORD *)((char *)data + hidden[i].member) &= ~hidden[i].flags;
    }
}
