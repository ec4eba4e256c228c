# report.awk - the coverage table of TAPI 3 out of the facts and what the tests recorded. Read with
#   awk -v missing=F -v summary=F -f report.awk kind=interfaces F... kind=methods F... kind=enums F kind=constants F \
#       kind=failures F... kind=media F kind=exceptions F kind=records F...
# Writes the table (Markdown) to standard output, the gaps by interface to the file `missing`.

BEGIN {
    FS = ","
    code["E_NOTIMPL"] = "0x80004001"
    code["E_NOINTERFACE"] = "0x80004002"
    code["E_POINTER"] = "0x80004003"
    code["E_ABORT"] = "0x80004004"
    code["E_FAIL"] = "0x80004005"
    code["E_PENDING"] = "0x8000000A"
    code["E_UNEXPECTED"] = "0x8000FFFF"
    code["E_ACCESSDENIED"] = "0x80070005"
    code["E_OUTOFMEMORY"] = "0x8007000E"
    code["E_INVALIDARG"] = "0x80070057"
    code["CLASS_E_NOAGGREGATION"] = "0x80040110"
    code["S_FALSE"] = "0x00000001"
}
{ sub(/\r$/, "") }
/^#/ || /^$/ { next }

kind == "interfaces" && FNR > 1 { dual[$1] = $4 == "yes"; header[$1] = $5; next }
kind == "methods" && FNR > 1 {
    if (!($1 in first)) { first[$1] = nmethods + 1; names[++nnames] = $1 }
    method[++nmethods] = $3
    owner[nmethods] = $1
    exists[$1 "." $3] = 1
    # what an event says: the enumeration its first property of these is of
    if ($3 ~ /^get_(Event|State|Cause)$/ && is_event($1) && !($1 in says)) {
        split($0, part, "retval] ")
        says[$1] = part[2]
        sub(/ .*/, "", says[$1])
    }
    next
}
# CS_LASTITEM and its like are the same as the last one before.
kind == "enums" && FNR > 1 && $2 !~ /LASTITEM$/ { values[$1] = values[$1] " " $2 " " $3; next }
kind == "constants" && $1 ~ /^TAPI_E_/ { code[$1] = toupper($2); sub(/^0X/, "0x", code[$1]); next }
kind == "failures" && FNR > 1 {
    if (!(($1 "." $2) in exists)) { problem("failures: no such method: " $1 "." $2); next }
    documented[$1 "." $2] = $3
    listed[$1 "." $2] = 1
    next
}
kind == "media" && FNR > 1 { media[$1] = substr($0, length($1) + 2); next }
kind == "exceptions" {
    reason = substr($0, length($1) + 2)
    if ($1 ~ /^test:/) ignored[substr($1, 6)] = reason
    else if ($1 ~ /\*$/) prefix[substr($1, 1, length($1) - 1)] = reason
    else except[$1] = reason
    next
}
# KIND NAME VALUE TEST: remembered for the test that did the least else, so the most to the point
kind == "records" {
    if (split($0, part, " ") != 4 || part[1] !~ /^[VDN]$/ || is_ignored(part[4])) next
    lines[++nlines] = $0
    breadth[part[4]]++
}

function problem(text) { problems[++nproblems] = text }

function is_ignored(test, i) {
    for (i in ignored)
        if (test == i || (i ~ /\*$/ && index(test, substr(i, 1, length(i) - 1)) == 1)) return 1
    return 0
}

function reason_for(row, i) {
    if (row in except) { used[row] = 1; return except[row] }
    for (i in prefix) if (index(row, i) == 1) { used[i "*"] = 1; return prefix[i] }
    return ""
}

function remember(key, test) {
    if (!(key in test_of) || breadth[test] < breadth[test_of[key]] ||
        (breadth[test] == breadth[test_of[key]] && test < test_of[key])) test_of[key] = test
}

# One record answers several questions: by what way, how it ended, where, and for whom.
function see(line, part, name, place, success) {
    split(line, part, " ")
    split(part[2], name, ":") # INTERFACE.METHOD, apartment, script
    if (part[1] == "N") { # INTERFACE/TAPI_EVENT, apartment, kind of sink
        sub(/\/.*/, "", name[1])
        sub(/2$/, "", name[1]) # ITTAPIObjectEvent2 is ITTAPIObjectEvent with one property more
        sub(/^0x0*/, "0x", part[3])
        if (!(name[1] in says)) part[3] = "0x"
        remember("N " name[1] " " part[3] " " (name[3] == "script" ? name[3] : name[2]), part[4])
        return
    }
    success = part[3] !~ /^0x[89A-F]/
    remember(part[1] " " name[1] " " part[3], part[4])
    if (success) remember(part[1] " " name[1] " success", part[4])
    if (part[3] == "0x00000000") {
        if (part[1] == "V") remember("V " name[1] " " name[2], part[4])
        if (part[1] == "D" && name[3] == "script") remember("D " name[1] " script", part[4])
    }
}

