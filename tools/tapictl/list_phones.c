/* list_phones.c - phones: capabilities, status, display, buttons and lamps. */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tapictl/fields.h"

/* Phones differ in what they have: what one lacks is told, and no failure. */
static void write_refusal(struct writer *writer, const char *key, LONG error)
{
    char spare[WORD_SPARE];

    writer_text(writer, key, word_or_number(WORDS_PHONEERR, (uint32_t)error, spare));
}

/* ---- what phoneGetXxx wants, for session_fetch ---- */

struct of_phone {
    HPHONE phone;
    DWORD button;
};

static LONG get_status(const void *arguments, void *to)
{
    return phoneGetStatusW(((const struct of_phone *)arguments)->phone, to);
}

static LONG get_display(const void *arguments, void *to)
{
    return phoneGetDisplay(((const struct of_phone *)arguments)->phone, to);
}

static LONG get_button(const void *arguments, void *to)
{
    const struct of_phone *of = arguments;

    return phoneGetButtonInfoW(of->phone, of->button, to);
}

/* ---- the display ---- */

/* A place of the display is a byte, or a UTF-16 unit: the phone says which. */
static void write_rows(struct writer *writer, const VARSTRING *display, DWORD columns)
{
    const BYTE *bytes = (const BYTE *)display + display->dwStringOffset;
    DWORD unit = display->dwStringFormat == STRINGFORMAT_UNICODE ? 2 : 1;
    DWORD places = display->dwStringSize / unit;

    for (DWORD from = 0; from < places; from += columns) {
        DWORD length = places - from < columns ? places - from : columns;
        WCHAR wide[256];

        if (length > 255)
            length = 255;
        if (unit == 2) {
            memcpy(wide, bytes + 2 * from, 2 * length);
        } else {
            length = (DWORD)MultiByteToWideChar(CP_ACP, 0, (const char *)bytes + from, (int)length,
                                                wide, 255);
        }
        for (DWORD i = 0; i < length; i++)
            wide[i] = wide[i] ? wide[i] : L' '; /* a place that nothing was written to */
        writer_utf16(writer, writer->style == WRITER_JSON ? NULL : "row", wide, length);
    }
}

static void write_display(struct writer *writer, HPHONE phone, const PHONECAPS *caps)
{
    struct of_phone of = {phone, 0};
    DWORD columns = caps->dwDisplayNumColumns;
    VARSTRING *display;
    LONG error;

    if (!caps->dwDisplayNumRows || !columns)
        return;
    display = session_fetch(get_display, &of, &error);
    if (!display) {
        write_refusal(writer, "displayError", error);
        return;
    }
    if (display->dwStringFormat == STRINGFORMAT_BINARY ||
        display->dwStringOffset > display->dwTotalSize ||
        display->dwStringSize > display->dwTotalSize - display->dwStringOffset) {
        writer_number(writer, "displaySize", display->dwStringSize);
    } else {
        writer_array(writer, "display");
        write_rows(writer, display, columns);
        writer_end(writer);
    }
    free(display);
}

/* ---- buttons and lamps ---- */

static DWORD lamp_modes_of(const PHONECAPS *caps, DWORD button)
{
    DWORD modes, at = caps->dwLampModesOffset + button * sizeof modes;

    if (caps->dwLampModesSize / sizeof modes <= button || at > caps->dwTotalSize - sizeof modes ||
        at < caps->dwLampModesOffset)
        return 0;
    memcpy(&modes, (const BYTE *)caps + at, sizeof modes);
    return modes;
}

static void write_button(struct writer *writer, HPHONE phone, const PHONECAPS *caps, DWORD button,
                         DWORD version)
{
    struct of_phone of = {phone, button};
    DWORD modes = lamp_modes_of(caps, button), mode;
    char title[40];
    PHONEBUTTONINFO *info;
    LONG error;

    snprintf(title, sizeof title, "button %u", (unsigned)button);
    writer_object(writer, NULL, title);
    if (writer->style == WRITER_JSON)
        writer_number(writer, "button", button);
    info = session_fetch(get_button, &of, &error);
    if (info)
        fields_write(writer, fields_PHONEBUTTONINFO, info, info->dwTotalSize, version);
    else
        write_refusal(writer, "buttonError", error);
    if (modes && modes != PHONELAMPMODE_DUMMY) {
        error = phoneGetLamp(phone, button, &mode);
        if (error)
            write_refusal(writer, "lampError", error);
        else
            writer_word(writer, "lamp", WORDS_PHONELAMPMODE, mode);
    }
    writer_end(writer);
    free(info);
}

void phone_write_state(struct session *session, HPHONE phone, const PHONECAPS *caps, DWORD version)
{
    struct writer *writer = &session->writer;
    struct of_phone of = {phone, 0};
    LONG error;
    PHONESTATUS *status = session_fetch(get_status, &of, &error);

    writer_object(writer, "status", NULL);
    if (status)
        fields_write(writer, fields_PHONESTATUS, status, status->dwTotalSize, version);
    else
        write_refusal(writer, "statusError", error);
    write_display(writer, phone, caps);
    writer_end(writer);
    free(status);
    writer_array(writer, "buttons");
    for (DWORD i = 0; i < caps->dwNumButtonLamps && i < PHONE_BUTTONS_MOST; i++)
        write_button(writer, phone, caps, i, version);
    writer_end(writer);
}

/* ---- the list ---- */

static void list_phone(struct session *session, DWORD device, bool all)
{
    struct writer *writer = &session->writer;
    DWORD version = session_phone_version(session, device);
    LONG error = (LONG)PHONEERR_INCOMPATIBLEAPIVERSION;
    PHONECAPS *caps = version ? session_phone_caps(session, device, version, &error) : NULL;
    char title[300], name[200];
    HPHONE phone = 0;

    if (!caps) {
        if (error != (LONG)PHONEERR_NODEVICE) /* a device that was removed keeps its number */
            session_error(session, "phoneGetDevCaps", error);
        return;
    }
    session_part(caps, caps->dwPhoneNameOffset, caps->dwPhoneNameSize, name, sizeof name);
    snprintf(title, sizeof title, "phone %u: %s", (unsigned)device, name);
    writer_object(writer, NULL, title);
    if (!all && writer->style == WRITER_JSON)
        writer_text(writer, "phoneName", name);
    writer_number(writer, "deviceID", device);
    writer_handle(writer, "version", version);
    if (all) {
        fields_write(writer, fields_PHONECAPS, caps, caps->dwTotalSize, version);
        error =
            phoneOpen(session->phone_app, device, &phone, version, 0, 0, PHONEPRIVILEGE_MONITOR);
        if (error) {
            session_error(session, "phoneOpen", error);
        } else {
            phone_write_state(session, phone, caps, version);
            phoneClose(phone);
        }
    } else {
        writer_bits(writer, "hookSwitchDevs", WORDS_PHONEHOOKSWITCHDEV, caps->dwHookSwitchDevs);
        writer_number(writer, "numButtonLamps", caps->dwNumButtonLamps);
    }
    writer_end(writer);
    free(caps);
}

void list_phones(struct session *session, bool all)
{
    writer_array(&session->writer, "phones");
    for (DWORD i = 0; i < session->phones; i++)
        list_phone(session, i, all);
    writer_end(&session->writer);
}
