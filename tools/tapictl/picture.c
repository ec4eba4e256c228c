/*
 * picture.c - messages as the log that a call ladder is drawn from (tools/ladder): who did what to
 * whom, and when, a line each, with tabs between.
 *
 * A call's messages go from the caller to the called; a line's or a phone's are what it does by
 * itself. What says nothing new in a picture (replies, counts, who is who) is left out.
 */
#include "tools/tapictl/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tapictl/describe.h"

struct text {
    char bytes[512];
    size_t used;
};

static void put_text(void *context, const char *bytes, size_t length)
{
    struct text *text = context;

    if (length > sizeof text->bytes - 1 - text->used)
        length = sizeof text->bytes - 1 - text->used;
    memcpy(text->bytes + text->used, bytes, length);
    text->used += length;
    text->bytes[text->used] = 0;
}

static LONG get_call_info(const void *arguments, void *to)
{
    return lineGetCallInfoW(*(const HCALL *)arguments, to);
}

/* Both ends of a call, "" for one that nobody knows. False: the call has gone. */
static bool call_parties(HCALL call, char *from, char *to, size_t size)
{
    LONG error;
    LINECALLINFO *info = session_fetch(get_call_info, &call, &error);

    if (!info)
        return false;
    session_part(info, info->dwCallerIDOffset, info->dwCallerIDSize, from, size);
    session_part(info, info->dwCalledIDOffset, info->dwCalledIDSize, to, size);
    free(info);
    return true;
}

/* Fields end with a tab, lines with a line break. */
static void put_field(const char *text, char end)
{
    for (; *text; text++)
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    putchar(end);
}

/* What a message says, without the handle of its device: that is who, and not what. */
static const char *what_of(const struct described_message *described, struct text *text)
{
    struct writer writer;
    const char *behind;

    text->used = 0;
    writer_start(&writer, WRITER_LINE, put_text, text);
    writer_object(&writer, NULL, NULL);
    message_describe(&writer, described);
    behind = strstr(text->bytes, ", ");
    return behind ? behind + 2 : text->bytes;
}

void session_show_ladder(struct session *session, const LINEMESSAGE *message)
{
    struct described_message described = {
        message->dwMessageID,
        message->hDevice,
        {message->dwParam1, message->dwParam2, message->dwParam3},
    };
    char from[128] = "", to[128] = "", spare[WORD_SPARE], line[32];
    const char *name = message_name(message->dwMessageID, spare), *what, *party;
    struct text text = {.used = 0};

    switch (message->dwMessageID) {
    case LINE_REPLY:
    case PHONE_REPLY:
    case LINE_APPNEWCALL: /* LINE_CALLSTATE follows */
    case LINE_CALLINFO:
    case LINE_ADDRESSSTATE:
        return;
    case LINE_LINEDEVSTATE:
        if (message->dwParam1 == LINEDEVSTATE_NUMCALLS)
            return;
        break;
    case LINE_CALLSTATE:
    case LINE_MONITORDIGITS:
    case LINE_MONITORMEDIA:
    case LINE_MONITORTONE:
    case LINE_GATHERDIGITS:
    case LINE_GENERATE:
        name = "";
        if (!call_parties((HCALL)message->hDevice, from, to, sizeof from))
            return;
        break;
    }
    party = session_name(session, (DWORD)message->hDevice);
    if (!party) {
        snprintf(line, sizeof line, "0x%x", (unsigned)message->hDevice);
        party = line;
    }
    what = what_of(&described, &text);
    printf("%llu\t", (unsigned long long)(GetTickCount64() - session->started));
    if (!*name) {
        put_field(*from ? from : "unknown", '\t');
        put_field(to, '\t');
    } else {
        put_field(party, '\t');
        put_field("", '\t');
        printf("%s ", name);
    }
    put_field(what, '\n');
    fflush(stdout);
    session->shown++;
}
