/*
 * host.h - TAPI's side of media service providers (MSPs); part of tapi3.dll, used by objects/.
 *
 * An MSP is a COM object that belongs to one Address object and is aggregated by it: the address
 * interfaces it has (ITMediaSupport, ITTerminalSupport, ITTerminalSupport2, private ones) become
 * interfaces of the Address. Each call gets an MSP call, aggregated by the Call object in the same
 * way (ITStreamControl, private ones). See docs/media.md and tapi-docs/msp-architecture.md.
 *
 * How objects/ uses it:
 *  1. For each Address: msp_host_create. It is cheap: the MSP itself is created at its first use.
 *     S_FALSE and NULL where the provider has no MSP: then there are no media interfaces.
 *     Every function here accepts a NULL host or call and answers as for "no MSP".
 *  2. The Address' QueryInterface, for an IID that is none of its own: msp_host_query_interface.
 *  3. When a line of the address is opened: msp_host_line_opened, so that the provider knows of the
 *     MSP and can send it data; before it is closed: msp_host_line_closing.
 *  4. For each Call whose media types overlap the MSP's: msp_call_create (at the first
 *     QueryInterface the Call does not know, and before it is connected or answered). Its
 *     QueryInterface, for an IID that is none of its own: msp_call_query_interface.
 *  5. As soon as the Call has an HCALL: msp_call_set_handle. When the HCALL is deallocated:
 *     msp_host_forget_handle.
 *  6. OPEN_TAPI_LINE_MSPDATA from lineGetMessage: msp_host_receive, then OpenTapiFree the data.
 *  7. End: msp_call_shutdown at the Call's last Release (or Shutdown), msp_host_shutdown at
 *     Shutdown; msp_call_destroy and msp_host_destroy when the Call and the Address themselves go:
 *     applications may hold interfaces of the inner objects until then, and those count on the
 *     outer ones.
 *
 * Aggregation: MSP code may AddRef and Release the outer object inside any function here, also in
 * msp_call_destroy and msp_host_destroy; an object that calls these while it is being destroyed
 * must hold its own count up meanwhile, as COM's rules for aggregating objects say.
 *
 * Threads: every function from any thread that is in a COM apartment; no lock of the caller may be
 * held (MSP code runs inside). Events come on threads of the system's thread pool, in the MTA, one
 * at a time and in order for each host.
 */
#ifndef MSP_HOST_HOST_H
#define MSP_HOST_HOST_H

#include <windows.h>
#include <tapi.h>
#include <ot_tapi3.h>

struct msp_host;
struct msp_call;

/*
 * One event of an MSP. call is the MSP call it concerns, NULL for the address' own and for a call
 * that is gone; msp_call_outer gives its Call object. The references inside the event stay the
 * host's: AddRef what is kept. ME_TSP_DATA never comes here: the host sends it to the provider.
 * The translation: ME_ADDRESS_EVENT -> AE_NEWTERMINAL / AE_REMOVETERMINAL of ITAddressEvent,
 * ME_CALL_EVENT -> ITCallMediaEvent (msp_call_media_event gives the CALL_MEDIA_EVENT),
 * ME_FILE_TERMINAL_EVENT -> ITFileTerminalEvent, ME_PRIVATE_EVENT -> ITPrivateEvent,
 * ME_ASR/TTS/TONE_TERMINAL_EVENT -> their event objects. May call back into this header.
 * msp_call_destroy and msp_host_destroy on another thread wait until the callback has returned, so
 * the outer object is there, though perhaps on its way out (com_try_hand_out).
 */
typedef void msp_host_event(void *context, struct msp_call *call, const MSP_EVENT_INFO *event);

/*
 * Prepares the MSP of an address.
 *   app, device  as given to OpenTapiLineMspIdentify, which says whether there is an MSP
 *   address      address ID on the line device
 *   outer        controlling unknown of the Address; not referenced: it outlives the host
 *   sink, context  receive the events
 * S_OK; S_FALSE and *host NULL: the provider has no MSP; E_OUTOFMEMORY; E_POINTER.
 */
HRESULT msp_host_create(HLINEAPP app, DWORD device, DWORD address, IUnknown *outer,
                        msp_host_event *sink, void *context, struct msp_host **host);

/* The same for a known MSP class (tests, and the wave MSP for providers without one). */
HRESULT msp_host_create_class(const CLSID *clsid, DWORD address, IUnknown *outer,
                              msp_host_event *sink, void *context, struct msp_host **host);

