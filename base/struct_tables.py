#!/usr/bin/env python3
"""Writes struct_kinds.h and struct_tables.h from a table of tapi.h's structure layouts.

    struct_tables.py structs.csv

structs.csv has the columns struct, field, type, offset_i686, offset_x86_64, size, ...; the rows
"(sizeof@V)" give the fixed size as of API version V. The layouts are the same for both CPUs. The
results are committed: run this again only when a structure is added below.
"""
import csv
import os
import sys

# Columns of the size table: the first API version that has each layout.
VERSIONS = [0x00010003, 0x00020000, 0x00020002, 0x00030000, 0x00030001]

# Kinds of variable parts:
#   S   string           M  list of strings, ends with an empty one      B  bytes
#   V   VARSTRING's string: as dwStringFormat says
#   T   table of count strings in entries of equal size:   (T, count member, entry size member)
#   A   array of plain values:                (A, count member, bytes of an element, clear)
#   R   array of records with strings:        (R, count member, record, clear)
# `clear`: the count describes this array only, so it is 0 when the array is left out.
S, M, B, V, T, A, R = "STRING MULTI BYTES VARIANT TABLE ARRAY RECORDS".split()

RECORDS = {
    "LINECALLTREATMENTENTRY": ["dwCallTreatmentName"],
    "LINEFORWARD": ["dwCallerAddress", "dwDestAddress"],
    "LINEAGENTACTIVITYENTRY": ["dwName"],
    "LINEAGENTGROUPENTRY": ["dwName"],
    "LINEAPPINFO": ["dwMachineName", "dwUserName", "dwModuleFilename", "dwFriendlyName"],
    "LINEAGENTENTRY": ["dwName", "dwID", "dwPIN"],
    "LINEQUEUEENTRY": ["dwName"],
    "LINECARDENTRY": ["dwCardName", "dwSameAreaRule", "dwLongDistanceRule",
                      "dwInternationalRule"],
    "LINECOUNTRYENTRY": ["dwCountryName", "dwSameAreaRule", "dwLongDistanceRule",
                         "dwInternationalRule"],
    "LINELOCATIONENTRY": ["dwLocationName", "dwCityCode", "dwLocalAccessCode",
                          "dwLongDistanceAccessCode", "dwTollPrefixList",
                          "dwCancelCallWaiting"],
    "LINEPROVIDERENTRY": ["dwProviderFilename"],
}

