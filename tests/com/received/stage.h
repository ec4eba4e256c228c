/*
 * stage.h - stage.tsp: a provider of lines and a media provider that say what the test tells them,
 * for events that no exchange would bring about: every state, cause and number there is.
 */
#ifndef TESTS_COM_RECEIVED_STAGE_H
#define TESTS_COM_RECEIVED_STAGE_H

#include <windows.h>
#include <tspi.h>
#include <ot_tapi3.h>

#define STAGE_LINES  2
#define STAGE_NUMBER L"71" /* of the first line; the second has 72, one that is created 73 */
#define STAGE_CALLER L"5550100"

static const GUID clsid_stage = {
    0x0f9d4c35, 0x5a7e, 0x4c0b, {0x9b, 0x16, 0x6d, 0x2f, 0x31, 0x8a, 0xe4, 0x70}};

enum stage_thing { STAGE_TERMINAL, STAGE_STREAM, STAGE_TRACK, STAGE_PRIVATE, STAGE_THINGS };

struct stage {
    DWORD call_id;   /* dwCallID of the call; 0: none */
    WCHAR *digits;   /* where TSPI_lineGatherDigits wants them */
    DWORD digits_id; /* its end-to-end identifier */
    DWORD generate_id;
    DWORD tone_list_id;
    volatile LONG calls_open; /* TSPI_lineCloseCall has not come yet */

    /* A message of the line (0, 1) or, with of_call, of the newest call there. */
    void (*say)(unsigned line, BOOL of_call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                DWORD_PTR p3);
    /* LINE_NEWCALL; its first state is to be said. */
    void (*new_call)(unsigned line);
    /* LINE_CREATE of one more line; its device ID, once TAPI has asked for it. */
    void (*create_line)(void);
    DWORD created;
    void (*remove_line)(void);

    /* An event of the media provider of the first line, of its newest call or of none; dwSize and
     * hCall are filled in. S_FALSE: there is no such call or address yet. */
    HRESULT (*media)(const MSP_EVENT_INFO *event, BOOL of_call);
    /* What events carry; a reference of the caller's. Each has a property Name: "terminal",
     * "stream", "track", "private". */
    IDispatch *(*thing)(enum stage_thing which);
};

/* Exported as StageControl. */
typedef struct stage *(WINAPI *stage_control)(void);

#ifdef STAGE_PROVIDER
extern struct stage stage;
HRESULT WINAPI stage_class_object(REFCLSID clsid, REFIID iid, void **out);
HRESULT stage_media(const MSP_EVENT_INFO *event, BOOL of_call);
IDispatch *stage_make_thing(enum stage_thing which);
#endif

#endif
