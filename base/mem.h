/*
 * mem.h - all memory of the rooms below the API. One wrapper, so that a test can let the Nth
 * allocation fail and see every path of exhausted memory.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Zero-filled memory; NULL when exhausted (or when the test said so). size 0 gives one byte. */
void *mem_alloc(size_t size);
/* A copy of size bytes; NULL when exhausted. data may be NULL when size is 0. */
void *mem_copy(const void *data, size_t size);
/* Like realloc; the new bytes are not zeroed. The old block stays valid on failure. */
void *mem_realloc(void *memory, size_t size);
void mem_free(void *memory);

/* Test only: the nth allocation from now fails, once (0: none fails). */
void mem_fail_at(unsigned nth);
/* Blocks alive. */
unsigned mem_blocks(void);

#endif