# name: (header, {part: kind}); the header is "full" (dwTotalSize, dwNeededSize, dwUsedSize),
# "total" (dwTotalSize alone: input structures) or "list" (dwTotalSize, dwNumEntries, records).
STRUCTS = {
    "LINEADDRESSCAPS": ("full", {
        "dwAddress": S, "dwDevSpecific": B,
        "dwCompletionMsgText": (T, "dwNumCompletionMessages", "dwCompletionMsgTextEntrySize"),
        "dwCallTreatmentList": (R, "dwNumCallTreatments", "LINECALLTREATMENTENTRY", 1),
        "dwDeviceClasses": M}),
    "LINEADDRESSSTATUS": ("full", {
        "dwForward": (R, "dwForwardNumEntries", "LINEFORWARD", 1),
        "dwTerminalModes": B, "dwDevSpecific": B}),
    "LINEAGENTACTIVITYLIST": ("full", {
        "dwList": (R, "dwNumEntries", "LINEAGENTACTIVITYENTRY", 1)}),
    "LINEAGENTCAPS": ("full", {
        "dwAgentHandlerInfo": S,
        "dwAgentExtensionIDList": (A, "dwNumAgentExtensionIDs", 16, 1)}),
    "LINEAGENTGROUPLIST": ("full", {
        "dwList": (R, "dwNumEntries", "LINEAGENTGROUPENTRY", 1)}),
    "LINEAGENTSTATUS": ("full", {
        "dwGroupList": (R, "dwNumEntries", "LINEAGENTGROUPENTRY", 1), "dwActivity": S}),
    "LINEAGENTLIST": ("full", {"dwList": (R, "dwNumEntries", "LINEAGENTENTRY", 1)}),
    "LINEAGENTSESSIONLIST": ("full", {"dwList": (A, "dwNumEntries", 28, 1)}),
    "LINEQUEUELIST": ("full", {"dwList": (R, "dwNumEntries", "LINEQUEUEENTRY", 1)}),
    "LINEPROXYREQUESTLIST": ("full", {"dwList": (A, "dwNumEntries", 4, 1)}),
    "LINEAGENTINFO": ("full", {}),
    "LINEAGENTSESSIONINFO": ("full", {}),
    "LINEQUEUEINFO": ("full", {}),
    "LINECALLINFO": ("full", dict(
        [(n + x, S) for n in ("dwCallerID", "dwCalledID", "dwConnectedID", "dwRedirectionID",
                              "dwRedirectingID") for x in ("", "Name")] +
        [(n, S) for n in ("dwAppName", "dwDisplayableAddress", "dwCalledParty", "dwComment")] +
        [(n, B) for n in ("dwDisplay", "dwUserUserInfo", "dwHighLevelComp", "dwLowLevelComp",
                          "dwChargingInfo", "dwTerminalModes", "dwDevSpecific", "dwCallData",
                          "dwSendingFlowspec", "dwReceivingFlowspec")])),
    "LINECALLLIST": ("full", {"dwCalls": (A, "dwCallsNumEntries", 4, 1)}),
    "LINECALLPARAMS": ("total", dict(
        [(n, S) for n in ("dwOrigAddress", "dwDisplayableAddress", "dwCalledParty", "dwComment",
                          "dwTargetAddress", "dwDeviceClass", "dwCallingPartyID")] +
        [(n, B) for n in ("dwUserUserInfo", "dwHighLevelComp", "dwLowLevelComp", "dwDevSpecific",
                          "dwSendingFlowspec", "dwReceivingFlowspec", "dwDeviceConfig",
                          "dwCallData")])),
    "LINECALLSTATUS": ("full", {"dwDevSpecific": B}),
    "LINECOUNTRYLIST": ("full", {"dwCountryList": (R, "dwNumCountries", "LINECOUNTRYENTRY", 1)}),
    "LINEDEVCAPS": ("full", {
        "dwProviderInfo": S, "dwSwitchInfo": S, "dwLineName": S,
        "dwTerminalCaps": (A, "dwNumTerminals", 12, 0),
        "dwTerminalText": (T, "dwNumTerminals", "dwTerminalTextEntrySize"),
        "dwDevSpecific": B, "dwDeviceClasses": M}),
    "LINEDEVSTATUS": ("full", {
        "dwTerminalModes": B, "dwDevSpecific": B,
        "dwAppInfo": (R, "dwNumOpens", "LINEAPPINFO", 0)}),
    "LINEFORWARDLIST": ("list", {"ForwardList": (R, "dwNumEntries", "LINEFORWARD", 1)}),
    "LINEPROVIDERLIST": ("full", {
        "dwProviderList": (R, "dwNumProviders", "LINEPROVIDERENTRY", 1)}),
    "LINETRANSLATECAPS": ("full", {
        "dwLocationList": (R, "dwNumLocations", "LINELOCATIONENTRY", 1),
        "dwCardList": (R, "dwNumCards", "LINECARDENTRY", 1)}),
    "LINETRANSLATEOUTPUT": ("full", {"dwDialableString": S, "dwDisplayableString": S}),
    "PHONEBUTTONINFO": ("full", {"dwButtonText": S, "dwDevSpecific": B}),
    "PHONECAPS": ("full", dict(
        [(n, S) for n in ("dwProviderInfo", "dwPhoneInfo", "dwPhoneName")] +
        [(n, B) for n in ("dwButtonModes", "dwButtonFunctions", "dwLampModes", "dwSetData",
                          "dwGetData", "dwDevSpecific")] +
        [("dwDeviceClasses", M)])),
    "PHONESTATUS": ("full", {"dwDisplay": B, "dwLampModes": B, "dwOwnerName": S,
                             "dwDevSpecific": B}),
    "VARSTRING": ("full", {"dwString": V}),
}


