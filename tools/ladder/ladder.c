/* ladder.c - reads an exchange's event log and draws it (ladder.h). */
#include "ladder.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PARTIES 64

struct ladder_event {
    unsigned long long time; /* ms */
    size_t from, to;         /* indices of parties */
    const char *what;
};

struct ladder {
    char *text; /* owns every string below */
    const char *party[MAX_PARTIES];
    size_t parties;
    struct ladder_event *event;
    size_t events;
};

static int find_party(struct ladder *ladder, const char *name, size_t *index)
{
    for (*index = 0; *index < ladder->parties; ++*index)
        if (!strcmp(ladder->party[*index], name))
            return 1;
    if (ladder->parties == MAX_PARTIES)
        return 0;
    ladder->party[ladder->parties++] = name;
    return 1;
}

/* Cuts the next field off *cursor; NULL when there is none. */
static char *next_field(char **cursor, char end)
{
    char *field = *cursor;
    char *stop;

    if (!field)
        return NULL;
    stop = end ? strchr(field, end) : NULL;
    *cursor = stop ? stop + 1 : NULL;
    if (stop)
        *stop = 0;
    return field;
}

static const char *parse_line(struct ladder *ladder, char *line)
{
    struct ladder_event *event = &ladder->event[ladder->events];
    char *cursor = line, *time = next_field(&cursor, '\t'), *from = next_field(&cursor, '\t');
    char *to = next_field(&cursor, '\t'), *what = next_field(&cursor, 0), *end;

    if (!what)
        return "has fewer than four fields parted by tabs";
    event->time = strtoull(time, &end, 10);
    if (end == time || *end || *time == '-')
        return "does not begin with a time in milliseconds";
    if (ladder->events && event->time < event[-1].time)
        return "is earlier than the line before it";
    if (!*from)
        return "names nobody in its second field";
    if (!find_party(ladder, from, &event->from) || !find_party(ladder, *to ? to : from, &event->to))
        return "names more than 64 parties";
    event->what = what;
    ladder->events++;
    return NULL;
}

struct ladder *ladder_parse(const char *text, char *error, size_t error_size)
{
    struct ladder *ladder = calloc(1, sizeof(*ladder));
    size_t lines = 1, number = 0;
    const char *wrong = "out of memory";
    char *cursor, *line;

    error[0] = 0;
    if (!ladder)
        goto fail;
    for (const char *p = text; *p; p++)
        lines += *p == '\n';
    ladder->text = malloc(strlen(text) + 1);
    ladder->event = calloc(lines, sizeof(*ladder->event));
    if (!ladder->text || !ladder->event)
        goto fail;
    cursor = strcpy(ladder->text, text);
    while ((line = next_field(&cursor, '\n'))) {
        number++;
        line[strcspn(line, "\r")] = 0;
        if (*line && *line != '#' && (wrong = parse_line(ladder, line)))
            goto fail;
    }
    return ladder;

fail:
    if (number)
        snprintf(error, error_size, "line %zu %s", number, wrong);
    else
        snprintf(error, error_size, "%s", wrong);
    ladder_free(ladder);
    return NULL;
}

void ladder_free(struct ladder *ladder)
{
    if (!ladder)
        return;
    free(ladder->event);
    free(ladder->text);
    free(ladder);
}

size_t ladder_party_count(const struct ladder *ladder)
{
    return ladder->parties;
}

size_t ladder_event_count(const struct ladder *ladder)
{
    return ladder->events;
}

/* Characters, not bytes: what a terminal and an SVG font count. */
static size_t utf8_length(const char *text)
{
    size_t length = 0;

    for (; *text; text++)
        length += (*text & 0xC0) != 0x80;
    return length;
}

static void put_centred(FILE *out, const char *text, size_t width, char fill)
{
    size_t length = utf8_length(text), left = width > length ? (width - length) / 2 : 0;

    for (size_t i = 0; i < left; i++)
        fputc(fill, out);
    fputs(text, out);
    for (size_t i = left + length; i < width; i++)
        fputc(fill, out);
}

/* The distance between two lifelines: wide enough for every label between neighbours and for
 * every name, so that nothing is cut. */
static size_t text_column(const struct ladder *ladder)
{
    size_t width = 16;

    for (size_t i = 0; i < ladder->parties; i++)
        if (utf8_length(ladder->party[i]) + 2 > width)
            width = utf8_length(ladder->party[i]) + 2;
    for (size_t i = 0; i < ladder->events; i++) {
        const struct ladder_event *event = &ladder->event[i];
        size_t span = event->from > event->to ? event->from - event->to : event->to - event->from;
        size_t need = span ? (utf8_length(event->what) + 5 + span - 1) / span : 0;

        if (need > width)
            width = need;
    }
    return width;
}

