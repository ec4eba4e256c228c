/* pe.c - reads PE files as a stranger's bytes: every offset is checked. */
#include "tools/tapictl/pe.h"

#include <string.h>

static uint32_t read_u32(const uint8_t *bytes, size_t size, size_t at)
{
    if (at > size || size - at < 4)
        return 0;
    return bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
           (uint32_t)bytes[at + 3] << 24;
}

static uint16_t read_u16(const uint8_t *bytes, size_t size, size_t at)
{
    if (at > size || size - at < 2)
        return 0;
    return (uint16_t)(bytes[at] | bytes[at + 1] << 8);
}

/* Where "PE\0\0" stands, 0 if nowhere. */
static size_t header_at(const uint8_t *bytes, size_t size)
{
    size_t at;

    if (size < 0x40 || bytes[0] != 'M' || bytes[1] != 'Z')
        return 0;
    at = read_u32(bytes, size, 0x3C);
    return read_u32(bytes, size, at) == 0x00004550 ? at : 0;
}

uint16_t pe_machine(const uint8_t *bytes, size_t size)
{
    size_t header = header_at(bytes, size);

    return header ? read_u16(bytes, size, header + 4) : 0;
}

const char *pe_machine_name(uint16_t machine)
{
    switch (machine) {
    case PE_I386:
        return "32-bit (x86)";
    case PE_AMD64:
        return "64-bit (x64)";
    case PE_ARM64:
        return "64-bit (ARM)";
    case 0:
        return "no Windows DLL";
    default:
        return "for an unknown CPU";
    }
}

/* The place in the file of an address in memory; size if there is none. */
static size_t file_offset(const uint8_t *bytes, size_t size, uint32_t address)
{
    size_t header = header_at(bytes, size);
    size_t section = header + 24 + read_u16(bytes, size, header + 20);
    unsigned count = read_u16(bytes, size, header + 6);

    for (unsigned i = 0; i < count; i++, section += 40) {
        uint32_t start = read_u32(bytes, size, section + 12);
        uint32_t length = read_u32(bytes, size, section + 16);

        if (address >= start && address - start < length)
            return (size_t)read_u32(bytes, size, section + 20) + (address - start);
    }
    return size;
}

bool pe_exports(const uint8_t *bytes, size_t size, const char *name)
{
    size_t header = header_at(bytes, size), directory, table, length = strlen(name) + 1;
    bool wide = read_u16(bytes, size, header + 24) == 0x20b;
    uint32_t count;

    if (!header)
        return false;
    directory = file_offset(bytes, size, read_u32(bytes, size, header + 24 + (wide ? 112 : 96)));
    count = read_u32(bytes, size, directory + 24);
    table = file_offset(bytes, size, read_u32(bytes, size, directory + 32));
    for (uint32_t i = 0; i < count && table + 4 * (size_t)i < size; i++) {
        size_t at = file_offset(bytes, size, read_u32(bytes, size, table + 4 * (size_t)i));

        if (at < size && size - at >= length && !memcmp(bytes + at, name, length))
            return true;
    }
    return false;
}
