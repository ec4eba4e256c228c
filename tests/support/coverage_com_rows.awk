# coverage_com_rows.awk - the rows of interfaces.csv and methods.csv as C, for coverage_com_facts.c:
#   ITF(name, base, its IID)   METHOD(interface, slot, name, kind, DISPID, "parameters")
# Read with: awk -f coverage_com_rows.awk interfaces.csv... methods.csv...

BEGIN { FS = "," }
{ sub(/\r$/, "") }
FNR == 1 { methods = $2 == "slot"; next }
!methods && $2 != "" {
    known[$1] = 1
    guid = $2
    gsub(/[{}-]/, "", guid)
    printf "ITF(%s, %s, 0x%s, 0x%s, 0x%s", $1, $3, substr(guid, 1, 8), substr(guid, 9, 4),
        substr(guid, 13, 4)
    for (i = 17; i < 32; i += 2) printf ", 0x%s", substr(guid, i, 2)
    print ")"
}
methods && $1 in known {
    # the parameters stand in quotes when they have commas
    params = substr($0, length($1 "," $2 "," $3 "," $4 "," $5) + 2)
    if (substr(params, 1, 1) == "\"") {
        params = substr(params, 2)
        sub(/".*/, "", params)
    } else {
        sub(/,.*/, "", params)
    }
    # a member of a dispinterface has no slot
    printf "METHOD(%s, %s, %s, %s, %s, \"%s\")\n", $1, $2 == "" ? "COM_SLOTS" : $2, $3, $4,
        $5 == "" ? "DISPID_UNKNOWN" : $5, params
}
