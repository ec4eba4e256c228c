/* forward.c - TSPI_lineForward, and the list of what is forwarded. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

/* LINEFORWARDMODE_: four bits a condition, in the order all, internal, external, specific. */
static DWORD mode_of(enum pbx_forward_kind kind, int who)
{
    static const DWORD first[PBX_FWD_KINDS] = {LINEFORWARDMODE_UNCOND, LINEFORWARDMODE_BUSY,
                                               LINEFORWARDMODE_NOANSW};

    return first[kind] << (who + 1);
}

struct forwarding {
    struct pbx_forward general[PBX_FWD_KINDS];
    struct pbx_forward_rule rules[PBX_FORWARD_RULES];
    uint32_t count;
    bool no_disturb; /* all calls go to an empty address */
};

/* A text of the list, as UTF-8; FALSE: it lies outside, or is too long. */
static BOOL read_text(const LINEFORWARDLIST *list, DWORD size, DWORD offset, char to[PBX_NUMBER])
{
    WCHAR wide[PBX_NUMBER] = L"";

    to[0] = 0;
    if (size > sizeof(wide) - sizeof(WCHAR) || offset > list->dwTotalSize ||
        size > list->dwTotalSize - offset)
        return FALSE;
    memcpy(wide, (const BYTE *)list + offset, size & ~1u);
    front_utf8(to, PBX_NUMBER, wide, -1);
    return TRUE;
}

static LONG read_entry(const struct pbx_forward *number, const char *caller, DWORD mode,
                       struct forwarding *to)
{
    int found = 0;

    if (!mode || mode & (mode - 1))
        return LINEERR_INVALPARAM;
    for (int kind = 0; kind < PBX_FWD_KINDS; kind++)
        for (int who = -1; who <= PBX_FWD_SPECIFIC; who++) {
            DWORD both = LINEFORWARDMODE_BUSYNA << (who + 1);
            if (mode != mode_of((enum pbx_forward_kind)kind, who) &&
                (mode != both || kind == PBX_FWD_UNCOND))
                continue;
            found++;
            if (who < 0) {
                to->general[kind] = *number;
                if (kind == PBX_FWD_UNCOND)
                    to->no_disturb = !number->number[0];
                continue;
            }
            if (to->count == PBX_FORWARD_RULES)
                return LINEERR_INVALPARAM;
            struct pbx_forward_rule *rule = &to->rules[to->count++];
            rule->kind = (enum pbx_forward_kind)kind;
            rule->who = (enum pbx_forward_who)who;
            memcpy(rule->number, number->number, sizeof(rule->number));
            strcpy(rule->caller, who == PBX_FWD_SPECIFIC ? caller : "");
        }
    return found ? 0 : LINEERR_INVALPARAM;
}

static LONG read_list(const LINEFORWARDLIST *list, DWORD version, struct forwarding *to)
{
    DWORD count, size = forward_size(version), head = 8;

    memset(to, 0, sizeof(*to));
    if (!list)
        return 0;
    count = list->dwNumEntries;
    if (list->dwTotalSize < head || count > (list->dwTotalSize - head) / size)
        return LINEERR_STRUCTURETOOSMALL;
    for (DWORD i = 0; i < count; i++) {
        struct pbx_forward number;
        char caller[PBX_NUMBER];
        LINEFORWARD entry;

        memset(&entry, 0, sizeof(entry));
        memcpy(&entry, (const BYTE *)list + head + i * size, size);
        if (!read_text(list, entry.dwDestAddressSize, entry.dwDestAddressOffset, number.number) ||
            !read_text(list, entry.dwCallerAddressSize, entry.dwCallerAddressOffset, caller))
            return LINEERR_INVALADDRESS;
        LONG result = read_entry(&number, caller, entry.dwForwardMode, to);
        if (result)
            return result;
    }
    return 0;
}

LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses,
                              DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
                              DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall,
                              LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams)
{
    struct front_request request;
    struct forwarding wanted;
    struct pbx_extension *e;

    (void)htConsultCall;
    (void)lpCallParams;
    if (lphdConsultCall)
        *lphdConsultCall = NULL; /* there is nobody to consult */
    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        if (!bAllAddresses && dwAddressID)
            request.result = LINEERR_INVALADDRESSID;
        if (!request.result)
            request.result =
                read_list(lpForwardList, ((struct front_line *)e->front)->version, &wanted);
        if (!request.result)
            request.result = pbx_forward_all(e, wanted.general, wanted.rules, wanted.count);
        if (!request.result) {
            e->dnd = wanted.no_disturb;
            e->forward_rings = dwNumRingsNoAnswer < 100 ? dwNumRingsNoAnswer : 100;
            pbx_forward_changed(e);
        }
    }
    return request_end(&request);
}

/* --- LINEADDRESSSTATUS --- */

#define ENTRIES (PBX_FWD_KINDS + PBX_FORWARD_RULES)

void out_forwards(struct front_out *out, const struct pbx_extension *e, LINEADDRESSSTATUS *status)
{
    BYTE entries[ENTRIES * sizeof(LINEFORWARD)];
    DWORD at = 0, size = forward_size(((struct front_line *)e->front)->version);

    for (uint32_t i = 0; i < PBX_FWD_KINDS + e->rule_count; i++) {
        const struct pbx_forward_rule *rule =
            i < PBX_FWD_KINDS ? NULL : &e->rules[i - PBX_FWD_KINDS];
        const char *number = rule ? rule->number : e->forward[i].number;
        LINEFORWARD entry;

        if (i == PBX_FWD_UNCOND && e->dnd)
            number = ""; /* no call comes as far as forwarding */
        else if (!*number)
            continue;
        memset(&entry, 0, sizeof(entry));
        entry.dwForwardMode =
            rule ? mode_of(rule->kind, rule->who) : mode_of((enum pbx_forward_kind)i, -1);
        if (rule)
            out_text(out, rule->caller, &entry.dwCallerAddressSize, &entry.dwCallerAddressOffset);
        out_text(out, number, &entry.dwDestAddressSize, &entry.dwDestAddressOffset);
        memcpy(entries + at, &entry, size);
        at += size;
    }
    out_bytes(out, entries, at, &status->dwForwardSize, &status->dwForwardOffset);
    status->dwForwardNumEntries = status->dwForwardSize / size;
}
