# report.awk - the coverage table out of the facts and what the tests recorded. Read with
#   awk -f report.awk kind=exports F kind=tspi F kind=constants F kind=errors F kind=exceptions F \
#       kind=records F...
# Writes the table (Markdown) to standard output and the gaps to the file `gaps`, a line each.

BEGIN { FS = "," }
{ sub(/\r$/, "") }
/^#/ || /^$/ { next }

kind == "exports" && $2 == "yes" { exports[++nexports] = $1; form[$1] = $3; next }
kind == "tspi" && FNR > 1 { tspi[++ntspi] = $1; async[$1] = $3 == "yes"; next }
# Constants of TAPI 3's own headers (COM, Rendezvous, IP MSP) are no part of this interface.
kind == "constants" && FNR > 1 && $4 !~ /^(tapi3|rend|ipmsp)/ {
    constants[++nconstants] = $1
    value[$1] = $2
}
kind == "constants" { next }
kind == "errors" { documented[$1] = $2; has_errors[$1] = 1; next }
kind == "exceptions" {
    reason = substr($0, length($1) + 2)
    if ($1 ~ /^test:/) ignored[substr($1, 6)] = reason
    else if ($1 ~ /^beyond:/) beyond[substr($1, 8)] = reason
    else if ($1 ~ /\*$/) prefix[substr($1, 1, length($1) - 1)] = reason
    else except[$1] = reason
    next
}
# KIND NAME VALUE TEST: remembered for the test that did the least else, so the most to the point
kind == "records" {
    if (split($0, part, " ") != 4 || part[1] !~ /^[FRTCMW]$/ || is_ignored(part[4])) next
    key = part[1] " " part[2] " " part[3]
    lines[++nlines] = key " " part[4]
    breadth[part[4]]++
}

function is_ignored(test, i) {
    for (i in ignored)
        if (test == i || (i ~ /\*$/ && index(test, substr(i, 1, length(i) - 1)) == 1)) return 1
    return 0
}

function reason_for(row, i) {
    if (row in except) return except[row]
    for (i in prefix) if (index(row, i) == 1) return prefix[i]
    return ""
}

# Not of TAPI 2.2, though its headers have it.
function is_beyond(name, i) {
    for (i in beyond)
        if (name == i || (i ~ /\*$/ && index(name, substr(i, 1, length(i) - 1)) == 1)) return 1
    return 0
}

function seen(key) { return (key in test_of) ? test_of[key] : "" }

function any_error(kinds, name, n, i, found) {
    n = split(errors_seen[kinds " " name], found, " ")
    return n ? found[1] : ""
}

# A cell of the table: the test, or the exception's reason, or a gap. `row` names it.
function cell(row, test, area, why) {
    if (test != "" && row in except) { missing++; print "exception that is none: " row > gaps }
    if (test != "") { covered++; return "`" test "`" }
    why = reason_for(row)
    if (why != "") { excepted++; list[++nlist] = row; whys[nlist] = why; return "—" }
    gap_count[area]++
    missing++
    print area ": " row > gaps
    return "**none**"
}

function base_of(name) {
    return form[name] == "A" || form[name] == "W" ? substr(name, 1, length(name) - 1) : name
}

function prefix_of(name) {
    return name ~ /^line/ ? "LINEERR_" : name ~ /^phone/ ? "PHONEERR_" : "TAPIERR_"
}

# What succeeded: 0 or, of a request, its reply.
function success_of(name) {
    if (seen("F " name " 0x00000001") != "") return seen("R " name " 0x00000000")
    return seen("F " name " 0x00000000")
}

function failed_with(name, code, test) {
    test = seen("F " name " " code)
    return test != "" ? test : seen("R " name " " code)
}

