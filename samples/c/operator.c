/* operator.c - an operator's console: answers, holds, parks, transfers, makes conferences.
 *     operator LINE [COMMAND...]
 * LINE is the name or the number of a line. COMMANDs are arguments, or lines of the standard input:
 *     wait            until a call comes
 *     answer          takes the call that rings; the one that was talked to waits on hold
 *     call NUMBER     makes a call, and waits for the answer
 *     hold, resume    the call that is talked to, the one on hold
 *     swap            changes between the two
 *     park [PLACE]    leaves the call at a place of the exchange
 *     pickup PLACE    takes it from there
 *     ask NUMBER      calls somebody while the present call waits, then
 *     connect         lets the two talk to each other, or
 *     back            goes back to the first
 *     join NUMBER     calls somebody into a conference with the present call
 *     send NUMBER     sends the call on without asking
 *     hangup          ends the calls that are talked to
 *     pause MS        lets things happen
 * Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such line. */
#include "client.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CALLS  64
#define PATIENCE_MS 10000
#define SAID        ((HRESULT)0x80004005) /* the sentence is in the error object */

static ITAddress *line;
static struct {
    ITBasicCallControl *call;
    char party[64]; /* the other end's number */
} calls[MOST_CALLS];
static unsigned call_count;
static ITBasicCallControl *waiting, *consultation; /* who waits while somebody is asked; who is */

/* ---- calls ----------------------------------------------------------------------------------- */

static ITBasicCallControl *keep(ITBasicCallControl *call, const char *party)
{
    if (call_count == MOST_CALLS) {
        fprintf(stderr, "too many calls\n");
        ExitProcess(1);
    }
    snprintf(calls[call_count].party, sizeof(calls->party), "%s", party);
    calls[call_count++].call = call;
    return call;
}

static ITBasicCallControl *new_call(const char *party)
{
    return keep(client_create_call(line, party), party);
}

static CALL_STATE state_of(ITBasicCallControl *call)
{
    ITCallInfo *info = client_query(call, &id_ITCallInfo);
    CALL_STATE state = CS_IDLE;

    ITCallInfo_get_CallState(info, &state);
    ITCallInfo_Release(info);
    return state;
}

static ITBasicCallControl *find(CALL_STATE state)
{
    for (unsigned i = 0; i < call_count; i++)
        if (state_of(calls[i].call) == state)
            return calls[i].call;
    return NULL;
}

/* A failure with a sentence of our own, as TAPI's have one. */
static HRESULT fail(const char *format, const char *what)
{
    ICreateErrorInfo *create;
    IErrorInfo *info;
    char text[200];
    BSTR wide;

    snprintf(text, sizeof(text), format, what);
    wide = client_bstr(text);
    if (SUCCEEDED(CreateErrorInfo(&create))) {
        ICreateErrorInfo_SetDescription(create, wide);
        info = client_query(create, &IID_IErrorInfo);
        SetErrorInfo(0, info);
        IErrorInfo_Release(info);
        ICreateErrorInfo_Release(create);
    }
    SysFreeString(wide);
    return SAID;
}

/* Lets events come in until the call is in the state. */
static HRESULT wait_for(ITBasicCallControl *call, CALL_STATE state)
{
    ULONGLONG end = GetTickCount64() + PATIENCE_MS;

    while (state_of(call) != state) {
        if (GetTickCount64() >= end)
            return fail("the call is not %s", client_state_name(state));
        client_pump_one();
    }
    client_pump(20); /* so that its events are seen */
    return S_OK;
}

/* ---- commands -------------------------------------------------------------------------------- */

static HRESULT park(ITBasicCallControl *call, const char *place)
{
    BSTR where = NULL;
    HRESULT hr;

    if (*place) {
        where = client_bstr(place);
        hr = ITBasicCallControl_ParkDirect(call, where);
    } else {
        hr = ITBasicCallControl_ParkIndirect(call, &where);
    }
    if (SUCCEEDED(hr)) {
        printf("parked at %ls\n", where);
        hr = wait_for(call, CS_DISCONNECTED);
    }
    SysFreeString(where);
    return hr;
}

