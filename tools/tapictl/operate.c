/*
 * operate.c - dial, answer, transfer, park and the rest that is done to calls: each a row of steps.
 *
 * A step is a request and the state that the call must reach. Messages are shown as they come,
 * while a step waits. What a request has to do with a call that rings (or is there already) begins
 * with STEP_CALL.
 */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 6
#define ENDED (LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED)
/* What a call that is to be connected does not come back from. */
#define HOPELESS (ENDED | LINECALLSTATE_BUSY | LINECALLSTATE_SPECIALINFO)

enum step_kind {
    STEP_END,
    STEP_MAKE,     /* calls argument */
    STEP_CALL,     /* takes a call that there is, or waits for one */
    STEP_ANSWER,   /* one that rings */
    STEP_DROP,     /* */
    STEP_HOLD,     /* */
    STEP_BLIND,    /* to argument */
    STEP_CONSULT,  /* sets up a transfer: the consultation call is the call then */
    STEP_DIAL,     /* argument */
    STEP_COMPLETE, /* connects both; then the first call is the call again */
    STEP_UNHOLD,   /* */
    STEP_REDIRECT, /* one that rings, to argument */
    STEP_PARK,     /* at argument, or where the exchange says */
    STEP_UNPARK,   /* from argument */
    STEP_PICKUP,   /* the call that rings at argument, or in the group */
    STEP_FORWARD,  /* the line, to argument; "off" ends it */
    STEP_DIGITS,   /* argument, into the call */
    STEP_CONFER,   /* sets up a conference: the consultation call is the call then */
    STEP_ADD,      /* to the conference, which is the call then */
};

struct step {
    enum step_kind kind;
    int argument;     /* of options.words */
    const char *name; /* for messages about it */
    DWORD states;     /* until the call is in one of these; 0: until the reply */
};

#define RINGING (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED)
#define CALLING (RINGING | LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD)

static const struct operation {
    enum command command;
    bool stays; /* the call goes on after the last step: until it ends, or --for */
    struct step steps[STEPS];
} operations[] = {
    {COMMAND_DIAL, true, {{STEP_MAKE, 1, "lineMakeCall", LINECALLSTATE_CONNECTED}}},
    {COMMAND_ANSWER,
     true,
     {{STEP_CALL, 0, "a call", CALLING}, {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED}}},
    {COMMAND_DROP,
     false,
     {{STEP_CALL, 0, "a call", CALLING}, {STEP_DROP, 0, "lineDrop", LINECALLSTATE_IDLE}}},
    {COMMAND_HOLD,
     true,
     {{STEP_CALL, 0, "a call", CALLING},
      {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED},
      {STEP_HOLD, 0, "lineHold", LINECALLSTATE_ONHOLD}}},
    {COMMAND_BLIND,
     false,
     {{STEP_CALL, 0, "a call", CALLING},
      {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED},
      {STEP_BLIND, 1, "lineBlindTransfer", LINECALLSTATE_IDLE}}},
    {COMMAND_TRANSFER,
     false,
     {{STEP_MAKE, 1, "lineMakeCall", LINECALLSTATE_CONNECTED},
      {STEP_CONSULT, 0, "lineSetupTransfer", LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING},
      {STEP_DIAL, 2, "lineDial", LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK},
      {STEP_COMPLETE, 0, "lineCompleteTransfer", LINECALLSTATE_IDLE}}},
    {COMMAND_UNHOLD,
     true,
     {{STEP_CALL, 0, "a call", CALLING},
      {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD},
      {STEP_HOLD, 0, "lineHold", LINECALLSTATE_ONHOLD},
      {STEP_UNHOLD, 0, "lineUnhold", LINECALLSTATE_CONNECTED}}},
    {COMMAND_REDIRECT,
     false,
     {{STEP_CALL, 0, "a call", RINGING}, {STEP_REDIRECT, 1, "lineRedirect", LINECALLSTATE_IDLE}}},
    {COMMAND_PARK,
     false,
     {{STEP_CALL, 0, "a call", CALLING},
      {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED},
      {STEP_PARK, 1, "linePark", LINECALLSTATE_IDLE}}},
    {COMMAND_UNPARK, true, {{STEP_UNPARK, 1, "lineUnpark", LINECALLSTATE_CONNECTED}}},
    {COMMAND_PICKUP,
     true,
     {{STEP_PICKUP, 1, "linePickup", RINGING | LINECALLSTATE_CONNECTED},
      {STEP_ANSWER, 0, "lineAnswer", LINECALLSTATE_CONNECTED}}},
    {COMMAND_FORWARD, false, {{STEP_FORWARD, 1, "lineForward", 0}}},
    {COMMAND_DIGITS,
     true,
     {{STEP_MAKE, 1, "lineMakeCall", LINECALLSTATE_CONNECTED},
      {STEP_DIGITS, 2, "lineGenerateDigits", LINECALLSTATE_CONNECTED}}},
    {COMMAND_CONFERENCE,
     true,
     {{STEP_MAKE, 1, "lineMakeCall", LINECALLSTATE_CONNECTED},
      {STEP_CONFER, 0, "lineSetupConference", LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING},
      {STEP_DIAL, 2, "lineDial", LINECALLSTATE_CONNECTED},
      {STEP_ADD, 0, "lineAddToConference", LINECALLSTATE_CONNECTED}}},
};