/* Shuts the MSP down: its calls, then itself; closes its provider ends. No event comes after it,
 * except the one being delivered when called from inside its own callback. Again: nothing. */
void msp_host_shutdown(struct msp_host *host);

/* The same if it has not been done, and lets go of the MSP's object: no interface of it is held. */
void msp_host_destroy(struct msp_host *host);

/* An address-level interface of the MSP (creates the MSP if need be, unless it has been shut down).
 * An MSP that was created gives them until msp_host_destroy: an object's interfaces never change.
 * E_NOINTERFACE without an MSP or interface (ITMSPAddress itself is TAPI's alone); what creating
 * the MSP gave otherwise. *object counts on the outer. */
HRESULT msp_host_query_interface(struct msp_host *host, REFIID iid, void **object);

/* A line of this address has been opened / is about to be closed. Several may be open; each gets a
 * provider end of its own (OpenTapiLineCreateMsp). S_OK; S_FALSE: provider has no such functions.
 */
HRESULT msp_host_line_opened(struct msp_host *host, HLINE line);
void msp_host_line_closing(struct msp_host *host, HLINE line);

/* Makes the MSP's part of a call.
 *   media_types  TAPIMEDIATYPE_* the call is interested in; those the MSP says it lacks are left
 * out outer        controlling unknown of the Call; not referenced: destroy before it goes S_OK;
 * S_FALSE and NULL: no MSP, or it has none of the media types (the call works without media); else
 * what the MSP said. */
HRESULT msp_call_create(struct msp_host *host, DWORD media_types, IUnknown *outer,
                        struct msp_call **call);
/* Shuts the MSP's part down (once) / and lets go of its object: no interface of it is held. */
void msp_call_shutdown(struct msp_call *call);
void msp_call_destroy(struct msp_call *call);

/* A call-level interface of the MSP (ITStreamControl, ...), until msp_call_destroy. E_NOINTERFACE
 * without one. */
HRESULT msp_call_query_interface(struct msp_call *call, REFIID iid, void **object);

/* Tells which HCALL the Call has (0: none any more). Data of the provider that came earlier for
 * this handle is delivered now. */
void msp_call_set_handle(struct msp_call *call, HCALL handle);

/* The Call's controlling unknown as given to msp_call_create, NULL for NULL. No reference added.
 * Inside an event callback the Call may be on its way out: its owner must guard against reviving
 * it (try-reference), as for every event. */
IUnknown *msp_call_outer(struct msp_call *call);

/* Data from a provider (LINE_SENDMSPDATA) for this host: the MSP call of the handle, or the MSP
 * itself if handle is 0. msp is open_tapi_msp_data.msp; data for another host's provider end is
 * ignored, so it may simply be offered to every host of the line. For a handle without an MSP call
 * yet, data is kept until msp_call_set_handle or msp_host_forget_handle. */
void msp_host_receive(struct msp_host *host, DWORD msp, HCALL handle, const void *data, DWORD size);
void msp_host_forget_handle(struct msp_host *host, HCALL handle);

/* ITBasicCallControl2::RequestTerminal: the default static terminal of that class, or a new dynamic
 * one. Errors: those of the method's page (TAPI_E_INVALIDTERMINALCLASS, ...);
 * TAPI_E_NOTSUPPORTED without an MSP. */
HRESULT msp_host_request_terminal(struct msp_host *host, BSTR terminal_class, LONG media_type,
                                  TERMINAL_DIRECTION direction, ITTerminal **terminal);

/* ITBasicCallControl2::SelectTerminalOnCall / UnselectTerminalOnCall: the terminal, or each track
 * of a multitrack terminal (made if it has none yet), on the streams it fits. TAPI_E_NOTSUPPORTED:
 * no MSP call; TAPI_E_INVALIDTERMINAL: it fits no stream (or is on none). */
HRESULT msp_call_select_terminal(struct msp_call *call, ITTerminal *terminal);
HRESULT msp_call_unselect_terminal(struct msp_call *call, ITTerminal *terminal);

/* CALL_NEW_STREAM -> CME_NEW_STREAM and so on, and the cause. FALSE: no such value (hostile MSP).
 */
BOOL msp_call_media_event(const MSP_EVENT_INFO *event, CALL_MEDIA_EVENT *media_event,
                          CALL_MEDIA_EVENT_CAUSE *cause);

/* How many hosts, MSP calls, kept data blobs and provider ends are alive; 0 at the end of a test.
 */
struct msp_host_counters {
    LONG hosts, calls, kept, ends;
};
void msp_host_get_counters(struct msp_host_counters *counters);

#endif
