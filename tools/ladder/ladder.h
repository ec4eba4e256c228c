/*
 * ladder.h - a call ladder: who did what to whom, and when, from the event log of an exchange.
 *
 * The log is text in UTF-8, a line per event, four fields parted by tabs:
 *     <milliseconds> TAB <from> TAB <to> TAB <what>
 * An empty <to>, or one equal to <from>, is something a party does by itself. Empty lines and lines
 * that begin with "#" are passed over. Parties stand in the order in which they appear; times, which
 * must not go back, are shown from the first event on.
 */
#ifndef TOOLS_LADDER_H
#define TOOLS_LADDER_H

#include <stddef.h>
#include <stdio.h>

struct ladder;

/* Reads a whole log. On bad input: NULL, and a sentence with the line's number in error. */
struct ladder *ladder_parse(const char *text, char *error, size_t error_size);
void ladder_free(struct ladder *ladder);

size_t ladder_party_count(const struct ladder *ladder);
size_t ladder_event_count(const struct ladder *ladder);

/* Writes the ladder as columns of text, or as an SVG picture. */
void ladder_write_text(const struct ladder *ladder, FILE *out);
void ladder_write_svg(const struct ladder *ladder, const char *title, FILE *out);

#endif