static void put_spaces(FILE *out, size_t count)
{
    fprintf(out, "%*s", (int)count, "");
}

/* Times are shown from the first event on. */
static unsigned long long time_of(const struct ladder *ladder, const struct ladder_event *event)
{
    return event->time - ladder->event[0].time;
}

static void write_text_event(const struct ladder *ladder, const struct ladder_event *event,
                             size_t column, FILE *out)
{
    size_t left = event->from < event->to ? event->from : event->to;
    size_t right = event->from < event->to ? event->to : event->from;

    fprintf(out, "%10llu ", time_of(ladder, event));
    put_spaces(out, column / 2);
    for (size_t i = 0; i < ladder->parties; i++) {
        if (left == right && i == left) {
            fprintf(out, "* %s", event->what);
            break; /* the note may run over the lifelines to its right */
        }
        fputc('|', out);
        if (i == left) {
            fputc(event->from == left ? '-' : '<', out);
            put_centred(out, event->what, (right - left) * column - 3, '-');
            fputc(event->from == left ? '>' : '-', out);
            i = right - 1;
            continue;
        }
        if (i + 1 < ladder->parties)
            put_spaces(out, column - 1);
    }
    fputc('\n', out);
}

void ladder_write_text(const struct ladder *ladder, FILE *out)
{
    size_t column = text_column(ladder);

    fprintf(out, "%10s ", "ms");
    for (size_t i = 0; i < ladder->parties; i++)
        put_centred(out, ladder->party[i], column, ' ');
    fputc('\n', out);
    for (size_t i = 0; i < ladder->events; i++)
        write_text_event(ladder, &ladder->event[i], column, out);
}

static void put_xml(FILE *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            /* control characters are not allowed in XML at all */
            fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
        }
    }
}

static void write_svg_text(FILE *out, size_t x, size_t y, const char *class_name, const char *text)
{
    fprintf(out, "<text x=\"%zu\" y=\"%zu\" class=\"%s\">", x, y, class_name);
    put_xml(out, text);
    fputs("</text>\n", out);
}

void ladder_write_svg(const struct ladder *ladder, const char *title, FILE *out)
{
    enum { margin = 90, top = 80, step = 30, character = 8 };
    size_t column = text_column(ladder) * character;
    size_t width = margin + column * ladder->parties + 40;
    size_t height = top + step * (ladder->events + 1);

    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" "
            "viewBox=\"0 0 %zu %zu\" font-family=\"sans-serif\">\n"
            "<style>.life{stroke:#b8c0cc}.arrow{stroke:#1f5fa8;stroke-width:1.6}"
            ".name{font-size:14px;font-weight:bold;text-anchor:middle}"
            ".what{font-size:12px;text-anchor:middle}.note{font-size:12px}"
            ".time{font-size:11px;fill:#777;text-anchor:end}.title{font-size:16px}</style>\n"
            "<defs><marker id=\"head\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\" "
            "orient=\"auto\"><path d=\"M0,0 L9,4 L0,8 z\" fill=\"#1f5fa8\"/></marker></defs>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            width, height, width, height);
    write_svg_text(out, 20, 28, "title", title);
    for (size_t i = 0; i < ladder->parties; i++) {
        size_t x = margin + column / 2 + i * column;

        write_svg_text(out, x, top - 22, "name", ladder->party[i]);
        fprintf(out, "<line class=\"life\" x1=\"%zu\" y1=\"%d\" x2=\"%zu\" y2=\"%zu\"/>\n", x,
                top - 14, x, height - 10);
    }
    for (size_t i = 0; i < ladder->events; i++) {
        const struct ladder_event *event = &ladder->event[i];
        size_t y = top + step * i + step / 2, from = margin + column / 2 + event->from * column;
        size_t to = margin + column / 2 + event->to * column;
        char time[32];

        snprintf(time, sizeof(time), "%llu ms", time_of(ladder, event));
        write_svg_text(out, margin - 15, y + 4, "time", time);
        if (event->from == event->to) {
            fprintf(out, "<circle cx=\"%zu\" cy=\"%zu\" r=\"4\" fill=\"#1f5fa8\"/>\n", from, y);
            write_svg_text(out, from + 10, y + 4, "note", event->what);
            continue;
        }
        fprintf(out,
                "<line class=\"arrow\" x1=\"%zu\" y1=\"%zu\" x2=\"%zu\" y2=\"%zu\" "
                "marker-end=\"url(#head)\"/>\n",
                from, y, to, y);
        write_svg_text(out, (from + to) / 2, y - 5, "what", event->what);
    }
    fputs("</svg>\n", out);
}
