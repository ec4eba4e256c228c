/* version.c - see version.h: nearly all of it is tables. */
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

#define DISCONNECT_OF_2_0                                                                          \
    (LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER |                            \
     LINEDISCONNECTMODE_TEMPFAILURE | LINEDISCONNECTMODE_QOSUNAVAIL | LINEDISCONNECTMODE_BLOCKED | \
     LINEDISCONNECTMODE_DONOTDISTURB | LINEDISCONNECTMODE_CANCELLED)

#define LINE_FEATURES_OF_2_0                                                                       \
    (LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND)

#define ADDRESS_FEATURES_OF_2_0                                                                    \
    (LINEADDRFEATURE_PICKUPHELD | LINEADDRFEATURE_PICKUPGROUP | LINEADDRFEATURE_PICKUPDIRECT |     \
     LINEADDRFEATURE_PICKUPWAITING | LINEADDRFEATURE_FORWARDFWD | LINEADDRFEATURE_FORWARDDND)

#define CALL_FEATURES_OF_2_0                                                                       \
    (LINECALLFEATURE_SETTREATMENT | LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETCALLDATA)

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
    DWORD known = mode;

    if (state == LINECALLSTATE_DISCONNECTED) {
        if (version < 0x00020000)
            known &= ~(DWORD)DISCONNECT_OF_2_0;
        if (version < 0x00010004)
            known &= ~(DWORD)LINEDISCONNECTMODE_NODIALTONE;
        return known || !mode ? known : LINEDISCONNECTMODE_UNKNOWN;
    }
    if (state != LINECALLSTATE_CONNECTED || version >= 0x00020000)
        return mode;
    known &= ~(DWORD)CONNECTED_OF_2_0;
    if (known == mode)
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

/* The members of LINECALLINFO are no sets of flags: what is unknown needs a word in its place. */
static void convert_call(DWORD version, LINECALLINFO *info)
{
    if (version < 0x00020000 &&
        info->dwReason & (LINECALLREASON_CAMPEDON | LINECALLREASON_ROUTEREQUEST))
        info->dwReason = LINECALLREASON_UNAVAIL;
    if (version < 0x00010004 && info->dwOrigin == LINECALLORIGIN_INBOUND)
        info->dwOrigin = LINECALLORIGIN_UNAVAIL;
    if (version < 0x00020000 && info->dwBearerMode == LINEBEARERMODE_RESTRICTEDDATA)
        info->dwBearerMode = LINEBEARERMODE_DATA;
    if (!info->dwMediaMode)
        return;
    if (version < 0x00020001)
        info->dwMediaMode &= ~(DWORD)LINEMEDIAMODE_VIDEO;
    if (version < 0x00010004)
        info->dwMediaMode &= ~(DWORD)LINEMEDIAMODE_VOICEVIEW;
    if (!info->dwMediaMode)
        info->dwMediaMode = LINEMEDIAMODE_UNKNOWN;
}

#define MEMBER(structure, member) STRUCT_##structure, offsetof(structure, member)

void version_convert(DWORD version, enum struct_kind kind, void *data)
{
    static const struct {
        enum struct_kind kind;
        size_t member;
        DWORD since, flags;
    } hidden[] = {
        {MEMBER(LINEDEVCAPS, dwDevCapFlags), 0x00030000,
         LINEDEVCAPFLAGS_MSP | LINEDEVCAPFLAGS_CALLHUB | LINEDEVCAPFLAGS_CALLHUBTRACKING |
             LINEDEVCAPFLAGS_PRIVATEOBJECTS},
        {MEMBER(LINEDEVCAPS, dwLineFeatures), 0x00020000, LINE_FEATURES_OF_2_0},
        {MEMBER(LINEDEVCAPS, dwBearerModes), 0x00020000, LINEBEARERMODE_RESTRICTEDDATA},
        {MEMBER(LINEDEVCAPS, dwMediaModes), 0x00020001, LINEMEDIAMODE_VIDEO},
        {MEMBER(LINEDEVCAPS, dwMediaModes), 0x00010004, LINEMEDIAMODE_VOICEVIEW},
        {MEMBER(LINEDEVSTATUS, dwLineFeatures), 0x00020000, LINE_FEATURES_OF_2_0},
        {MEMBER(LINEADDRESSCAPS, dwAddrCapFlags), 0x00030000,
         LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION},
        {MEMBER(LINEADDRESSCAPS, dwAddrCapFlags), 0x00020002, LINEADDRCAPFLAGS_ACDGROUP},
        {MEMBER(LINEADDRESSCAPS, dwAddrCapFlags), 0x00020000,
         LINEADDRCAPFLAGS_PREDICTIVEDIALER | LINEADDRCAPFLAGS_QUEUE | LINEADDRCAPFLAGS_ROUTEPOINT |
             LINEADDRCAPFLAGS_HOLDMAKESNEW | LINEADDRCAPFLAGS_NOINTERNALCALLS |
             LINEADDRCAPFLAGS_NOEXTERNALCALLS | LINEADDRCAPFLAGS_SETCALLINGID},
        {MEMBER(LINEADDRESSCAPS, dwAddressFeatures), 0x00020000, ADDRESS_FEATURES_OF_2_0},
        {MEMBER(LINEADDRESSCAPS, dwCallFeatures), 0x00020000, CALL_FEATURES_OF_2_0},
        {MEMBER(LINEADDRESSCAPS, dwCallInfoStates), 0x00020000, CALL_INFO_OF_2_0},
        {MEMBER(LINEADDRESSCAPS, dwDisconnectModes), 0x00020000, DISCONNECT_OF_2_0},
        {MEMBER(LINEADDRESSCAPS, dwDisconnectModes), 0x00010004, LINEDISCONNECTMODE_NODIALTONE},
        {MEMBER(LINEADDRESSSTATUS, dwAddressFeatures), 0x00020000, ADDRESS_FEATURES_OF_2_0},
        {MEMBER(LINECALLSTATUS, dwCallFeatures), 0x00020000, CALL_FEATURES_OF_2_0},
        {MEMBER(LINECALLINFO, dwCallParamFlags), 0x00020000,
         LINECALLPARAMFLAGS_NOHOLDCONFERENCE | LINECALLPARAMFLAGS_PREDICTIVEDIAL |
             LINECALLPARAMFLAGS_ONESTEPTRANSFER},
    };

    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (kind == hidden[i].kind && version < hidden[i].since)
            *(DWORD *)((char *)data + hidden[i].member) &= ~hidden[i].flags;
    }
    if (kind == STRUCT_LINECALLINFO)
        convert_call(version, data);
}