function function_row(name, base, test, errors, n, i, e, cells, row) {
    base = base_of(name)
    # the plain form is the A form under another name: tests/tapi2/surface_test.c
    test = success_of(name)
    if (test == "" && form[name] == "plain" && (name "A") in form) test = success_of(name "A")
    row = "| " name " | " cell(name, test, "function") " |"
    if (form[name] != "plain" && (base in form)) return row " see " base " |"
    n = split(documented[base], errors, " ")
    for (i = 1; i <= n; i++) {
        e = value[prefix_of(base) errors[i]]
        test = failed_with(base, e)
        if (test == "") test = failed_with(base "A", e)
        if (test == "") test = failed_with(base "W", e)
        cells = cells (i > 1 ? "<br>" : " ") errors[i] " " cell(base ":" errors[i], test, "function error")
    }
    if (!has_errors[base]) { print "no documented errors listed: " base > gaps; missing++ }
    return row cells " |"
}

function tspi_row(name, test, row) {
    test = async[name] ? seen("C " name " 0x00000000") : seen("T " name " 0x00000000")
    row = "| " name " | " cell(name, test, "TSPI") " |"
    test = any_error("T", name)
    if (test == "") test = any_error("C", name)
    return row " " cell(name ":error", test, "TSPI error") " |"
}

function constant_test(name, family, code, i) {
    code = value[name]
    family = index(name, "_") ? substr(name, 1, index(name, "_") - 1) : name
    if (family == "LINEERR" || family == "PHONEERR" || family == "TAPIERR") return seen("E " family " " code)
    if (family == "LINE" || family == "PHONE") {
        if (seen("M application " code) != "") return seen("M application " code)
        return code >= "0x000001F4" ? seen("M provider " code) : ""
    }
    return seen("W " family " " code)
}

END {
    for (i = 1; i <= nlines; i++) {
        split(lines[i], part, " ")
        key = part[1] " " part[2] " " part[3]
        test = part[4]
        better = !(key in test_of) || breadth[test] < breadth[test_of[key]] ||
            (breadth[test] == breadth[test_of[key]] && test < test_of[key])
        if (better) test_of[key] = test
        if (part[3] ~ /^0x[89A-F]/ && part[1] ~ /[FRTC]/) {
            errors_seen[part[1] " " part[2]] = test
            # a function's result is a constant that has reached an application
            if (part[1] ~ /[FR]/) {
                family = "E " (part[2] ~ /^line/ ? "LINEERR" : part[2] ~ /^phone/ ? "PHONEERR" : "TAPIERR")
                if (!((family " " part[3]) in test_of)) test_of[family " " part[3]] = test
            }
        }
    }
    for (i = 1; i <= nexports; i++) functions = functions function_row(exports[i]) "\n"
    for (i = 1; i <= ntspi; i++) entries = entries tspi_row(tspi[i]) "\n"
    for (i = 1; i <= nconstants; i++) {
        if (is_beyond(constants[i]) && constant_test(constants[i]) == "") continue
        words = words "| " constants[i] " | " cell(constants[i], constant_test(constants[i]), "constant") " |\n"
    }
    for (i in documented) for_base[i] = 1

    print "# What the tests exercise: TAPI 2.2"
    print ""
    print "Made by `./run test` (tests/coverage/README.md says how it is measured): for each function of"
    print "tapi32.dll, each TSPI entry and each constant a test that exercises it, of those the one that does"
    print "the least else. **none** is a gap, — an exception with its reason at the end."
    print ""
    printf "%d cells have a test, %d are exceptions, %d have none.\n\n", covered, excepted, missing
    print "## Functions of tapi32.dll\n\n| function | succeeds in | fails as documented in |\n|---|---|---|"
    printf "%s\n", functions
    print "## TSPI\n\n| entry | succeeds in | fails in |\n|---|---|---|"
    printf "%s\n", entries
    print "## Constants\n\n| constant | seen in |\n|---|---|"
    printf "%s\n", words
    print "## Exceptions\n\n| row | reason |\n|---|---|"
    for (i = 1; i <= nlist; i++) print "| " list[i] " | " whys[i] " |"
    print "\n## Beyond TAPI 2.2\n\nIn the headers, and no part of this table.\n"
    for (i in beyond) print "- " i ": " beyond[i] | "sort"
    close("sort")
    printf "covered %d excepted %d missing %d\n", covered, excepted, missing > summary
    for (i in gap_count) printf "  %s: %d\n", i, gap_count[i] > summary
}
