#!/usr/bin/env python3
"""Writes word_tables.h and field_tables.h out of the tables of tapi.h's constants and structures.

    words.py tapi_constants.csv structs.csv

The results are committed: run this again only when a family or a structure is added below.
"""
import csv
import os
import re
import sys

# Families of constants that are shown in words: PREFIX_NAME is "name" of family PREFIX.
# In LINEERR, PHONEERR and the messages the whole name is the word: people look those up.
FAMILIES = """LINEADDRCAPFLAGS LINEADDRESSMODE LINEADDRESSSHARING LINEADDRESSSTATE LINEADDRESSTYPE
LINEADDRFEATURE LINEAGENTSESSIONSTATUS LINEAGENTSTATE LINEAGENTSTATUS LINEAGENTSTATUSEX
LINEANSWERMODE LINEBEARERMODE LINEBUSYMODE LINECALLCOMPLCOND LINECALLCOMPLMODE LINECALLFEATURE
LINECALLFEATURE2 LINECALLHUBTRACKING LINECALLINFOSTATE LINECALLORIGIN LINECALLPARTYID
LINECALLPRIVILEGE LINECALLREASON LINECALLSTATE LINECONNECTEDMODE LINEDEVCAPFLAGS LINEDEVSTATE
LINEDEVSTATUSFLAGS LINEDIALTONEMODE LINEDIGITMODE LINEDISCONNECTMODE LINEFEATURE LINEFORWARDMODE
LINEGATHERTERM LINEGENERATETERM LINEGROUPSTATUS LINEMEDIAMODE LINEOFFERINGMODE LINEPARKMODE
LINEPROXYREQUEST LINEPROXYSTATUS LINEQUEUESTATUS LINEREMOVEFROMCONF LINEREQUESTMODE LINEROAMMODE
LINESPECIALINFO LINETONEMODE LINETRANSFERMODE PHONEBUTTONMODE PHONEBUTTONSTATE PHONESTATE
STRINGFORMAT""".split()
WHOLE = {"LINEERR": "LINEERR_", "PHONEERR": "PHONEERR_"}
FIRST_PRIVATE_MESSAGE = 0x1F4  # TSPI's own: an application never gets them

# Constants that headers of Microsoft have and the table lacks.
MORE = {"LINEDISCONNECTMODE": {"DESTINATIONBARRED": 0x00100000, "FDNRESTRICT": 0x00200000}}

# What a member of a structure is, where it is no plain number: bits or one value of a family.
BITS, VALUE, TEXT, MULTI, BYTES = "BITS VALUE TEXT MULTI BYTES".split()
STRUCTS = {
    "LINEDEVCAPS": {
        "dwProviderInfo": TEXT, "dwSwitchInfo": TEXT, "dwLineName": TEXT, "dwDeviceClasses": MULTI,
        "dwTerminalCaps": BYTES, "dwTerminalText": BYTES, "dwDevSpecific": BYTES,
        "dwStringFormat": (VALUE, "STRINGFORMAT"), "dwAddressModes": (BITS, "LINEADDRESSMODE"),
        "dwBearerModes": (BITS, "LINEBEARERMODE"), "dwMediaModes": (BITS, "LINEMEDIAMODE"),
        "dwGenerateToneModes": (BITS, "LINETONEMODE"),
        "dwGenerateDigitModes": (BITS, "LINEDIGITMODE"),
        "dwMonitorDigitModes": (BITS, "LINEDIGITMODE"), "dwDevCapFlags": (BITS, "LINEDEVCAPFLAGS"),
        "dwAnswerMode": (BITS, "LINEANSWERMODE"), "dwLineStates": (BITS, "LINEDEVSTATE"),
        "dwLineFeatures": (BITS, "LINEFEATURE"), "dwSettableDevStatus": (BITS, "LINEDEVSTATUSFLAGS"),
        "dwAddressTypes": (BITS, "LINEADDRESSTYPE"),
        "dwAvailableTracking": (BITS, "LINECALLHUBTRACKING")},
    "LINEADDRESSCAPS": {
        "dwAddress": TEXT, "dwDeviceClasses": MULTI, "dwDevSpecific": BYTES,
        "dwCompletionMsgText": BYTES, "dwCallTreatmentList": BYTES,
        "dwAddressSharing": (BITS, "LINEADDRESSSHARING"),
        "dwAddressStates": (BITS, "LINEADDRESSSTATE"),
        "dwCallInfoStates": (BITS, "LINECALLINFOSTATE"),
        "dwCallerIDFlags": (BITS, "LINECALLPARTYID"), "dwCalledIDFlags": (BITS, "LINECALLPARTYID"),
        "dwConnectedIDFlags": (BITS, "LINECALLPARTYID"),
        "dwRedirectionIDFlags": (BITS, "LINECALLPARTYID"),
        "dwRedirectingIDFlags": (BITS, "LINECALLPARTYID"), "dwCallStates": (BITS, "LINECALLSTATE"),
        "dwDialToneModes": (BITS, "LINEDIALTONEMODE"), "dwBusyModes": (BITS, "LINEBUSYMODE"),
        "dwSpecialInfo": (BITS, "LINESPECIALINFO"),
        "dwDisconnectModes": (BITS, "LINEDISCONNECTMODE"),
        "dwAddrCapFlags": (BITS, "LINEADDRCAPFLAGS"), "dwCallFeatures": (BITS, "LINECALLFEATURE"),
        "dwRemoveFromConfCaps": (VALUE, "LINEREMOVEFROMCONF"),
        "dwRemoveFromConfState": (BITS, "LINECALLSTATE"),
        "dwTransferModes": (BITS, "LINETRANSFERMODE"), "dwParkModes": (BITS, "LINEPARKMODE"),
        "dwForwardModes": (BITS, "LINEFORWARDMODE"),
        "dwCallCompletionConds": (BITS, "LINECALLCOMPLCOND"),
        "dwCallCompletionModes": (BITS, "LINECALLCOMPLMODE"),
        "dwAddressFeatures": (BITS, "LINEADDRFEATURE"),
        "dwPredictiveAutoTransferStates": (BITS, "LINECALLSTATE"),
        "dwCallFeatures2": (BITS, "LINECALLFEATURE2"),
        "dwConnectedModes": (BITS, "LINECONNECTEDMODE"),
        "dwOfferingModes": (BITS, "LINEOFFERINGMODE"),
        "dwAvailableMediaModes": (BITS, "LINEMEDIAMODE")},
    "LINEDEVSTATUS": {
        "dwTerminalModes": BYTES, "dwDevSpecific": BYTES, "dwAppInfo": BYTES,
        "dwOpenMediaModes": (BITS, "LINEMEDIAMODE"), "dwLineFeatures": (BITS, "LINEFEATURE"),
        "dwRoamMode": (BITS, "LINEROAMMODE"), "dwDevStatusFlags": (BITS, "LINEDEVSTATUSFLAGS"),
        "dwAvailableMediaModes": (BITS, "LINEMEDIAMODE")},
    "LINEADDRESSSTATUS": {
        "dwForward": BYTES, "dwTerminalModes": BYTES, "dwDevSpecific": BYTES,
        "dwAddressFeatures": (BITS, "LINEADDRFEATURE")},
}
HEADER = ["dwTotalSize", "dwNeededSize", "dwUsedSize"]
TOP = "/* Generated by words.py; do not edit. */\n/* clang-format off */\n"


