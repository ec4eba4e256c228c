# Makes a C file of static assertions from the tables, and compares the tables with the text of the
# generated headers, which has what the compiler forgets: names of parameters, members of
# enumerations, const, typedefs. A difference in the text becomes an assertion that fails.
#
# awk -f generate.awk differences.csv interfaces.csv methods.csv enums.csv coclasses.csv ot_*.h

function cells(line,    count, quoted, i, char, text)
{
    sub(/\r$/, "", line)
    count = 0
    quoted = 0
    text = ""
    for (i = 1; i <= length(line); i++) {
        char = substr(line, i, 1)
        if (char == "\"" && quoted && substr(line, i + 1, 1) == "\"") {
            text = text "\""
            i++
        } else if (char == "\"") {
            quoted = !quoted
        } else if (char == "," && !quoted) {
            cell[heading[++count]] = text
            text = ""
        } else {
            text = text char
        }
    }
    cell[heading[++count]] = text
}

function read_heading(line,    count, names, i)
{
    sub(/\r$/, "", line)
    count = split(line, names, ",")
    for (i = 1; i <= count; i++)
        heading[i] = names[i]
}

function quote(text)
{
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "\"" text "\""
}

# A difference between table and text, unless it is explained.
function differ(item, column, expected, actual)
{
    if ((item, column, expected, actual) in explained) {
        explained[item, column, expected, actual] = 2
        return
    }
    print "_Static_assert(0, " quote(item ", " column ": the table says '" expected \
        "', the header '" actual "'") ");"
}

function compare(item, column, expected, actual)
{
    if (expected != actual)
        differ(item, column, expected, actual)
}

function squeeze(text)
{
    gsub(/[ \t]+/, " ", text)
    sub(/^ /, "", text)
    sub(/ $/, "", text)
    return text
}

# The parameters of a table cell without their directions: "VARIANT *pVariant, LONG lMore".
function bare_parameters(text)
{
    gsub(/\[[a-z,]*\] /, "", text)
    gsub(/; /, ", ", text)
    return text
}

# The same without names, for a function type.
function types_of(text,    count, parts, i, result)
{
    result = ""
    count = split(text, parts, ", ")
    for (i = 1; i <= count; i++) {
        sub(/[A-Za-z0-9_]+$/, "", parts[i])
        result = result ", " squeeze(parts[i])
    }
    return result
}

# "{B1EFC382-...}" as an assertion about the GUID `name` (see prelude.h).
function assert_guid(item, name, guid,    hex)
{
    hex = guid
    gsub(/[{}-]/, "", hex)
    if (length(hex) != 32) {
        differ(item, "guid", guid, "(not a GUID)")
        return
    }
    printf "ASSERT_GUID(%s, 0x%s, 0x%s, 0x%s, 0x%s, 0x%s, 0x%s, 0x%s, 0x%s);\n", name, \
        substr(hex, 1, 4), substr(hex, 5, 4), substr(hex, 9, 4), substr(hex, 13, 4), \
        substr(hex, 17, 4), substr(hex, 21, 4), substr(hex, 25, 4), substr(hex, 29, 4)
    values[++value_count] = name
    guids[value_count] = guid
}

FNR == 1 {
    file = FILENAME
    sub(/.*\//, "", file)
    header = file
    sub(/^ot_/, "", header)
    sub(/^tapi3lib/, "tapi3", header)
    in_table = file ~ /\.csv$/
    class = ""
    enum = ""
    if (in_table) {
        split("", heading)
        read_heading($0)
        next
    }
}

in_table {
    split("", cell)
    cells($0)
}

file == "differences.csv" && cell["test"] == "headers" {
    explained[cell["item"], cell["column"], cell["expected"], cell["actual"]] = 1
}

file == "interfaces.csv" {
    interfaces[++interface_count] = name = cell["interface"]
    iid[name] = cell["iid"]
    base[name] = cell["base"]
    table_header[name] = cell["header"]
    own[name] = cell["method_count_own"]
    dispinterface[name] = cell["attrs"] ~ /dispinterface/
}

file == "methods.csv" {
    method_count++
    method_interface[method_count] = cell["interface"]
    method_name[method_count] = cell["method"]
    slot[method_count] = cell["slot"]
    kind[method_count] = cell["kind"]
    params[method_count] = bare_parameters(cell["params"])
    table_has[cell["interface"], cell["method"]] = 1
}

file == "enums.csv" {
    enum_count++
    enum_of[enum_count] = cell["enum"]
    enum_name[enum_count] = cell["name"]
    enum_value[enum_count] = cell["value"]
    enum_header[enum_count] = cell["header"]
    table_has_enum[cell["enum"], cell["name"]] = 1
}

file == "coclasses.csv" {
    class_count++
    class_kind[class_count] = cell["kind"]
    class_name[class_count] = cell["name"]
    class_guid[class_count] = cell["guid"]
    class_note[class_count] = cell["note"]
}

# --- the headers ---

!in_table {
    sub(/\r$/, "")
}

!in_table && /^[A-Za-z0-9]+ : public [A-Za-z0-9]+$/ {
    class = $1
    seen_interface[class] = header
    seen_base[class] = $4
    next
}

!in_table && class != "" && /^};/ {
    class = ""
    next
}

!in_table && class != "" && /virtual HRESULT STDMETHODCALLTYPE/ {
    member = $0
    sub(/.*STDMETHODCALLTYPE /, "", member)
    sub(/\($/, "", member)
    order[class] = order[class] + 1
    seen_index[class, member] = order[class]
    seen_member[class, order[class]] = member
    collected = ""
    next
}

!in_table && class != "" && member != "" {
    collected = collected " " $0
    if ($0 ~ /\) = 0;/) {
        sub(/\) = 0;.*/, "", collected)
        seen_params[class, member] = squeeze(collected)
        member = ""
    }
    next
}

