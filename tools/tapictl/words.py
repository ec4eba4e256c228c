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
FAMILIES = """
LINEADDRCAPFLAGS LINEADDRESSMODE LINEADDRESSSHARING LINEADDRESSSTATE LINEADDRESSTYPE
LINEADDRFEATURE LINEAGENTFEATURE LINEAGENTSESSIONSTATUS LINEAGENTSTATE LINEAGENTSTATUS
LINEAGENTSTATUSEX LINEANSWERMODE LINEBEARERMODE LINEBUSYMODE LINECALLCOMPLCOND LINECALLCOMPLMODE
LINECALLFEATURE LINECALLFEATURE2 LINECALLHUBTRACKING LINECALLINFOSTATE LINECALLORIGIN
LINECALLPARTYID LINECALLPRIVILEGE LINECALLREASON LINECALLSTATE LINECALLTREATMENT LINECARDOPTION
LINECONNECTEDMODE LINEDEVCAPFLAGS LINEDEVSTATE LINEDEVSTATUSFLAGS LINEDIALTONEMODE LINEDIGITMODE
LINEDISCONNECTMODE LINEFEATURE LINEFORWARDMODE LINEGATHERTERM LINEGENERATETERM LINEGROUPSTATUS
LINELOCATIONOPTION LINEMEDIAMODE LINEOFFERINGMODE LINEPARKMODE LINEPROXYREQUEST LINEPROXYSTATUS
LINEQUEUESTATUS LINEREMOVEFROMCONF LINEREQUESTMODE LINEROAMMODE LINESPECIALINFO LINETERMDEV
LINETERMMODE LINETERMSHARING LINETONEMODE LINETRANSFERMODE LINETRANSLATERESULT
PHONEBUTTONFUNCTION PHONEBUTTONMODE PHONEBUTTONSTATE PHONEFEATURE PHONEHOOKSWITCHDEV
PHONEHOOKSWITCHMODE PHONELAMPMODE PHONESTATE PHONESTATUSFLAGS STRINGFORMAT
""".split()
WHOLE = {"LINEERR": "LINEERR_", "PHONEERR": "PHONEERR_"}
FIRST_PRIVATE_MESSAGE = 0x1F4  # TSPI's own: an application never gets them

# Constants that headers of Microsoft have and the table lacks.
MORE = {"LINEDISCONNECTMODE": {"DESTINATIONBARRED": 0x00100000, "FDNRESTRICT": 0x00200000}}

# What a member of a structure is, where it is no plain number: bits or one value of a family; a
# part behind the structure, which a size and an offset name. Parts may be arrays: of bits, values
# or numbers (EACH_...), of texts that have a member for their common size (TEXTS), of structures
# (ENTRIES, with the member that counts them).
BITS, VALUE, TEXT, MULTI, BYTES, TEXTS = "BITS VALUE TEXT MULTI BYTES TEXTS".split()
EACH_BITS, EACH_VALUE, EACH_NUMBER, ENTRIES = "EACH_BITS EACH_VALUE EACH_NUMBER ENTRIES".split()
HOOK = {"dw%sHookSwitchMode%s" % (device, s): (kind, "PHONEHOOKSWITCHMODE")
        for device in ("Handset", "Speaker", "Headset") for s, kind in (("", VALUE), ("s", BITS))}