static HRESULT pick_up(const char *place)
{
    ITBasicCallControl *call = new_call(place);
    HRESULT hr = ITBasicCallControl_Unpark(call);

    return FAILED(hr) ? hr : wait_for(call, CS_CONNECTED);
}

static HRESULT call_somebody(const char *number)
{
    ITBasicCallControl *call = find(CS_CONNECTED);
    HRESULT hr = S_OK;

    if (call)
        hr = ITBasicCallControl_Hold(call, VARIANT_TRUE);
    if (FAILED(hr))
        return hr;
    call = new_call(number); /* the macros name their object twice: no calls in them */
    return ITBasicCallControl_Connect(call, VARIANT_TRUE);
}

static HRESULT join(ITBasicCallControl *present, const char *number)
{
    ITBasicCallControl *other = new_call(number);
    HRESULT hr = ITBasicCallControl_Conference(present, other, VARIANT_TRUE);

    if (SUCCEEDED(hr))
        hr = ITBasicCallControl_Finish(other, FM_ASCONFERENCE);
    return FAILED(hr) ? hr : wait_for(present, CS_CONNECTED);
}

/* Both of our calls end: the two others talk to each other now. */
static HRESULT connect_the_two(void)
{
    ITBasicCallControl *call = consultation;
    HRESULT hr;

    if (!call)
        return fail("%s", "nobody is asked");
    consultation = NULL;
    hr = ITBasicCallControl_Finish(call, FM_ASTRANSFER);
    return FAILED(hr) ? hr : wait_for(call, CS_DISCONNECTED);
}

/* Also when nobody has answered. */
static HRESULT go_back(void)
{
    ITBasicCallControl *call = consultation;
    HRESULT hr;

    if (!call)
        return fail("%s", "nobody is asked");
    consultation = NULL;
    hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
    return FAILED(hr) ? hr : wait_for(waiting, CS_CONNECTED);
}

static HRESULT send_on(ITBasicCallControl *call, const char *number)
{
    BSTR text = client_bstr(number);
    HRESULT hr = ITBasicCallControl_BlindTransfer(call, text);

    SysFreeString(text);
    return FAILED(hr) ? hr : wait_for(call, CS_DISCONNECTED);
}

static HRESULT hang_up(void)
{
    ITBasicCallControl *call;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && (call = find(CS_CONNECTED))) {
        hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
        if (SUCCEEDED(hr))
            hr = wait_for(call, CS_DISCONNECTED);
    }
    return hr;
}

/* Commands about a call in a certain state. Each step is done when its method returns, or else is
 * waited for. */
static HRESULT perform_on(ITBasicCallControl *call, const char *verb, const char *what)
{
    HRESULT hr;

    if (!strcmp(verb, "answer")) {
        hr = ITBasicCallControl_Answer(call);
        return FAILED(hr) ? hr : wait_for(call, CS_CONNECTED);
    }
    if (!strcmp(verb, "hold")) {
        hr = ITBasicCallControl_Hold(call, VARIANT_TRUE);
        return FAILED(hr) ? hr : wait_for(call, CS_HOLD);
    }
    if (!strcmp(verb, "resume")) {
        hr = ITBasicCallControl_Hold(call, VARIANT_FALSE);
        return FAILED(hr) ? hr : wait_for(call, CS_CONNECTED);
    }
    if (!strcmp(verb, "swap")) {
        ITBasicCallControl *held = find(CS_HOLD);

        if (!held)
            return fail("no call is %s", client_state_name(CS_HOLD));
        hr = ITBasicCallControl_SwapHold(call, held);
        return FAILED(hr) ? hr : wait_for(held, CS_CONNECTED);
    }
    if (!strcmp(verb, "park"))
        return park(call, what);
    if (!strcmp(verb, "ask")) {
        waiting = call;
        consultation = new_call(what);
        return ITBasicCallControl_Transfer(call, consultation, VARIANT_TRUE);
    }
    if (!strcmp(verb, "join"))
        return join(call, what);
    return send_on(call, what);
}

