/* fields.h - the members of TAPI's structures, as a table (written by words.py). Win32-free. */
#ifndef TAPICTL_FIELDS_H
#define TAPICTL_FIELDS_H

#include <stdint.h>

#include "tools/tapictl/writer.h"

enum field_kind {
    FIELD_NUMBER,
    FIELD_BITS,
    FIELD_VALUE,
    FIELD_TEXT,  /* size and offset of UTF-16 text */
    FIELD_MULTI, /* several texts, an empty one ends them */
    FIELD_BYTES, /* size and offset of anything: its size is shown */
    FIELD_GUID,
    FIELD_DIALPARAMS,
};

struct field {
    const char *key; /* NULL ends the table */
    uint32_t offset;
    enum field_kind kind;
    enum word_family family;
    uint32_t since; /* API version */
};

extern const struct field fields_LINEDEVCAPS[], fields_LINEADDRESSCAPS[], fields_LINEDEVSTATUS[],
    fields_LINEADDRESSSTATUS[];

/* Writes all members that the API version has. size is the buffer's; parts that do not lie within
 * it are left out. */
void fields_write(struct writer *writer, const struct field *fields, const void *structure,
                  uint32_t size, uint32_t version);

#endif
