/*
 * config.h - the configuration as text and as structures (config.c), and what a number is
 * (numbers.c).
 */
#ifndef SIMPBX_CONFIG_H
#define SIMPBX_CONFIG_H

#include "words.h"

#include <stdbool.h>
#include <stddef.h>

/* --- config.c --- */

enum pbx_outside_kind {
    PBX_OUTSIDE_SILENT, /* does nothing by itself: steered */
    PBX_OUTSIDE_ANSWER,
    PBX_OUTSIDE_BUSY,
    PBX_OUTSIDE_RING, /* rings; `after` ms until the network gives up, 0: never */
    PBX_OUTSIDE_REJECT,
    PBX_OUTSIDE_DROP, /* answers at once, hangs up after `after` ms */
    PBX_OUTSIDE_CONGESTED,
    PBX_OUTSIDE_INVALID,
};

struct pbx_behaviour {
    enum pbx_outside_kind kind;
    uint32_t after; /* ms until it happens */
    bool hangs_up;
    uint32_t hangup_after; /* ms after the answer */
    uint32_t digits_after; /* ms after the answer */
    char digits[PBX_DIGITS];
};

struct pbx_outside {
    char pattern[PBX_NUMBER]; /* digits; X matches one digit, a final * any rest */
    char name[PBX_NAME];
    struct pbx_behaviour behaviour;
};

struct pbx_forward {
    char number[PBX_NUMBER]; /* empty: off */
};

/* Somebody outside who calls an extension, once. */
struct pbx_caller_plan {
    char number[PBX_NUMBER], name[PBX_NAME];
    char extension[PBX_NUMBER];
    uint32_t after;                 /* ms after the extension's line has been opened */
    bool answered;                  /* at the extension's telephone, by no program */
    uint32_t answered_after;        /* ms of ringing */
    struct pbx_behaviour behaviour; /* hangup and digits, once somebody has answered */
};

enum pbx_forward_kind { PBX_FWD_UNCOND, PBX_FWD_BUSY, PBX_FWD_NOANSWER, PBX_FWD_KINDS };

struct pbx_config_extension {
    char number[PBX_NUMBER];
    char name[PBX_NAME];
    char group[PBX_NUMBER];
    struct pbx_forward forward[PBX_FWD_KINDS];
};

/* A desk set (phone.h): how many call appearances, and its display. */
struct pbx_phone_plan {
    char extension[PBX_NUMBER];
    uint32_t appearances, rows, columns;
};

struct pbx_settings {
    bool stepped;
    uint32_t bandwidth;  /* kbit/s */
    uint32_t calls;      /* most calls of an address */
    uint32_t conference; /* most parties of a conference besides its owner */
    bool call_waiting;
    uint32_t no_answer;             /* ms until an unanswered call ends; 0: never */
    uint32_t ring_cycle;            /* ms between rings */
    uint32_t park_timeout;          /* ms until a parked call comes back; 0: never */
    int32_t completion_delay;       /* ms; 0 at once, -1 at once on another thread */
    uint32_t digit_time, digit_gap; /* ms */
    char prefix[PBX_NUMBER];        /* for outside numbers; optional when dialing */
    char park_first[PBX_NUMBER];
    uint32_t park_count;
    uint32_t audio_rate, audio_bits, audio_channels;
};

struct pbx_config {
    struct pbx_settings settings;
    struct pbx_config_extension *extensions;
    size_t extension_count, extension_capacity;
    struct pbx_outside *outside;
    size_t outside_count, outside_capacity;
    struct pbx_caller_plan *callers;
    size_t caller_count, caller_capacity;
    struct pbx_phone_plan *phones;
    size_t phone_count, phone_capacity;
    struct pbx_acd_plan *acds;
    size_t acd_count, acd_capacity;
};

/* Reads configuration text (docs/simpbx.md). False: error holds "line 7: ..." and config is empty.
 * config_free ends either. */
bool pbx_config_parse(struct pbx_config *config, const char *text, size_t size, char *error,
                      size_t error_size);
void pbx_config_free(struct pbx_config *config);
/* Reads what an outside number does ("answer 500 hangup 3000"). */
bool pbx_behaviour_parse(struct pbx_behaviour *behaviour, const char *text, char *error,
                         size_t error_size);

/* --- numbers.c --- */

/* Copies the dialable digits of a TAPI address ("+1 (425) 555-0100", "T9,1001|..^name"). False: it
 * holds none, or too many. A final ';' (more to come) sets *partial. */
bool pbx_number_clean(char number[PBX_NUMBER], const char *address, bool *partial);
bool pbx_number_matches(const char *pattern, const char *number);
bool pbx_is_digit(char c); /* 0-9 A-D * # */

#endif