static HRESULT perform(const char *verb, const char *what, const char *rest)
{
    static const struct {
        const char *verb;
        CALL_STATE state; /* of the call that it is about */
    } about[] = {
        {"answer", CS_OFFERING}, {"hold", CS_CONNECTED}, {"resume", CS_HOLD},
        {"swap", CS_CONNECTED},  {"park", CS_CONNECTED}, {"ask", CS_CONNECTED},
        {"join", CS_CONNECTED},  {"send", CS_CONNECTED},
    };

    (void)rest;
    for (unsigned i = 0; i < sizeof(about) / sizeof(*about); i++) {
        ITBasicCallControl *call;

        if (strcmp(about[i].verb, verb))
            continue;
        call = find(about[i].state);
        return call ? perform_on(call, verb, what)
                    : fail("no call is %s", client_state_name(about[i].state));
    }
    if (!strcmp(verb, "wait"))
        while (!find(CS_OFFERING))
            client_pump_one();
    else if (!strcmp(verb, "call"))
        return call_somebody(what);
    else if (!strcmp(verb, "pickup"))
        return pick_up(what);
    else if (!strcmp(verb, "connect"))
        return connect_the_two();
    else if (!strcmp(verb, "back"))
        return go_back();
    else if (!strcmp(verb, "hangup"))
        return hang_up();
    else if (!strcmp(verb, "pause"))
        client_pump((DWORD)atoi(what));
    else if (*verb)
        return fail("%s", "there is no such command");
    return S_OK;
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void on_call(ITCallNotificationEvent *notification)
{
    char party[64];
    ITCallInfo *info;
    BSTR number;

    client_check(ITCallNotificationEvent_get_Call(notification, &info), "the new call");
    number = client_caller(info);
    snprintf(party, sizeof(party), "%ls", number);
    keep(client_query(info, &id_ITBasicCallControl), party);
    SysFreeString(number);
    ITCallInfo_Release(info);
}

static void on_call_state(ITCallStateEvent *changed)
{
    ITBasicCallControl *call;
    ITCallInfo *info;
    CALL_STATE state;

    client_check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    client_check(ITCallStateEvent_get_Call(changed, &info), "the call");
    call = client_query(info, &id_ITBasicCallControl);
    for (unsigned i = 0; i < call_count; i++)
        if (calls[i].call == call)
            printf("%s: %s\n", calls[i].party, client_state_name(state));
    ITBasicCallControl_Release(call);
    ITCallInfo_Release(info);
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind == TE_CALLNOTIFICATION) {
        ITCallNotificationEvent *notification = client_query(event, &id_ITCallNotificationEvent);

        on_call(notification);
        ITCallNotificationEvent_Release(notification);
    } else if (kind == TE_CALLSTATE) {
        ITCallStateEvent *changed = client_query(event, &id_ITCallStateEvent);

        on_call_state(changed);
        ITCallStateEvent_Release(changed);
    }
}

int main(int argc, char **argv)
{
    LONG registration;
    int status;

    if (argc < 2) {
        printf("usage: operator LINE [COMMAND...]\n");
        return 2;
    }
    client_start(TE_CALLNOTIFICATION | TE_CALLSTATE, on_event);
    line = client_line(argv[1]);
    registration = client_register(line, TRUE);
    status = client_commands(argc, argv, 2, perform);
    for (unsigned i = 0; i < call_count; i++) {
        ITBasicCallControl_Disconnect(calls[i].call, DC_NORMAL); /* fails if it is over */
        ITBasicCallControl_Release(calls[i].call);
    }
    ITTAPI_UnregisterNotifications(tapi, registration);
    ITAddress_Release(line);
    client_finish();
    return status;
}