!in_table && /^typedef enum [A-Za-z0-9_]+ {/ {
    enum = $3
    next
}

!in_table && enum != "" && /^}/ {
    enum = ""
    next
}

!in_table && enum != "" && /=/ {
    seen_enum[enum, $1] = header
    enum_names[++seen_enums] = enum
    enum_members[seen_enums] = $1
    next
}

!in_table && /^#define (CLSID|TAPIPROTOCOL)_String_/ {
    text = $3
    sub(/^L"/, "", text)
    sub(/"$/, "", text)
    seen_string[$2] = toupper(text)
}

# --- the assertions ---

# Slots of an interface of which the table has the base: 3 for IUnknown, 7 for IDispatch.
function slots(name)
{
    if (name == "IUnknown")
        return 3
    if (name == "IDispatch")
        return 7
    return name in base ? slots(base[name]) + own[name] : 0
}

# That the table of functions of `name` begins with that of its base.
function assert_inherited(name, from,    i)
{
    if (from == "IUnknown" || from == "IDispatch") {
        print "ASSERT_" toupper(substr(from, 2)) "(" name ");"
        return
    }
    assert_inherited(name, base[from])
    for (i = 1; i <= method_count; i++)
        if (method_interface[i] == from)
            print "ASSERT_SLOT(" name ", " method_name[i] ", " slot[i] ");"
}

function do_interface(name)
{
    if (!(name in seen_interface)) {
        differ(name, "interface", name, "(missing)")
        return
    }
    assert_guid(name, (dispinterface[name] ? "D" : "") "IID_" name, iid[name])
    compare(name, "header", table_header[name], seen_interface[name])
    compare(name, "base", base[name], seen_base[name])
    compare(name, "method_count_own", own[name], order[name] + 0)
    if (slots(base[name]) == 0) {
        differ(name, "base", base[name], "(unknown interface)")
        return
    }
    assert_inherited(name, base[name])
    print "ASSERT_SLOTS(" name ", " slots(base[name]) + own[name] ");"
}

function do_method(i,    name, item, prefix)
{
    name = method_interface[i]
    item = name "." method_name[i]
    prefix = substr(method_name[i], 1, 4)
    compare(item, "kind", kind[i],
        prefix == "get_" ? "propget" : prefix == "put_" ? "propput" : "method")
    if (dispinterface[name]) {
        compare(item, "slot", slot[i], "")
        return
    }
    if (!((name, method_name[i]) in seen_index)) {
        differ(item, "method", method_name[i], "(missing)")
        return
    }
    compare(item, "slot", slot[i], slots(base[name]) + seen_index[name, method_name[i]] - 1)
    compare(item, "params", params[i], seen_params[name, method_name[i]])
    print "ASSERT_METHOD(" name ", " method_name[i] ", " slot[i] types_of(params[i]) ");"
}

function do_enum(i,    item)
{
    item = enum_of[i] "." enum_name[i]
    if (!((enum_of[i], enum_name[i]) in seen_enum)) {
        differ(item, "name", enum_name[i], "(missing)")
        return
    }
    compare(item, "header", enum_header[i], seen_enum[enum_of[i], enum_name[i]])
    print "_Static_assert(" enum_name[i] " == " enum_value[i] ", " quote(item) ");"
}

function do_class(i,    string)
{
    if (class_kind[i] == "typelib") {
        assert_guid(class_name[i], "LIBID_" class_name[i], class_guid[i])
    } else if (class_kind[i] == "coclass") {
        assert_guid(class_name[i], "CLSID_" class_name[i], class_guid[i])
    } else if (class_kind[i] ~ /^(terminal class|terminal superclass|protocol|dispinterface)$/) {
        assert_guid(class_name[i], class_name[i], class_guid[i])
        string = class_note[i]
        if (sub(/^string constant /, "", string)) {
            sub(/;.*/, "", string)
            compare(class_name[i], "note", toupper(class_guid[i]), seen_string[string])
        }
    } else {
        differ(class_name[i], "kind", class_kind[i], "(unknown to this test)")
    }
}

END {
    print "/* Made by tests/surface/headers/generate.awk from the tables. */"
    print "#include \"tests/surface/headers/prelude.h\"\n"
    for (i = 1; i <= interface_count; i++)
        do_interface(interfaces[i])
    for (i = 1; i <= method_count; i++)
        do_method(i)
    for (i = 1; i <= enum_count; i++)
        do_enum(i)
    for (i = 1; i <= class_count; i++)
        do_class(i)

    # What the headers have and the tables do not.
    for (name in seen_interface) {
        if (!(name in base))
            differ(name, "extra", "", "interface")
        for (i = 1; i <= order[name]; i++)
            if (!((name, seen_member[name, i]) in table_has))
                differ(name "." seen_member[name, i], "extra", "", "method")
    }
    for (i = 1; i <= seen_enums; i++)
        if (!((enum_names[i], enum_members[i]) in table_has_enum))
            differ(enum_names[i] "." enum_members[i], "extra", "", "enum member")

    for (key in explained)
        if (explained[key] == 1) {
            split(key, parts, SUBSEP)
            print "_Static_assert(0, " quote("differences.csv explains " parts[1] ", " parts[2] \
                ", which is no difference any more") ");"
        }

    print "\nconst struct guid_value guid_values[] = {"
    for (i = 1; i <= value_count; i++)
        print "    {\"" values[i] "\", &" values[i] ", L\"" guids[i] "\"},"
    print "};"
    print "const int guid_value_count = " value_count ";"
    print "const struct row_counts row_counts = {" interface_count ", " method_count ", " \
        enum_count ", " class_count "};"
}
