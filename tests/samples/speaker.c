/* speaker.c - a partner that calls 102 from 101 and says the WAV file SAMPLES_SPEECH, as soon as
 * the file SAMPLES_HEARD is there: the answering machine records then. Hangs up when it has been
 * said. */
#include "samples/c/client.h"
#include "tests/samples/together.h"

#include <process.h>
#include <stdlib.h>

static BOOL ok(HRESULT hr, const char *what)
{
    if (FAILED(hr))
        fprintf(stderr, "speaker: %s: 0x%08lx\n", what, (unsigned long)hr);
    return SUCCEEDED(hr);
}

static ITAddress *find_line(ITTAPI *own, const WCHAR *number)
{
    IEnumAddress *all;

    if (!ok(ITTAPI_EnumerateAddresses(own, &all), "lines"))
        return NULL;
    return client_line_among(all, number);
}

static ITTerminal *create_player(ITAddress *line)
{
    BSTR class = SysAllocString(L"{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}");
    ITTerminalSupport *support = client_query(line, &id_ITTerminalSupport);
    ITMediaPlayback *playback;
    ITTerminal *player = NULL;
    VARIANT file;

    V_VT(&file) = VT_BSTR;
    V_BSTR(&file) = client_bstr(getenv("SAMPLES_SPEECH"));
    if (ok(ITTerminalSupport_CreateTerminal(support, class, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                            &player),
           "player")) {
        playback = client_query(player, &id_ITMediaPlayback);
        ok(ITMediaPlayback_put_PlayList(playback, file), "speech");
        ITMediaPlayback_Release(playback);
    }
    VariantClear(&file);
    SysFreeString(class);
    ITTerminalSupport_Release(support);
    return player;
}

static BOOL is_heard(void *context)
{
    (void)context;
    return GetFileAttributesA(getenv("SAMPLES_HEARD")) != INVALID_FILE_ATTRIBUTES;
}

static BOOL is_said(void *context)
{
    TERMINAL_MEDIA_STATE state = TMS_ACTIVE;

    return FAILED(ITMediaControl_get_MediaState((ITMediaControl *)context, &state)) ||
           state == TMS_IDLE;
}

static void say(ITBasicCallControl2 *call, ITTerminal *player)
{
    ITMediaControl *control = client_query(player, &id_ITMediaControl);

    if (ok(ITBasicCallControl2_SelectTerminalOnCall(call, player), "selecting") &&
        ok(ITBasicCallControl2_Connect(call, VARIANT_TRUE), "calling")) {
        partner_wait(is_heard, NULL);
        ok(ITMediaControl_Start(control), "speaking");
        partner_wait(is_said, control);
        ok(ITBasicCallControl2_Disconnect(call, DC_NORMAL), "hanging up");
    }
    ITMediaControl_Release(control);
}

unsigned __stdcall speaker(void *context)
{
    BSTR number = SysAllocString(L"102");
    ITBasicCallControl2 *call;
    ITBasicCallControl *plain;
    ITTerminal *player;
    ITAddress *line;
    ITTAPI *own;

    (void)context;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (!ok(CoCreateInstance(&id_TAPI, NULL, CLSCTX_INPROC_SERVER, &id_ITTAPI, (void **)&own),
            "TAPI") ||
        !ok(ITTAPI_Initialize(own), "Initialize"))
        return 1;
    line = find_line(own, L"101");
    if (line && ok(ITAddress_CreateCall(line, number, LINEADDRESSTYPE_PHONENUMBER,
                                        TAPIMEDIATYPE_AUDIO, &plain),
                   "call")) {
        call = client_query(plain, &id_ITBasicCallControl2);
        player = create_player(line);
        if (player)
            say(call, player);
        if (player)
            ITTerminal_Release(player);
        ITBasicCallControl2_Release(call);
        ITBasicCallControl_Release(plain);
    }
    if (line)
        ITAddress_Release(line);
    SysFreeString(number);
    ITTAPI_Shutdown(own);
    ITTAPI_Release(own);
    CoUninitialize();
    return 0;
}
