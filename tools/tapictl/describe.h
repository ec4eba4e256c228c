/* describe.h - what a message of TAPI says, in words. Win32-free. */
#ifndef TAPICTL_DESCRIBE_H
#define TAPICTL_DESCRIBE_H

#include <stdint.h>

#include "tools/tapictl/writer.h"

struct described_message {
    uint32_t id; /* LINE_, PHONE_ */
    uint64_t device;
    uint64_t params[3];
};

/* The message's name, "0x..." in spare where it has none. */
const char *message_name(uint32_t id, char spare[WORD_SPARE]);

/* Writes handle and parameters as values of the object that is open; what the message does not use
 * is left out. */
void message_describe(struct writer *writer, const struct described_message *message);

#endif