/* The latest state of each call. */
#define CALLS 16
struct operating {
    struct session session;
    const struct options *options;
    HLINE line;
    HCALL call, first, conference, made;
    union {
        VARSTRING head;
        BYTE bytes[512];
    } place;         /* where a call was parked */
    bool generating; /* digits, until LINE_GENERATE */
    struct {
        HCALL call;
        DWORD state;
    } states[CALLS];
    unsigned known;
    LONG request; /* that the reply is awaited of; 0: none */
    LONG result;
};

static DWORD *state_of(struct operating *op, HCALL call)
{
    for (unsigned i = 0; i < op->known; i++)
        if (op->states[i].call == call)
            return &op->states[i].state;
    if (op->known == CALLS)
        op->known--; /* a line with so many calls: forget the last */
    op->states[op->known].call = call;
    op->states[op->known].state = 0;
    return &op->states[op->known++].state;
}

static void take_in(struct operating *op, const LINEMESSAGE *message)
{
    session_show(&op->session, message);
    switch (message->dwMessageID) {
    case LINE_APPNEWCALL:
        state_of(op, (HCALL)message->dwParam2);
        break;
    case LINE_CALLSTATE:
        *state_of(op, (HCALL)message->hDevice) = (DWORD)message->dwParam1;
        break;
    case LINE_REPLY:
        if (op->request && (LONG)message->dwParam1 == op->request) {
            op->result = (LONG)message->dwParam2;
            op->request = 0;
        }
        break;
    case LINE_GENERATE:
        op->generating = false;
        break;
    }
}

/* Shows the next message until the time. False: no more came. */
static bool pump(struct operating *op, ULONGLONG until)
{
    ULONGLONG now = GetTickCount64();
    LINEMESSAGE message;

    if (now >= until || !session_next(&op->session, &message, (DWORD)(until - now)))
        return false;
    take_in(op, &message);
    return true;
}

static WCHAR *wide_number(const char *utf8, WCHAR to[128])
{
    if (!utf8 || !MultiByteToWideChar(CP_UTF8, 0, utf8, -1, to, 128))
        to[0] = 0;
    return to;
}

/* A call that was there before: its first owner has to give it to us. */
static HCALL existing_call(struct operating *op)
{
    union {
        LINECALLLIST list;
        BYTE bytes[1024];
    } calls = {.list = {.dwTotalSize = sizeof calls}};
    HCALL call;

    if (lineGetNewCalls(op->line, 0, LINECALLSELECT_LINE, &calls.list) ||
        !calls.list.dwCallsNumEntries || calls.list.dwCallsOffset > sizeof calls - sizeof call)
        return 0;
    memcpy(&call, calls.bytes + calls.list.dwCallsOffset, sizeof call);
    lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER);
    return call;
}

static void look_at(struct operating *op, HCALL call)
{
    union {
        LINECALLSTATUS status;
        BYTE bytes[2048];
    } status = {.status = {.dwTotalSize = sizeof status}};

    if (!lineGetCallStatus(call, &status.status))
        *state_of(op, call) = status.status.dwCallState;
}

