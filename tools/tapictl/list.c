/* list.c - providers, lines and addresses with everything TAPI tells about them; the rest of list
 * stands in list_phones.c, dialling.c and agents.c. */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tapictl/fields.h"

static void list_providers(struct session *session)
{
    static struct provider_list list;

    providers_read(&list);
    writer_array(&session->writer, "providers");
    for (DWORD i = 0; i < list.count; i++) {
        writer_object(&session->writer, NULL, "provider");
        writer_number(&session->writer, "ID", list.entries[i].id);
        writer_text(&session->writer, "file", list.entries[i].file);
        writer_text(&session->writer, "from",
                    list.from_environment ? "OPENTAPI_PROVIDERS" : "registry");
        writer_end(&session->writer);
    }
    writer_end(&session->writer);
}

static void write_status(struct session *session, const char *key, const struct field *fields,
                         LONG (*get)(HLINE line, DWORD address, void *to), HLINE line,
                         DWORD address, DWORD version)
{
    union {
        LINEDEVSTATUS head; /* the first three members are every structure's */
        BYTE bytes[8192];
    } status = {.head = {.dwTotalSize = sizeof status}};
    LONG error = get(line, address, &status);

    if (error) {
        session_error(session, key, error);
        return;
    }
    writer_object(&session->writer, key, NULL);
    fields_write(&session->writer, fields, &status, sizeof status, version);
    writer_end(&session->writer);
}

static LONG get_line_status(HLINE line, DWORD address, void *to)
{
    (void)address;
    return lineGetLineDevStatusW(line, to);
}

static LONG get_address_status(HLINE line, DWORD address, void *to)
{
    return lineGetAddressStatusW(line, address, to);
}

/* A short line for people: the address and the name. */
static void write_heading(struct session *session, DWORD device, const LINEDEVCAPS *caps)
{
    char title[300], name[200];

    session_part(caps, caps->dwLineNameOffset, caps->dwLineNameSize, name, sizeof name);
    snprintf(title, sizeof title, "line %u: %s", (unsigned)device, name);
    writer_object(&session->writer, NULL, title);
}

static void list_address(struct session *session, DWORD device, DWORD address, DWORD version,
                         HLINE line, bool all)
{
    struct writer *writer = &session->writer;
    char title[40], text[256];
    LONG error;
    LINEADDRESSCAPS *caps = session_address_caps(session, device, address, version, &error);

    if (!caps) {
        session_error(session, "lineGetAddressCaps", error);
        return;
    }
    snprintf(title, sizeof title, "address %u", (unsigned)address);
    writer_object(writer, NULL, title);
    if (writer->style == WRITER_JSON)
        writer_number(writer, "addressID", address);
    if (all) {
        fields_write(writer, fields_LINEADDRESSCAPS, caps, caps->dwTotalSize, version);
        write_status(session, "status", fields_LINEADDRESSSTATUS, get_address_status, line, address,
                     version);
    } else {
        writer_text(
            writer, "address",
            session_part(caps, caps->dwAddressOffset, caps->dwAddressSize, text, sizeof text));
    }
    writer_end(writer);
    free(caps);
}

/* kind: NULL for a summary, else "lines" or "addresses". */
static void list_line(struct session *session, DWORD device, const char *kind)
{
    struct writer *writer = &session->writer;
    DWORD version = session_version(session, device);
    bool lines = kind && !strcmp(kind, "lines"), addresses = kind && !lines;
    HLINE line = 0;
    LONG error = (LONG)LINEERR_INCOMPATIBLEAPIVERSION;
    LINEDEVCAPS *caps = version ? session_dev_caps(session, device, version, &error) : NULL;

    if (!caps) {
        if (error != (LONG)LINEERR_NODEVICE) /* a device that was removed keeps its number */
            session_error(session, "lineGetDevCaps", error);
        return;
    }
    if (kind) { /* status is what only an open line tells */
        error =
            lineOpenW(session->app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL);
        if (error)
            session_error(session, "lineOpen", error);
    }
    write_heading(session, device, caps);
    if (!lines && writer->style == WRITER_JSON) {
        char name[256];

        writer_text(
            writer, "lineName",
            session_part(caps, caps->dwLineNameOffset, caps->dwLineNameSize, name, sizeof name));
    }
    writer_number(writer, "deviceID", device);
    writer_handle(writer, "version", version);
    if (lines) {
        fields_write(writer, fields_LINEDEVCAPS, caps, caps->dwTotalSize, version);
        if (line)
            write_status(session, "status", fields_LINEDEVSTATUS, get_line_status, line, 0,
                         version);
    } else if (!kind) {
        writer_bits(writer, "mediaModes", WORDS_LINEMEDIAMODE, caps->dwMediaModes);
    }
    writer_array(writer, "addresses");
    for (DWORD i = 0; i < caps->dwNumAddresses && !lines; i++)
        list_address(session, device, i, version, line, addresses && line);
    writer_end(writer);
    writer_end(writer);
    if (line)
        lineClose(line);
    free(caps);
}

/* The sorts of list, and what each needs. */
enum source {
    SOURCE_NONE,
    SOURCE_LINES,
    SOURCE_PHONES,
};

static enum source source_of(const char *kind)
{
    static const char *const of_lines[] = {"lines", "addresses", "groups", "queues", "agents"};

    for (size_t i = 0; i < sizeof of_lines / sizeof of_lines[0]; i++)
        if (!strcmp(kind, of_lines[i]))
            return SOURCE_LINES;
    return strcmp(kind, "phones") ? SOURCE_NONE : SOURCE_PHONES;
}

static void list_lines(struct session *session, const char *kind)
{
    writer_array(&session->writer, "lines");
    for (DWORD i = 0; i < session->devices; i++)
        list_line(session, i, kind);
    writer_end(&session->writer);
}

static void list_kind(struct session *session, const char *kind)
{
    if (!strcmp(kind, "providers"))
        list_providers(session);
    else if (!strcmp(kind, "lines") || !strcmp(kind, "addresses"))
        list_lines(session, kind);
    else if (!strcmp(kind, "phones"))
        list_phones(session, true);
    else if (!strcmp(kind, "locations") || !strcmp(kind, "cards"))
        list_locations_or_cards(session, !strcmp(kind, "cards"));
    else if (!strcmp(kind, "countries"))
        list_countries(session);
    else
        list_call_centre(session, kind);
}

int command_list(const struct options *options)
{
    const char *kind = options->words[0];
    struct session session;

    session_output(&session, options->json); /* providers can be listed though TAPI fails */
    if ((!kind || source_of(kind) == SOURCE_LINES) && !session_start(&session, options->json))
        return 1;
    if ((!kind || source_of(kind) == SOURCE_PHONES) && !session_start_phones(&session)) {
        session_end(&session);
        return 1;
    }
    writer_object(&session.writer, NULL, NULL);
    if (kind) {
        list_kind(&session, kind);
    } else {
        list_providers(&session);
        list_lines(&session, NULL);
        list_phones(&session, false);
    }
    writer_end(&session.writer);
    session_end(&session);
    return session.failed;
}
