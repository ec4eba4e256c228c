/* msp.c - TSPI's side of the media service provider: instances of simmsp.dll on an address. */
#include "front.h"

#include <stdlib.h>

static DWORD next_handle;

LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID)
{
    static const GUID clsid = CLSID_SIM_MSP_INIT;
    LONG result;

    if (!pCLSID)
        return LINEERR_INVALPOINTER;
    front_enter();
    result = front_check(__func__);
    if (!result && !front_extension(dwDeviceID))
        result = LINEERR_BADDEVICEID;
    if (!result)
        *pCLSID = clsid;
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine,
                                        LPHDRVMSPLINE lphdMSPLine)
{
    struct msp_instance *msp = NULL;
    struct pbx_extension *e;
    LONG result;

    if (!lphdMSPLine)
        return LINEERR_INVALPOINTER;
    *lphdMSPLine = NULL;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_INVALLINEHANDLE;
    if (!(e = front_line_find(hdLine)))
        goto done;
    result = LINEERR_INVALADDRESSID;
    if (dwAddressID)
        goto done;
    result = LINEERR_NOMEM;
    if (!(msp = calloc(1, sizeof(*msp))))
        goto done;
    struct front_line *line = e->front;
    msp->extension = e;
    msp->htmsp = htMSPLine;
    msp->handle = ++next_handle ? next_handle : ++next_handle;
    msp->next = line->msps;
    line->msps = msp;
    *lphdMSPLine = (HDRVMSPLINE)(ULONG_PTR)msp->handle;
    audio_instance_added(e, htMSPLine);
    result = 0;
done:
    front_leave();
    return result;
}

/* The link that points to the instance; NULL when there is none. */
static struct msp_instance **find(HDRVMSPLINE handle)
{
    DWORD wanted = (DWORD)(ULONG_PTR)handle;

    if (!front.pbx || !wanted)
        return NULL;
    for (size_t i = 0; i < front.pbx->extension_count; i++) {
        struct front_line *line = front.pbx->extensions[i]->front;
        if (!line)
            continue;
        for (struct msp_instance **link = &line->msps; *link; link = &(*link)->next)
            if ((*link)->handle == wanted)
                return link;
    }
    return NULL;
}

LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine)
{
    struct msp_instance **link, *msp;

    front_enter();
    link = find(hdMSPLine);
    if (link) {
        msp = *link;
        *link = msp->next;
        audio_instance_gone(msp->extension);
        free(msp);
    }
    front_leave();
    return link ? 0 : LINEERR_INVALPARAM;
}

LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall, HDRVMSPLINE hdMSPLine,
                                     LPVOID pBuffer, DWORD dwSize)
{
    const struct audio_port_request *request = pBuffer;
    struct msp_instance **link;
    struct pbx_leg *leg;
    LONG result = 0;

    front_enter();
    if (!front_line_find(hdLine))
        result = LINEERR_INVALLINEHANDLE;
    else if (!(leg = front_call_find(hdCall)) && hdCall)
        result = LINEERR_INVALCALLHANDLE;
    else if (!(link = find(hdMSPLine)))
        result = LINEERR_INVALPARAM;
    /* The one thing simmsp.dll has to say. */
    else if (leg && request && dwSize == sizeof(*request) && request->magic == AUDIO_PORT_MAGIC)
        audio_wanted(leg, request->wanted, (*link)->htmsp);
    front_leave();
    return result;
}