static bool wait_for_call(struct operating *op, DWORD states, ULONGLONG until)
{
    op->call = existing_call(op);
    if (op->call)
        look_at(op, op->call);
    while (!op->call) {
        for (unsigned i = 0; i < op->known; i++)
            if (op->states[i].state & states)
                op->call = op->states[i].call;
        if (!op->call && !pump(op, until))
            return false;
    }
    return true;
}

/* Forwards calls to a number; none ends that. */
static LONG forward(struct operating *op, const WCHAR *number)
{
    const char *mode = op->options->words[2];
    struct {
        LINEFORWARDLIST list;
        WCHAR number[128];
    } to = {.list = {.dwTotalSize = sizeof to, .dwNumEntries = 1}};
    LINEFORWARD *entry = &to.list.ForwardList[0];
    uint32_t value = LINEFORWARDMODE_UNCOND;
    HCALL consult = 0;

    if (mode && !word_value(WORDS_LINEFORWARDMODE, mode, &value))
        return (LONG)LINEERR_INVALPARAM;
    entry->dwForwardMode = value;
    entry->dwDestAddressOffset = (DWORD)((BYTE *)to.number - (BYTE *)&to);
    entry->dwDestAddressSize = ((DWORD)wcslen(number) + 1) * sizeof(WCHAR);
    wcscpy(to.number, number);
    return lineForwardW(op->line, TRUE, 0, *number ? &to.list : NULL, 3, &consult, NULL);
}

/* A call at a line of ours rings there first; whoever watches it sees both ends. */
static LONG pickup(struct operating *op, const char *number, const WCHAR *wide, ULONGLONG until)
{
    DWORD device;

    if (number && session_has(&op->session, number, &device) &&
        session_open(&op->session, device, LINECALLPRIVILEGE_MONITOR)) {
        if (!wait_for_call(op, RINGING, until))
            return (LONG)LINEERR_OPERATIONFAILED;
        op->call = 0;
    }
    return linePickupW(op->line, 0, &op->made, number ? wide : NULL, NULL);
}

static LONG park(struct operating *op, const char *number, const WCHAR *wide)
{
    op->place.head.dwTotalSize = sizeof op->place;
    return lineParkW(op->call, number ? LINEPARKMODE_DIRECTED : LINEPARKMODE_NONDIRECTED,
                     number ? wide : NULL, number ? NULL : &op->place.head);
}

static LONG generate(struct operating *op, const WCHAR *digits)
{
    LONG error = lineGenerateDigitsW(op->call, LINEDIGITMODE_DTMF, digits, 0);

    op->generating = !error;
    return error;
}

/* Starts the step's request: its ID, 0 for none needed, or an error. */
static LONG start_request(struct operating *op, const struct step *step, ULONGLONG until)
{
    const char *argument = op->options->words[step->argument];
    WCHAR number[128];
    DWORD state = op->call ? *state_of(op, op->call) : 0;

    wide_number(argument, number);
    switch (step->kind) {
    case STEP_MAKE:
        return lineMakeCallW(op->line, &op->made, number, 0, NULL);
    case STEP_ANSWER:
        return state & RINGING ? lineAnswer(op->call, NULL, 0) : 0;
    case STEP_DROP:
        return lineDrop(op->call, NULL, 0);
    case STEP_HOLD:
        return state & LINECALLSTATE_ONHOLD ? 0 : lineHold(op->call);
    case STEP_UNHOLD:
        return lineUnhold(op->call);
    case STEP_BLIND:
        return lineBlindTransferW(op->call, number, 0);
    case STEP_REDIRECT:
        return lineRedirectW(op->call, number, 0);
    case STEP_PARK:
        return park(op, argument, number);
    case STEP_UNPARK:
        return lineUnparkW(op->line, 0, &op->made, number);
    case STEP_PICKUP:
        return pickup(op, argument, number, until);
    case STEP_FORWARD:
        return forward(op, strcmp(argument, "off") ? number : L"");
    case STEP_DIGITS:
        return generate(op, number);
    case STEP_CONSULT:
        op->first = op->call;
        return lineSetupTransferW(op->call, &op->made, NULL);
    case STEP_CONFER:
        op->first = op->call;
        return lineSetupConferenceW(op->call, op->line, &op->conference, &op->made, 3, NULL);
    case STEP_DIAL:
        return lineDialW(op->call, number, 0);
    case STEP_ADD:
        return lineAddToConference(op->conference, op->call);
    case STEP_COMPLETE:
        return lineCompleteTransfer(op->first, op->call, NULL, LINETRANSFERMODE_TRANSFER);
    default:
        return 0;
    }
}

