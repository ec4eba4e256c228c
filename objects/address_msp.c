/* address_msp.c - the media service provider of an Address: made when it is first needed, shut down
 * with the Address by whoever uses it last; and what its events become. */
#include "objects/private.h"

static void msp_event(void *context, struct msp_call *msp_call, const MSP_EVENT_INFO *event);

struct msp_host *address_msp_enter(struct address *self)
{
    struct tapi *tapi = self->tapi;
    struct msp_host *made = NULL, *spare = NULL;
    BOOL make, open;

    AcquireSRWLockExclusive(&tapi->lock);
    open = !self->msp.closed;
    make = open && !self->msp.made;
    self->msp.users++;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (make && FAILED(msp_host_create(tapi->app, self->device, self->id, self->com.outer,
                                       msp_event, self, &made)))
        made = NULL;
    AcquireSRWLockExclusive(&tapi->lock);
    if (make) {
        if (self->msp.made || self->msp.closed)
            spare = made; /* another thread was faster */
        else
            self->msp.pointer = made;
        self->msp.made = TRUE;
    }
    made = self->msp.closed ? NULL : self->msp.pointer;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (spare)
        msp_host_destroy(spare);
    return made;
}

void address_msp_leave(struct address *self)
{
    struct msp_host *host = NULL;

    AcquireSRWLockExclusive(&self->tapi->lock);
    if (--self->msp.users == 0 && self->msp.closed)
        host = self->msp.pointer; /* its object stays: interfaces of it may be held */
    ReleaseSRWLockExclusive(&self->tapi->lock);
    if (host)
        msp_host_shutdown(host);
}

/* An MSP is made while TAPI is open only. But the interfaces of an object never change: those of an
 * MSP that was made stay until the Address goes. */
HRESULT address_msp_query(struct address *self, REFIID iid, void **out)
{
    struct msp_host *host = NULL;
    BOOL open = self->tapi->state == TAPI_OPEN;
    HRESULT hr;

    if (open)
        host = address_msp_enter(self);
    if (!host) {
        AcquireSRWLockShared(&self->tapi->lock);
        host = self->msp.pointer;
        ReleaseSRWLockShared(&self->tapi->lock);
    }
    hr = msp_host_query_interface(host, iid, out);
    if (open)
        address_msp_leave(self);
    return hr;
}

void address_msp_close(struct address *self)
{
    AcquireSRWLockExclusive(&self->tapi->lock);
    self->msp.closed = TRUE;
    self->msp.users++;
    ReleaseSRWLockExclusive(&self->tapi->lock);
    address_msp_leave(self);
}

/* Does the application want this event of a call, or of the address where there is no call? */
static BOOL wants(struct address *self, struct call *call, TAPI_EVENT type, LONG sub_event)
{
    return call ? call_wants(call, type, sub_event) : address_wants(self, type, sub_event);
}

/* The three kinds of terminals that have nothing to say but an error; in MSP_EVENT_INFO their parts
 * are the same. */
#define POST_TERMINAL(type, interface_, part, terminal)                                            \
    if (wants(self, call, type, 0))                                                                \
    EVENT_POST(dispatcher, type, interface_, key, .Terminal = event->part.terminal, .Call = info,  \
               .Error = event->part.hrErrorCode)

/* An event of the MSP becomes an event object. */
static void msp_event(void *context, struct msp_call *msp_call, const MSP_EVENT_INFO *event)
{
    struct address *self = context;
    struct dispatcher *dispatcher = self->tapi->dispatcher;
    IUnknown *outer = msp_call_outer(msp_call);
    struct call *call = outer ? call_from(outer) : NULL;
    ITCallInfo *info = call ? call_event_ref(call) : NULL;
    const void *key = call ? (void *)call : self;
    CALL_MEDIA_EVENT_CAUSE cause;
    CALL_MEDIA_EVENT media_event;
    ITCallHub *hub;

    com_hand_out(&self->com);
    switch (event->Event) {
    case ME_ADDRESS_EVENT:
        address_post_event(self,
                           event->MSP_ADDRESS_EVENT_INFO.Type == ADDRESS_TERMINAL_AVAILABLE
                               ? AE_NEWTERMINAL
                               : AE_REMOVETERMINAL,
                           event->MSP_ADDRESS_EVENT_INFO.pTerminal);
        break;
    case ME_CALL_EVENT:
        if (info && msp_call_media_event(event, &media_event, &cause) &&
            call_wants(call, TE_CALLMEDIA, media_event))
            EVENT_POST(dispatcher, TE_CALLMEDIA, ITCallMediaEvent, call, .Call = info,
                       .Event = media_event, .Error = event->MSP_CALL_EVENT_INFO.hrError,
                       .Terminal = event->MSP_CALL_EVENT_INFO.pTerminal,
                       .Stream = event->MSP_CALL_EVENT_INFO.pStream, .Cause = cause);
        break;
    case ME_FILE_TERMINAL_EVENT:
        if (wants(self, call, TE_FILETERMINAL,
                  event->MSP_FILE_TERMINAL_EVENT_INFO.TerminalMediaState))
            EVENT_POST(dispatcher, TE_FILETERMINAL, ITFileTerminalEvent, key,
                       .Terminal = event->MSP_FILE_TERMINAL_EVENT_INFO.pParentFileTerminal,
                       .Track = event->MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack, .Call = info,
                       .State = event->MSP_FILE_TERMINAL_EVENT_INFO.TerminalMediaState,
                       .Cause = event->MSP_FILE_TERMINAL_EVENT_INFO.ftecEventCause,
                       .Error = event->MSP_FILE_TERMINAL_EVENT_INFO.hrErrorCode);
        break;
    case ME_PRIVATE_EVENT:
        if (!wants(self, call, TE_PRIVATE, 0))
            break;
        hub = call ? hub_if_any(call) : NULL;
        EVENT_POST(dispatcher, TE_PRIVATE, ITPrivateEvent, key,
                   .Address = (ITAddress *)&self->ITAddress2_iface, .Call = info, .CallHub = hub,
                   .EventCode = event->MSP_PRIVATE_EVENT_INFO.lEventCode,
                   .EventInterface = event->MSP_PRIVATE_EVENT_INFO.pEvent);
        if (hub)
            ITCallHub_Release(hub);
        break;
    case ME_ASR_TERMINAL_EVENT:
        POST_TERMINAL(TE_ASRTERMINAL, ITASRTerminalEvent, MSP_ASR_TERMINAL_EVENT_INFO,
                      pASRTerminal);
        break;
    case ME_TTS_TERMINAL_EVENT:
        POST_TERMINAL(TE_TTSTERMINAL, ITTTSTerminalEvent, MSP_TTS_TERMINAL_EVENT_INFO,
                      pTTSTerminal);
        break;
    case ME_TONE_TERMINAL_EVENT:
        POST_TERMINAL(TE_TONETERMINAL, ITToneTerminalEvent, MSP_TONE_TERMINAL_EVENT_INFO,
                      pToneTerminal);
        break;
    default:
        TRACE("objects", "MSP event %d is not known", (int)event->Event);
        break;
    }
    if (info)
        call_event_unref(call);
    com_release(&self->com);
}
