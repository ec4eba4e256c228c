/*
 * sample.h - structures with every part filled, made and checked with the same tables that
 * struct_layout.c uses; the tables themselves are checked against <tapi.h> in tests/tapi2.
 */
#ifndef TESTS_LAYOUT_SAMPLE_H
#define TESTS_LAYOUT_SAMPLE_H

#include "base/struct_layout.h"

/* A character set of the tests: one byte below 0x80, two bytes for the rest. */
extern const struct struct_text sample_text;

/* The newest W form, malloc'ed, every part filled; *size in bytes. */
void *sample_make(enum struct_kind kind, uint32_t *size);

/* Parts of the kind in this version: how many it has, and whether part `index` of `structure` is
 * there. When it is there and does not hold what sample_make put in, that is a failed check. */
unsigned sample_parts(enum struct_kind kind, uint32_t version);
bool sample_check_part(enum struct_kind kind, struct struct_form form, const void *structure,
                       uint32_t size, unsigned index);
/* Offset of a part's dwXxxSize; 0 where it has none (LINEFORWARDLIST). */
uint32_t sample_member(enum struct_kind kind, unsigned index);
bool sample_is_input(enum struct_kind kind); /* dwTotalSize is its only header */

uint32_t get32(const void *at, uint32_t offset);
void put32(void *at, uint32_t offset, uint32_t value);

#endif
