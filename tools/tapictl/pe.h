/* pe.h - what the header of a DLL says: for which CPU it is, what it exports. Win32-free. */
#ifndef TAPICTL_PE_H
#define TAPICTL_PE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PE_I386  0x014c
#define PE_AMD64 0x8664
#define PE_ARM64 0xaa64

/* The CPU of a PE file, 0 where bytes are none. */
uint16_t pe_machine(const uint8_t *bytes, size_t size);

/* "32-bit (x86)", ... */
const char *pe_machine_name(uint16_t machine);

/* Whether the file exports this name; false for anything that is damaged. */
bool pe_exports(const uint8_t *bytes, size_t size, const char *name);

#endif