def read(path):
    layouts, sizes = {}, {}
    for row in csv.DictReader(open(path, newline="")):
        name, field = row["struct"], row["field"]
        if field.startswith("(sizeof@"):
            sizes.setdefault(name, {})[int(field[8:-1], 16)] = int(row["offset_or_sizeof_i686"])
        elif not field.startswith("("):
            layouts.setdefault(name, {})[field] = int(row["offset_or_sizeof_i686"])
    return layouts, sizes


def size_row(sizes):
    row, last = [], min(sizes.items())[1]
    for version in VERSIONS:
        last = sizes.get(version, last)
        row.append(last)
    assert set(sizes) <= set(VERSIONS), sizes
    return ", ".join(map(str, row))


def main():
    layouts, sizes = read(sys.argv[1])
    here = os.path.dirname(os.path.abspath(__file__))
    note = "/* Generated by struct_tables.py; do not edit. */\n"
    with open(os.path.join(here, "struct_kinds.h"), "w") as out:
        out.write(note)
        for name in STRUCTS:
            out.write("STRUCT_KIND(%s)\n" % name)
    with open(os.path.join(here, "struct_tables.h"), "w") as out:
        out.write(note + "/* clang-format off */\n")
        for name, strings in RECORDS.items():
            at = layouts[name]
            out.write("static const struct record_layout record_%s = {\n    { %s }, %d,\n    { %s }\n};\n"
                      % (name, size_row(sizes[name]), len(strings),
                         ", ".join(str(at[s + "Size"]) for s in strings)))
            assert all(at[s + "Offset"] == at[s + "Size"] + 4 for s in strings), name
        for name, (header, parts) in STRUCTS.items():
            at = layouts[name]
            offsets = {f[:-6] for f in at if f.endswith("Offset")}
            missing = offsets - set(parts)
            assert not missing, (name, missing)
            # By offset: parts of newer versions come last.
            parts = dict(sorted(parts.items(), key=lambda part: at.get(part[0] + "Size", 0)))
            if not parts:
                continue
            out.write("static const struct part_layout parts_%s[] = {\n" % name)
            for part, spec in parts.items():
                spec = spec if isinstance(spec, tuple) else (spec,)
                kind = spec[0]
                if header == "list":
                    size, offset = 0, 8
                else:
                    size, offset = at[part + "Size"], at[part + "Offset"]
                    assert offset == size + 4, (name, part)
                count = entry = element = clear = 0
                record = "NULL"
                if kind in (T, A, R):
                    count = at[spec[1]]
                if kind == T:
                    entry = at[spec[2]]
                if kind == A:
                    element, clear = spec[2], spec[3]
                if kind == R:
                    record, clear = "&record_" + spec[2], spec[3]
                out.write("    { PART_%s, %d, %d, %d, %d, %d, %s }, /* %s */\n"
                          % (kind, size, count, entry, element, clear, record, part))
            out.write("};\n")
        out.write("static const struct layout layouts[STRUCT_KIND_COUNT] = {\n")
        for name, (header, parts) in STRUCTS.items():
            fmt = layouts[name].get("dwStringFormat", 0)
            # A phone's is that of its display, which has no A and W form; it stays what it is.
            if name == "PHONECAPS":
                fmt = 0
            out.write("    [STRUCT_%s] = { \"%s\", HEADER_%s, { %s }, %d, %d, %s },\n"
                      % (name, name, header.upper(), size_row(sizes[name]), fmt, len(parts),
                         "parts_" + name if parts else "NULL"))
        out.write("};\n")


main()
