/* fields.h - the members of TAPI's structures, as a table (written by words.py). Win32-free. */
#ifndef TAPICTL_FIELDS_H
#define TAPICTL_FIELDS_H

#include <stdint.h>

#include "tools/tapictl/writer.h"

enum field_kind {
    FIELD_NUMBER,
    FIELD_BITS,
    FIELD_VALUE,
    FIELD_TEXT,      /* size and offset of UTF-16 text */
    FIELD_MULTI,     /* several texts, an empty one ends them */
    FIELD_BYTES,     /* size and offset of anything: its size is shown */
    FIELD_TEXTS,     /* size and offset of texts that all have the size that stands at count */
    FIELD_EACH_BITS, /* size and offset of an array of DWORDs */
    FIELD_EACH_VALUE,
    FIELD_EACH_NUMBER,
    FIELD_ENTRIES, /* size and offset of structures; their number stands at count */
    FIELD_GUID,
    FIELD_DIALPARAMS,
};

struct field {
    const char *key; /* NULL ends the table */
    uint32_t offset;
    enum field_kind kind;
    enum word_family family;
    uint32_t since; /* API version */
    uint32_t count; /* the offset of a member that says more about this one */
    const struct field
        *entries; /* whose offsets count from the beginning of the structure around */
};

extern const struct field fields_LINEDEVCAPS[], fields_LINEADDRESSCAPS[], fields_LINEDEVSTATUS[],
    fields_LINEADDRESSSTATUS[], fields_PHONECAPS[], fields_PHONESTATUS[], fields_PHONEBUTTONINFO[],
    fields_LINETRANSLATECAPS[], fields_LINETRANSLATEOUTPUT[], fields_LINECOUNTRYLIST[],
    fields_LINEPROXYREQUESTLIST[], fields_LINEAGENTGROUPLIST[], fields_LINEAGENTACTIVITYLIST[],
    fields_LINEAGENTCAPS[], fields_LINEAGENTSTATUS[], fields_LINEQUEUELIST[],
    fields_LINEQUEUEINFO[];

/* Writes all members that the API version has. size is the buffer's; parts that do not lie within
 * it are left out. */
void fields_write(struct writer *writer, const struct field *fields, const void *structure,
                  uint32_t size, uint32_t version);

/* Writes one member, if the table has it. */
void fields_write_one(struct writer *writer, const struct field *fields, const char *key,
                      const void *structure, uint32_t size, uint32_t version);

#endif