def constants(path):
    families = {name: [] for name in FAMILIES + list(WHOLE) + ["MESSAGE"]}
    for row in csv.DictReader(open(path)):
        name, value = row["name"], int(row["value_hex"], 16)
        family, _, word = name.partition("_")
        if family in WHOLE:
            families[family].append((name, value))
        elif family in families:
            families[family].append((word.lower(), value))
        elif family in ("LINE", "PHONE") and value < FIRST_PRIVATE_MESSAGE:
            families["MESSAGE"].append((name, value))
    for family, more in MORE.items():
        have = {word for word, _ in families[family]}
        families[family] += [(w.lower(), v) for w, v in more.items() if w.lower() not in have]
    return families


def write_words(families, out):
    out.write(TOP)
    for family in sorted(families):
        assert families[family], family
        out.write("static const struct word words_%s[] = {\n" % family)
        for word, value in sorted(families[family], key=lambda pair: pair[1]):
            out.write('    { 0x%08xu, "%s" },\n' % (value, word))
        out.write("    { 0, NULL }\n};\n")
    out.write("const struct word *const word_families[WORDS_COUNT] = {\n")
    for family in sorted(families):
        out.write("    [WORDS_%s] = words_%s,\n" % (family, family))
    out.write("};\n")


def write_families(families, out):
    out.write(TOP + "enum word_family {\n")
    for family in sorted(families):
        out.write("    WORDS_%s,\n" % family)
    out.write("    WORDS_COUNT\n};\n")
    # The values that describe.c has rows for.
    out.write("enum {\n")
    for name, value in families["MESSAGE"]:
        out.write("    WORD_%s = %u,\n" % (name, value))
    for word, value in families["LINECALLSTATE"]:
        out.write("    WORD_LINECALLSTATE_%s = %u,\n" % (word.upper(), value))
    out.write("};\n")


def key_of(member):
    """dwUUIAcceptSize: uuiAcceptSize; PermanentLineGuid: permanentLineGuid."""
    name = re.sub("^dw", "", member)
    head = re.match("[A-Z]+(?![a-z])|[A-Z]", name).group()
    return head.lower() + name[len(head):]


def write_fields(path, out):
    rows = list(csv.DictReader(open(path)))
    out.write(TOP)
    for struct, kinds in STRUCTS.items():
        out.write("const struct field fields_%s[] = {\n" % struct)
        used = set()
        for row in (r for r in rows if r["struct"] == struct):
            member = row["field"]
            if member.startswith("(") or member in HEADER:
                continue
            offset, since = int(row["offset_or_sizeof_i686"]), int(row["since_tapi_version"], 16)
            kind, family = "FIELD_NUMBER", "0"
            if re.sub("Offset$", "", member) in kinds and member.endswith("Offset"):
                continue
            part = re.sub("Size$", "", member)
            if part != member and isinstance(kinds.get(part), str):
                used.add(part)
                kind, member = "FIELD_" + kinds[part], part
            elif member in kinds:
                used.add(member)
                kind, family = "FIELD_" + kinds[member][0], "WORDS_" + kinds[member][1]
            elif row["type"] == "LINEDIALPARAMS":
                kind = "FIELD_DIALPARAMS"
            elif row["type"] == "GUID":
                kind = "FIELD_GUID"
            out.write('    { "%s", %u, %s, %s, 0x%08x },\n'
                      % (key_of(member), offset, kind, family, since))
        assert used == set(kinds), (struct, set(kinds) - used)
        out.write("    { NULL, 0, 0, 0, 0 }\n};\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    families = constants(sys.argv[1])
    with open(os.path.join(here, "word_families.h"), "w") as out:
        write_families(families, out)
    with open(os.path.join(here, "word_tables.h"), "w") as out:
        write_words(families, out)
    with open(os.path.join(here, "field_tables.h"), "w") as out:
        write_fields(sys.argv[2], out)


main()
