# GUIDs of the tables as C constants: no library of MinGW's has them, and a client of the field
# brings them along in its own way. awk -f guids.awk interfaces.csv coclasses.csv
function constant(name, guid,    hex, text, i)
{
    hex = guid
    gsub(/[{}-]/, "", hex)
    text = "0x" substr(hex, 1, 8) ", 0x" substr(hex, 9, 4) ", 0x" substr(hex, 13, 4) ", {"
    for (i = 17; i <= 31; i += 2)
        text = text "0x" substr(hex, i, 2) (i < 31 ? ", " : "}")
    print "const GUID " name " = {" text "};"
}
BEGIN {
    FS = ","
    print "/* Made by tests/surface/stock/guids.awk from the tables. */"
    print "#include <windows.h>\n"
}
FILENAME ~ /interfaces.csv$/ && FNR > 1 { constant("IID_" $1, $2) }
FILENAME ~ /coclasses.csv$/ && $1 == "coclass" { constant("CLSID_" $2, $3) }
