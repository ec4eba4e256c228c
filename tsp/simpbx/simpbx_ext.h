/*
 * simpbx_ext.h - what simpbx can do beyond TAPI, for programs that ask by its extension ID:
 * lineNegotiateAPIVersion names it, lineNegotiateExtVersion grants version 1, and after a lineOpen
 * with that version lineDevSpecific takes a struct simpbx_command. TAPI's headers are all it needs.
 */
#ifndef SIMPBX_EXT_H
#define SIMPBX_EXT_H

#define SIMPBX_EXT_ID0 0x6B2C9A41u
#define SIMPBX_EXT_ID1 0x4B575D0Eu
#define SIMPBX_EXT_ID2 0x3A0C7E9Bu
#define SIMPBX_EXT_ID3 0x00786270u

#define SIMPBX_EXT_VERSION 1u

enum simpbx_command_code {
    /* value[0]: the exchange's time in ms; value[1]: 1 under a stepped clock. */
    SIMPBX_COMMAND_CLOCK = 1,
    /* Of hCall: value[0]: 1 stopped, 2 paused; value[1] rate, value[2] volume, in steps from
     * normal; value[3]: how many media control actions have been carried out. */
    SIMPBX_COMMAND_MEDIA = 2,
    /* How many messages wait (lineCompleteCall with LINECALLCOMPLMODE_MESSAGE): value[0]. */
    SIMPBX_COMMAND_MESSAGES = 3,
    /* The exchange sends LINE_DEVSPECIFIC with value[0] to value[2] as its parameters, of hCall
     * where there is one, else of the line. */
    SIMPBX_COMMAND_NOTIFY = 4,
};

/* In and out: LINE_REPLY brings the values back. */
struct simpbx_command {
    DWORD code;
    DWORD value[4];
};

/* lineDevSpecificFeature: PHONEBUTTONFUNCTION_DONOTDISTURB and _MSGWAITON, _MSGWAITOFF, each with a
 * DWORD that says on (1) or off (0), or without one to change it over. LINE_DEVSPECIFICFEATURE
 * tells: dwParam1 the function, dwParam2 whether it is on now. */

#endif
