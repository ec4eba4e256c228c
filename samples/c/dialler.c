/* dialler.c - makes the calls that other programs ask for (click_to_dial is one of them).
 *     dialler LINE [CALLS]
 * LINE is the name or the number of the line to call from. Ends when so many CALLS are over, or
 * when it is stopped. Exit status: 0 it has ended, 1 TAPI refused, 2 wrong arguments or no such
 * line. */
#include "client.h"

#include <stdlib.h>

#define REGISTRATION 1
#define MOST_CALLS   16

static ITAddress *line;
static ITBasicCallControl *calls[MOST_CALLS]; /* a call ends with the last reference to it */
static unsigned made;
static int calls_left = -1;

/* Every request is a call: TAPI has taken it out of its queue, and nobody else will make it. */
static void dial(ITRequestEvent *request)
{
    BSTR number = NULL, name = NULL, asker = NULL, comment = NULL;
    ITBasicCallControl **place = &calls[made++ % MOST_CALLS];

    client_check(ITRequestEvent_get_DestAddress(request, &number), "a request");
    client_check(ITRequestEvent_get_CalledParty(request, &name), "a request");
    client_check(ITRequestEvent_get_AppName(request, &asker), "a request");
    client_check(ITRequestEvent_get_Comment(request, &comment), "a request");
    printf("calling %ls at %ls for %ls %ls\n", name ? name : L"", number, asker ? asker : L"",
           comment ? comment : L"");
    if (*place)
        ITBasicCallControl_Release(*place);
    client_check(
        ITAddress_CreateCall(line, number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO, place),
        "the call");
    client_check(ITBasicCallControl_Connect(*place, VARIANT_FALSE), "calling");
    SysFreeString(number);
    SysFreeString(name);
    SysFreeString(asker);
    SysFreeString(comment);
}

static void on_call_state(ITCallStateEvent *changed)
{
    static const char *const causes[] = {
        "",           ": normal", ": busy",   ": bad address", ": no answer", ": cancelled",
        ": rejected", ": failed", ": blocked"};
    CALL_STATE_EVENT_CAUSE cause;
    CALL_STATE state;

    client_check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    client_check(ITCallStateEvent_get_Cause(changed, &cause), "the call's state");
    printf("%s%s\n", client_state_name(state),
           (unsigned)cause < sizeof(causes) / sizeof(*causes) ? causes[cause] : "");
    if (state == CS_DISCONNECTED && calls_left > 0)
        calls_left--;
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind == TE_REQUEST) {
        ITRequestEvent *request = client_query(event, &id_ITRequestEvent);

        dial(request);
        ITRequestEvent_Release(request);
    } else if (kind == TE_CALLSTATE) {
        ITCallStateEvent *changed = client_query(event, &id_ITCallStateEvent);

        on_call_state(changed);
        ITCallStateEvent_Release(changed);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        printf("usage: dialler LINE [CALLS]\n");
        return 2;
    }
    if (argc > 2)
        calls_left = atoi(argv[2]);
    client_start(TE_REQUEST | TE_CALLSTATE, on_event);
    line = client_line(argv[1]);
    client_check(
        ITTAPI_RegisterRequestRecipient(tapi, REGISTRATION, LINEREQUESTMODE_MAKECALL, VARIANT_TRUE),
        "no requests come");
    printf("waiting for requests\n");
    fflush(stdout);
    while (calls_left)
        client_pump_one();
    ITTAPI_RegisterRequestRecipient(tapi, REGISTRATION, LINEREQUESTMODE_MAKECALL, VARIANT_FALSE);
    for (unsigned i = 0; i < MOST_CALLS; i++)
        if (calls[i])
            ITBasicCallControl_Release(calls[i]);
    ITAddress_Release(line);
    client_finish();
    return 0;
}
