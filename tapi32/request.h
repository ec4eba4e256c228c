/*
 * request.h - a line or phone function as data. Each parameter of a prototype has a code that says
 * what becomes of it; request_run does the rest: checks pointers, converts text and structures,
 * makes the engine request and delivers what comes back.
 */
#ifndef TAPI32_REQUEST_H
#define TAPI32_REQUEST_H

#include "tapi32/internal.h"

enum param_code {
    ARG,        /* scalar or handle: the next arg[] */
    VERSION,    /* the same: a TAPI version, of which structures are delivered */
    CONFERENCE, /* the same: an HCALL whose error is LINEERR_INVALCONFCALLHANDLE */
    STRING,     /* the next in[]: a string; NULL is LINEERR_INVALPOINTER */
    STRING_OPTIONAL,
    STRING_SIZED, /* its length in characters is the next parameter */
    BYTES,        /* the next in[]: bytes, as many as the next parameter says; NULL for none */
    BYTES_BACK,   /* the same, and LINE_REPLY brings them back changed */
    BYTES_NEEDED, /* as BYTES, but NULL only where there are none */
    BYTES_OUT,    /* the same; data: they as they are then */
    COUNT_CODE,   /* ARG, and the number of elements of the next parameter, ELEMENTS_BEFORE */
    ELEMENTS_BEFORE,
    ELEMENTS_CODE,   /* the next in[]: an array; its count is the next parameter */
    DIAL_PARAMS,     /* the next in[]: LINEDIALPARAMS or NULL */
    OPEN_PARAMS,     /* the next in[]: LINECALLPARAMS or NULL, in the version given to lineOpen */
    LINE_PARAMS,     /* the same, in the version of the line that arg[0] is */
    CALL_PARAMS,     /* the same, of the call that arg[0] is (0: of the line that arg[1] is) */
    FORWARD_LIST,    /* the next in[]: LINEFORWARDLIST or NULL, of the line */
    BUTTON_INFO,     /* the next in[]: PHONEBUTTONINFO, of the phone that arg[0] is */
    OUT_DWORD,       /* the next out[] */
    OUT_HANDLE,      /* the same: HLINE, HPHONE */
    OUT_POINTER,     /* the same: HICON */
    OUT_STRUCT_CODE, /* data: a variable-size structure */
    OUT_CONTENT,     /* data: VARSTRING of bytes, A and W alike; dwStringFormat is the next out[] */
    CALL_LATER,      /* the next out[], at return and again at LINE_REPLY: HCALL */
    CALL_LATER_OPTIONAL, /* needed only with LINETRANSFERMODE_CONFERENCE, the next parameter */
    DWORD_LATER,         /* out[0] of LINE_REPLY */
    PARKED_LATER,        /* data of LINE_REPLY: VARSTRING; NULL unless arg[1] is NONDIRECTED */
    GROUP_LIST,          /* the next in[]: LINEAGENTGROUPLIST or NULL */
    BLOCK_CODE,          /* the next in[]: a structure of fixed size */
    STRUCT_LATER_CODE,   /* data of LINE_REPLY; an ARG too: the room, in bytes of the W form */
    DIGITS_LATER,        /* data of LINE_GATHERDIGITS; the room is the next parameter; or NULL */
};

#define OUT_STRUCT(name)   (OUT_STRUCT_CODE | STRUCT_##name << 8)
#define ELEMENTS(type)     (ELEMENTS_CODE | (int)sizeof(type) << 8)
#define STRUCT_LATER(name) (STRUCT_LATER_CODE | STRUCT_##name << 8)
#define BLOCK(type)        (BLOCK_CODE | (int)sizeof(type) << 8)
#define COUNT(type)        (COUNT_CODE | (int)sizeof(type) << 8)
#define CODE_OF(param)     ((enum param_code)((param)&0xFF))
#define CODE_EXTRA(param)  ((unsigned)(param) >> 8)

struct function {
    const char *name;
    enum engine_op op;
    bool phone; /* its errors are PHONEERR_ */
    bool wide;
    uint8_t count;
    const uint16_t *param;
};

/* Carries out a call of the function with these values; its result is the function's. */
LONG request_run(const struct function *function, const ULONG_PTR *values);

/* An input or output structure's result as TAPI's error. */
LONG request_error(enum struct_result result);

#endif