/* What a step that has succeeded leaves behind. */
static void take_over(struct operating *op, const struct step *step)
{
    char place[64];

    if (op->made)
        op->call = op->made;
    if (step->kind == STEP_COMPLETE)
        op->call = op->first;
    if (step->kind == STEP_ADD)
        op->call = op->conference;
    if (step->kind == STEP_PARK && op->place.head.dwStringSize) {
        writer_object(&op->session.said, NULL, "parked");
        writer_text(&op->session.said, "place",
                    session_part(&op->place, op->place.head.dwStringOffset,
                                 op->place.head.dwStringSize, place, sizeof place));
        writer_end(&op->session.said);
    }
}

static bool run_step(struct operating *op, const struct step *step)
{
    ULONGLONG until = GetTickCount64() + op->options->timeout * 1000ull;

    if (step->kind == STEP_CALL) {
        if (wait_for_call(op, step->states, until))
            return true;
        fprintf(stderr, "tapictl: no call came\n");
        return false;
    }
    op->made = 0;
    op->result = 0;
    op->request = start_request(op, step, until);
    if (op->request < 0) {
        session_error(&op->session, step->name, op->request);
        return false;
    }
    while (op->request || op->generating)
        if (!pump(op, until))
            goto late;
    if (op->result) {
        session_error(&op->session, step->name, op->result);
        return false;
    }
    take_over(op, step);
    while (step->states) {
        DWORD state = *state_of(op, op->call);

        if (state & step->states)
            return true;
        if (state & HOPELESS && !(step->states & LINECALLSTATE_IDLE)) {
            fprintf(stderr, "tapictl: %s: the call is %s\n", step->name,
                    word_of(WORDS_LINECALLSTATE, state));
            return false;
        }
        if (!pump(op, until))
            goto late;
    }
    return true;
late:
    fprintf(stderr, "tapictl: %s: nothing more came within %u s\n", step->name,
            op->options->timeout);
    return false;
}

/* The call goes on: until it ends, or --for is over, or Ctrl-C. What the other end dials is shown
 * where the line can tell it. */
static void stay(struct operating *op)
{
    unsigned seconds = op->options->seconds;
    ULONGLONG until = GetTickCount64() + (seconds ? seconds * 1000ull : 0x7fffffffull);

    lineMonitorDigits(op->call, LINEDIGITMODE_DTMF);
    while (!(*state_of(op, op->call) & ENDED) && pump(op, until))
        ;
}

/* A call that we made or took must not be left to ring. */
static void finish(struct operating *op)
{
    ULONGLONG until = GetTickCount64() + op->options->timeout * 1000ull;

    for (unsigned i = 0; i < op->known; i++) {
        HCALL call = op->states[i].call;

        if (op->states[i].state & LINECALLSTATE_IDLE ||
            (call != op->call && call != op->first && call != op->conference))
            continue;
        op->request = lineDrop(call, NULL, 0);
        if (op->request < 0)
            continue; /* it has ended meanwhile */
        while ((op->request || !(*state_of(op, call) & LINECALLSTATE_IDLE)) && pump(op, until))
            ;
    }
}

int command_operate(const struct options *options)
{
    struct operating op = {.options = options};
    const struct operation *operation = operations;
    DWORD device;
    bool good = false;

    while (operation->command != options->command)
        operation++;
    if (!session_start(&op.session, options->json))
        return 1;
    if (session_find(&op.session, options->words[0], &device))
        op.line = session_open(&op.session, device, LINECALLPRIVILEGE_OWNER);
    if (op.line) {
        good = true;
        for (int i = 0; good && i < STEPS && operation->steps[i].kind != STEP_END; i++)
            good = run_step(&op, &operation->steps[i]);
        if (good && operation->stays)
            stay(&op);
        finish(&op);
        lineClose(op.line);
    }
    session_end(&op.session);
    return !good || op.session.failed;
}