ENTRY_STRUCTS = {
    "LINETERMCAPS": {
        "dwTermDev": (VALUE, "LINETERMDEV"), "dwTermModes": (BITS, "LINETERMMODE"),
        "dwTermSharing": (VALUE, "LINETERMSHARING")},
    "LINECALLTREATMENTENTRY": {
        "dwCallTreatmentID": (VALUE, "LINECALLTREATMENT"), "dwCallTreatmentName": TEXT},
    "LINEFORWARD": {
        "dwForwardMode": (VALUE, "LINEFORWARDMODE"), "dwCallerAddress": TEXT, "dwDestAddress": TEXT,
        "dwCallerAddressType": (BITS, "LINEADDRESSTYPE"),
        "dwDestAddressType": (BITS, "LINEADDRESSTYPE")},
    "LINEAPPINFO": {
        "dwMachineName": TEXT, "dwUserName": TEXT, "dwModuleFilename": TEXT, "dwFriendlyName": TEXT,
        "dwMediaModes": (BITS, "LINEMEDIAMODE")},
    "LINELOCATIONENTRY": {
        "dwLocationName": TEXT, "dwCityCode": TEXT, "dwLocalAccessCode": TEXT,
        "dwLongDistanceAccessCode": TEXT, "dwTollPrefixList": TEXT, "dwCancelCallWaiting": TEXT,
        "dwOptions": (BITS, "LINELOCATIONOPTION")},
    "LINECARDENTRY": {
        "dwCardName": TEXT, "dwSameAreaRule": TEXT, "dwLongDistanceRule": TEXT,
        "dwInternationalRule": TEXT, "dwOptions": (BITS, "LINECARDOPTION")},
    "LINECOUNTRYENTRY": {
        "dwCountryName": TEXT, "dwSameAreaRule": TEXT, "dwLongDistanceRule": TEXT,
        "dwInternationalRule": TEXT},
    "LINEAGENTGROUPENTRY": {"dwName": TEXT},
    "LINEAGENTACTIVITYENTRY": {"dwName": TEXT},
    "LINEQUEUEENTRY": {"dwName": TEXT},
}
STRUCTS = {
    "LINEDEVCAPS": {
        "dwProviderInfo": TEXT, "dwSwitchInfo": TEXT, "dwLineName": TEXT, "dwDeviceClasses": MULTI,
        "dwTerminalCaps": (ENTRIES, "LINETERMCAPS", "dwNumTerminals"), "dwDevSpecific": BYTES,
        "dwTerminalText": (TEXTS, "dwTerminalTextEntrySize"),
        "dwStringFormat": (VALUE, "STRINGFORMAT"), "dwAddressModes": (BITS, "LINEADDRESSMODE"),
        "dwBearerModes": (BITS, "LINEBEARERMODE"), "dwMediaModes": (BITS, "LINEMEDIAMODE"),
        "dwGenerateToneModes": (BITS, "LINETONEMODE"),
        "dwGenerateDigitModes": (BITS, "LINEDIGITMODE"),
        "dwMonitorDigitModes": (BITS, "LINEDIGITMODE"), "dwDevCapFlags": (BITS, "LINEDEVCAPFLAGS"),
        "dwAnswerMode": (BITS, "LINEANSWERMODE"), "dwLineStates": (BITS, "LINEDEVSTATE"),
        "dwLineFeatures": (BITS, "LINEFEATURE"),
        "dwSettableDevStatus": (BITS, "LINEDEVSTATUSFLAGS"),
        "dwAddressTypes": (BITS, "LINEADDRESSTYPE"),
        "dwAvailableTracking": (BITS, "LINECALLHUBTRACKING")},
    "LINEADDRESSCAPS": {
        "dwAddress": TEXT, "dwDeviceClasses": MULTI, "dwDevSpecific": BYTES,
        "dwCompletionMsgText": (TEXTS, "dwCompletionMsgTextEntrySize"),
        "dwCallTreatmentList": (ENTRIES, "LINECALLTREATMENTENTRY", "dwNumCallTreatments"),
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
        "dwTerminalModes": (EACH_BITS, "LINETERMMODE"), "dwDevSpecific": BYTES,
        "dwAppInfo": (ENTRIES, "LINEAPPINFO", "dwNumOpens"),
        "dwOpenMediaModes": (BITS, "LINEMEDIAMODE"), "dwLineFeatures": (BITS, "LINEFEATURE"),
        "dwRoamMode": (BITS, "LINEROAMMODE"), "dwDevStatusFlags": (BITS, "LINEDEVSTATUSFLAGS"),
        "dwAvailableMediaModes": (BITS, "LINEMEDIAMODE")},
    "LINEADDRESSSTATUS": {
        "dwForward": (ENTRIES, "LINEFORWARD", "dwForwardNumEntries"), "dwDevSpecific": BYTES,
        "dwTerminalModes": (EACH_BITS, "LINETERMMODE"),
        "dwAddressFeatures": (BITS, "LINEADDRFEATURE")},
    "PHONECAPS": {
        "dwProviderInfo": TEXT, "dwPhoneInfo": TEXT, "dwPhoneName": TEXT, "dwDevSpecific": BYTES,
        "dwDeviceClasses": MULTI, "dwStringFormat": (VALUE, "STRINGFORMAT"),
        "dwPhoneStates": (BITS, "PHONESTATE"), "dwHookSwitchDevs": (BITS, "PHONEHOOKSWITCHDEV"),
        "dwVolumeFlags": (BITS, "PHONEHOOKSWITCHDEV"), "dwGainFlags": (BITS, "PHONEHOOKSWITCHDEV"),
        **{name: kind for name, kind in HOOK.items() if name.endswith("s")},
        **{name.replace("dw", prefix): kind for name, kind in HOOK.items() if name.endswith("s")
           for prefix in ("dwSettable", "dwMonitored")},
        "dwButtonModes": (EACH_VALUE, "PHONEBUTTONMODE"),
        "dwButtonFunctions": (EACH_VALUE, "PHONEBUTTONFUNCTION"),
        "dwLampModes": (EACH_BITS, "PHONELAMPMODE"),
        "dwSetData": (EACH_NUMBER, None), "dwGetData": (EACH_NUMBER, None),
        "dwPhoneFeatures": (BITS, "PHONEFEATURE")},
    "PHONESTATUS": {
        "dwStatusFlags": (BITS, "PHONESTATUSFLAGS"), "dwDisplay": BYTES, "dwDevSpecific": BYTES,
        **{name: kind for name, kind in HOOK.items() if name.endswith("Mode")},
        "dwLampModes": (EACH_VALUE, "PHONELAMPMODE"), "dwOwnerName": TEXT,
        "dwPhoneFeatures": (BITS, "PHONEFEATURE")},
    "PHONEBUTTONINFO": {
        "dwButtonMode": (VALUE, "PHONEBUTTONMODE"), "dwDevSpecific": BYTES, "dwButtonText": TEXT,
        "dwButtonFunction": (VALUE, "PHONEBUTTONFUNCTION"),
        "dwButtonState": (VALUE, "PHONEBUTTONSTATE")},
    "LINETRANSLATECAPS": {
        "dwLocationList": (ENTRIES, "LINELOCATIONENTRY", "dwNumLocations"),
        "dwCardList": (ENTRIES, "LINECARDENTRY", "dwNumCards")},
    "LINETRANSLATEOUTPUT": {
        "dwDialableString": TEXT, "dwDisplayableString": TEXT,
        "dwTranslateResults": (BITS, "LINETRANSLATERESULT")},
    "LINECOUNTRYLIST": {"dwCountryList": (ENTRIES, "LINECOUNTRYENTRY", "dwNumCountries")},
    "LINEPROXYREQUESTLIST": {"dwList": (EACH_VALUE, "LINEPROXYREQUEST")},
    "LINEAGENTGROUPLIST": {"dwList": (ENTRIES, "LINEAGENTGROUPENTRY", "dwNumEntries")},
    "LINEAGENTACTIVITYLIST": {"dwList": (ENTRIES, "LINEAGENTACTIVITYENTRY", "dwNumEntries")},
    "LINEAGENTCAPS": {
        "dwAgentHandlerInfo": TEXT, "dwFeatures": (BITS, "LINEAGENTFEATURE"),
        "dwStates": (BITS, "LINEAGENTSTATE"), "dwNextStates": (BITS, "LINEAGENTSTATE"),
        "dwAgentStatusMessages": (BITS, "LINEAGENTSTATUS"), "dwAgentExtensionIDList": BYTES},
    "LINEAGENTSTATUS": {
        "dwGroupList": (ENTRIES, "LINEAGENTGROUPENTRY", "dwNumEntries"), "dwActivity": TEXT,
        "dwState": (VALUE, "LINEAGENTSTATE"), "dwNextState": (VALUE, "LINEAGENTSTATE"),
        "dwAgentFeatures": (BITS, "LINEAGENTFEATURE"), "dwValidStates": (BITS, "LINEAGENTSTATE"),
        "dwValidNextStates": (BITS, "LINEAGENTSTATE")},
    "LINEQUEUELIST": {"dwList": (ENTRIES, "LINEQUEUEENTRY", "dwNumEntries")},
    "LINEQUEUEINFO": {},
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
    for family in ("LINECALLSTATE", "LINEDEVSTATE", "PHONESTATE"):
        for word, value in families[family]:
            out.write("    WORD_%s_%s = %u,\n" % (family, word.upper(), value))
    out.write("};\n")


# Lists that are called only so.
LISTS = {"LINEPROXYREQUESTLIST": "proxyRequests", "LINEAGENTGROUPLIST": "groupList",
         "LINEAGENTACTIVITYLIST": "activityList", "LINEQUEUELIST": "queueList"}


def key_of(struct, member):
    """dwUUIAcceptSize: uuiAcceptSize; PermanentLineGuid: permanentLineGuid."""
    if member == "dwList":
        return LISTS[struct]
    name = re.sub("^dw", "", member)
    head = re.match("[A-Z]+(?![a-z])|[A-Z]", name).group()
    return head.lower() + name[len(head):]


def part_columns(kind, members):
    """Of a part: kind, family, the offset of what counts it, the table of its entries."""
    if isinstance(kind, str):
        return "FIELD_" + kind, "0", 0, "NULL"
    if kind[0] == ENTRIES:
        return "FIELD_ENTRIES", "0", members[kind[2]], "fields_" + kind[1]
    if kind[0] == TEXTS:
        return "FIELD_TEXTS", "0", members[kind[1]], "NULL"
    return "FIELD_" + kind[0], "WORDS_" + kind[1] if kind[1] else "0", 0, "NULL"


def write_fields(path, out):
    rows = list(csv.DictReader(open(path)))
    out.write(TOP)
    for struct, kinds in [*ENTRY_STRUCTS.items(), *STRUCTS.items()]:
        static = "static " if struct in ENTRY_STRUCTS else ""
        out.write("%sconst struct field fields_%s[] = {\n" % (static, struct))
        used = set()
        mine = [r for r in rows if r["struct"] == struct and r["field"][0] != "("
                and "." not in r["field"]]
        members = {r["field"]: int(r["offset_or_sizeof_i686"]) for r in mine}
        for row in (r for r in mine if r["field"] not in HEADER):
            member = row["field"]
            offset, since = members[member], int(row["since_tapi_version"], 16)
            columns = ("FIELD_NUMBER", "0", 0, "NULL")
            if re.sub("Offset$", "", member) in kinds and member.endswith("Offset"):
                continue
            part = re.sub("Size$", "", member)
            if part != member and part in kinds:
                used.add(part)
                columns, member = part_columns(kinds[part], members), part
            elif member in kinds:
                used.add(member)
                columns = ("FIELD_" + kinds[member][0], "WORDS_" + kinds[member][1], 0, "NULL")
            elif row["type"] == "LINEDIALPARAMS":
                columns = ("FIELD_DIALPARAMS", "0", 0, "NULL")
            elif row["type"] == "GUID" or member == "GroupID":
                columns = ("FIELD_GUID", "0", 0, "NULL")
            out.write('    { "%s", %u, %s, %s, 0x%08x, %u, %s },\n'
                      % (key_of(struct, member), offset, columns[0], columns[1], since, *columns[2:]))
        assert used == set(kinds), (struct, set(kinds) - used)
        out.write("    { NULL, 0, 0, 0, 0, 0, NULL }\n};\n")


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