# A cell of the table: the test, or a dash for an exception, or a gap. `what` names it within the row.
function cell(row, what, key, why) {
    why = reason_for(row ":" what)
    if (key in test_of) {
        if (((row ":" what) in except) || (row in except)) problem("exception that is none: " row ":" what)
        covered++
        return "`" test_of[key] "`"
    }
    if (in_media) { left++; return "" }
    if (why == "") why = reason_for(row)
    if (why != "") {
        excepted++
        if (!(row ":" why in told)) { list[++nlist] = row ":" what; whys[nlist] = why; told[row ":" why] = 1 }
        return "—"
    }
    gaps++
    gaps_of[area]++
    row_gaps = row_gaps " " what
    return "**none**"
}

function failure_cells(row, n, i, errors, cells) {
    n = split(documented[row], errors, " ")
    for (i = 1; i <= n; i++) {
        if (!(errors[i] in code)) { problem("failures: no such result: " errors[i] " of " row); continue }
        cells = cells (i > 1 ? "<br>" : " ") errors[i] " " cell(row, errors[i], "V " row " " code[errors[i]])
    }
    if (!(row in listed) && !in_media) problem("failures: nothing listed: " row)
    return cells " |"
}

function is_event(name) { return name ~ /Event2?$/ }

function method_row(name, row, text) {
    row = area "." name
    row_gaps = ""
    if (is_event(area)) {
        text = "| " name " | " cell(row, "mta", "V " row " MTA") " | " cell(row, "sta", "V " row " STA") \
            " | " cell(row, "script", "D " row " script") " |"
    } else if (area == "ITTAPIDispatchEventNotification") {
        text = "| " name " | | " cell(row, "dispatch", "D " row " success") " |"
    } else {
        text = "| " name " | " cell(row, "vtable", "V " row " success") " | " \
            (dual[area] ? cell(row, "dispatch", "D " row " success") : "") " |"
    }
    text = text failure_cells(row)
    if (row_gaps != "") report = report "  " name ":" row_gaps "\n"
    return text "\n"
}

function interface_table(text, i) {
    in_media = area in media
    report = ""
    for (i = first[area]; i <= nmethods && owner[i] == area; i++) text = text method_row(method[i])
    if (report != "") printf "%s\n%s\n", area, report > missing
    return "### " area (in_media ? " (media)" : "") "\n\n| method | " \
        (is_event(area) ? "C sink in the MTA | C sink in an STA | script" : \
        "through the vtable | through IDispatch") " | fails as documented |\n|---|---|---|" \
        (is_event(area) ? "---|" : "") "---|\n" text
}

# The events themselves as they came, for the reader: no gaps, for some no provider here ever gives.
function received_row(name, value, what, where, i, text, tests) {
    text = "| " name " | " what " |"
    split("MTA STA script", where, " ")
    for (i = 1; i <= 3; i++)
        text = text " " (("N " name " " value " " where[i]) in test_of ? "`" test_of["N " name " " value " " where[i]] "`" : "") " |"
    return text "\n"
}

function received_rows(name, n, i, list_of, text) {
    if (!(name in says)) return received_row(name, "0x", "")
    n = split(values[says[name]], list_of, " ")
    for (i = 1; i < n; i += 2) {
        sub(/^0x0$/, "0x", list_of[i + 1])
        text = text received_row(name, list_of[i + 1], list_of[i])
    }
    return text
}

END {
    printf "" > missing
    for (i = 1; i <= nlines; i++) see(lines[i])
    for (k = 1; k <= nnames; k++) {
        area = names[k]
        if (is_event(area)) of_events = of_events interface_table() "\n"
        else of_methods = of_methods interface_table() "\n"
    }
    for (i in except) if (!(i in used)) problem("exception of nothing: " i)
    for (i in prefix) if (!((i "*") in used)) problem("exception of nothing: " i "*")

    print "# What the tests exercise: TAPI 3"
    print ""
    print "Made by `./run test` (tests/com/coverage/README.md says how it is measured): for each method a test"
    print "that calls it with success through the vtable and, where the interface is dual, through IDispatch, and"
    print "one for each of its documented failures; for each property of each event object a test in whose sink it"
    print "was read. Of several tests it is the one that does the least else. **none** is a gap, — an exception"
    print "with its reason at the end; of interfaces of the media part only what there is is shown."
    print ""
    printf "%d cells have a test, %d are exceptions, %d have none. ", covered, excepted, gaps
    printf "%d cells of the media part have none yet.\n\n", left
    print "## Methods\n"
    printf "%s", of_methods
    print "## Events\n"
    printf "%s", of_events
    print "## Events as they came\n\nTo a C sink in the MTA, one in an STA, and a script; whichever of them came in some test.\n"
    print "| event | | MTA | STA | script |\n|---|---|---|---|---|"
    for (k = 1; k <= nnames; k++)
        if (is_event(names[k]) && names[k] !~ /2$/) printf "%s", received_rows(names[k])
    print "\n## Exceptions\n\n| row | reason |\n|---|---|"
    for (i = 1; i <= nlist; i++) print "| " list[i] " | " whys[i] " |"
    print "\n## The media part\n\n| interface | why |\n|---|---|"
    for (k = 1; k <= nnames; k++) if (names[k] in media) print "| " names[k] " | " media[names[k]] " |"
    for (i = 1; i <= nproblems; i++) print problems[i] > missing
    printf "covered %d excepted %d missing %d\n", covered, excepted, gaps + nproblems > summary
    for (k = 1; k <= nnames; k++)
        if (gaps_of[names[k]]) printf "  %s: %d\n", names[k], gaps_of[names[k]] > summary
}
