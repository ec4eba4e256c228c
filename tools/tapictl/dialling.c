/* dialling.c - the rules by which numbers are dialled: locations, cards, countries, translation. */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "tools/tapictl/fields.h"

#define VERSION 0x00020002 /* these functions work without a lineInitialize */

static LONG get_caps(const void *arguments, void *to)
{
    (void)arguments;
    return lineGetTranslateCapsW(0, VERSION, to);
}

static LONG get_countries(const void *arguments, void *to)
{
    (void)arguments;
    return lineGetCountryW(0, VERSION, to);
}

void list_locations_or_cards(struct session *session, bool cards)
{
    static const char *const used[2] = {"locationList", "cardList"};
    LONG error;
    LINETRANSLATECAPS *caps = session_fetch(get_caps, NULL, &error);

    if (!caps) {
        session_error(session, "lineGetTranslateCaps", error);
        return;
    }
    writer_number(&session->writer, cards ? "currentPreferredCardID" : "currentLocationID",
                  cards ? caps->dwCurrentPreferredCardID : caps->dwCurrentLocationID);
    fields_write_one(&session->writer, fields_LINETRANSLATECAPS, used[cards], caps,
                     caps->dwTotalSize, VERSION);
    free(caps);
}

void list_countries(struct session *session)
{
    LONG error;
    LINECOUNTRYLIST *list = session_fetch(get_countries, NULL, &error);

    if (!list) {
        session_error(session, "lineGetCountry", error);
        return;
    }
    fields_write_one(&session->writer, fields_LINECOUNTRYLIST, "countryList", list,
                     list->dwTotalSize, VERSION);
    free(list);
}

/* ---- translate ---- */

struct translation {
    WCHAR number[256];
    DWORD card, options;
};

static LONG translate(const void *arguments, void *to)
{
    const struct translation *of = arguments;

    return lineTranslateAddressW(0, 0, VERSION, of->number, of->card, of->options, to);
}

int command_translate(const struct options *options)
{
    struct translation translation = {
        .card = options->card,
        .options = (options->card ? LINETRANSLATEOPTION_CARDOVERRIDE : 0) |
                   (options->local ? LINETRANSLATEOPTION_FORCELOCAL : 0) |
                   (options->long_distance ? LINETRANSLATEOPTION_FORCELD : 0) |
                   (options->no_call_waiting ? LINETRANSLATEOPTION_CANCELCALLWAITING : 0),
    };
    struct session session;
    LINETRANSLATEOUTPUT *output;
    LONG error;

    session_output(&session, options->json);
    if (!MultiByteToWideChar(CP_UTF8, 0, options->words[0], -1, translation.number, 256)) {
        fprintf(stderr, "tapictl: the number is too long\n");
        return 1;
    }
    output = session_fetch(translate, &translation, &error);
    if (!output) {
        session_error(&session, options->words[0], error);
        return 1;
    }
    writer_object(&session.writer, NULL, NULL);
    fields_write(&session.writer, fields_LINETRANSLATEOUTPUT, output, output->dwTotalSize, VERSION);
    writer_end(&session.writer);
    free(output);
    return 0;
}
