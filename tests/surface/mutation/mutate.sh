#!/bin/sh
# mutate.sh SOURCE SCRATCH EMULATOR TYPELIB_TEST HEADERS -- COMPILER...
#
# Proves that the surface tests can fail: alters one cell of a scratch copy of the tables at a time
# and expects the headers' assertions not to compile, or the type library test to fail. (The type
# library test alters every single cell by itself; here one of each table goes through it from the
# file on, so that nobody is fooled by a test that reads other tables than it says.)
#
#   SOURCE        tests/surface
#   SCRATCH       a folder of its own, made anew
#   EMULATOR      what runs Windows programs (empty on Windows)
#   TYPELIB_TEST  test_surface_typelib.exe, with its tables and libraries in surface/ beside it
#   HEADERS       the headers generate.awk reads, separated by spaces
#   COMPILER...   the compiler with its options
set -u
source=$1 scratch=$2 emulator=$3 typelib_test=$4 headers=$5
shift 6
compiler=$1
shift
tables="differences interfaces methods enums coclasses"
failures=0 altered=0

copy_tables() { # FOLDER
    for table in $tables; do
        if [ $table = differences ]; then
            cp "$source/$table.csv" "$1/$table.csv"
        else
            cp "$source/reference/$table.csv" "$1/$table.csv"
        fi
    done
}

alter() { # TABLE SED-EXPRESSION FOLDER: the expression must change exactly one row
    copy_tables "$3"
    sed "$2" "$3/$1.csv" > "$3/altered"
    rows=$(diff "$3/$1.csv" "$3/altered" | grep -c '^>')
    mv "$3/altered" "$3/$1.csv"
    altered=$((altered + 1))
    if [ "$rows" != 1 ]; then
        echo "\"$2\" alters $rows rows of $1.csv instead of one"
        failures=$((failures + 1))
        return 1
    fi
}

headers_pass() {
    files=
    for table in $tables; do
        files="$files $scratch/$table.csv"
    done
    awk -f "$source/headers/generate.awk" $files $headers > "$scratch/assertions.c" &&
        "$compiler" "-I$scratch/precompiled" "$@" -fsyntax-only "$scratch/assertions.c" \
            > "$scratch/log" 2>&1
}

typelib_passes() {
    (cd "$scratch/bin" && $emulator ./"${typelib_test##*/}" libraries_equal > "$scratch/log" 2>&1)
}

rm -rf "$scratch"
mkdir -p "$scratch/bin/surface"
cp "$typelib_test" "$scratch/bin/"
cp "${typelib_test%/*}"/surface/* "$scratch/bin/surface/"

# The headers once, not for every alteration.
precompiled=$scratch/precompiled/tests/surface/headers
mkdir -p "$precompiled"
"$compiler" "$@" -x c-header -o "$precompiled/prelude.h.gch" "$source/headers/prelude.h" || exit 1

copy_tables "$scratch"
headers_pass "$@" || { echo "the headers differ from the unaltered tables:"; cat "$scratch/log"; exit 1; }
typelib_passes || { echo "the libraries differ from the unaltered tables:"; cat "$scratch/log"; exit 1; }

while IFS='|' read -r table what expression; do
    [ -n "$table" ] || continue
    alter "$table" "$expression" "$scratch" || continue
    if headers_pass "$@"; then
        echo "headers: an altered $what goes unnoticed ($expression)"
        failures=$((failures + 1))
    fi
done <<'END'
interfaces|IID|/^ITAddress,/s/B1EFC386/B1EFC387/
interfaces|base|/^ITTAPI2,/s/,ITTAPI,/,IDispatch,/
interfaces|header|/^IEnumAgent,/s/tapi3cc/tapi3if/
interfaces|count of methods|/^ITMSPAddress,/s/,6,/,7,/
interfaces|name|s/^ITStream,/ITStreams,/
methods|slot|/^ITPhone,39,/s/,39,/,38,/
methods|name of a method|/^ITMSPAddress,8,/s/GetEvent/GetEvents/
methods|kind|/^ITCallInfo,12,/s/propput/propget/
methods|type|/^ITCallInfo,8,/s/CALL_STATE/CALL_PRIVILEGE/
methods|alias of a type|/^ITLegacyCallMediaControl,7,/s/TAPI_DIGITMODE/LONG/
methods|indirection|/^IEnumCall,3,/s/ITCallInfo \*\*/ITCallInfo */
methods|const|/^ITAMMediaFormat,4,/s/const //
methods|name of a parameter|/^ITTerminalControl,6,/s/pGraph/pFilter/
methods|count of parameters|/^ITTerminalManager,3,/s/\[in\] DWORD dwMediaTypes; //
enums|value|s/,TE_PHONEDEVSPECIFIC,0x2000000,/,TE_PHONEDEVSPECIFIC,0x4000000,/
enums|enumeration of a member|s/^MSP_CALL_EVENT,CALL_STREAM_ACTIVE,/MSP_EVENT,CALL_STREAM_ACTIVE,/
enums|name of a member|s/,TMGR_TD_BOTH,/,TMGR_TD_ALL,/
coclasses|class|/^coclass,TAPI,/s/21D6D48E/21D6D48F/
coclasses|library|/^typelib,TERMMGRLib,/s/28DCD85B/28DCD85C/
coclasses|terminal class|/^terminal class,CLSID_FileRecordingTrack,/s/BF14A2E4/BF14A2E5/
coclasses|string of a protocol|/^protocol,TAPIPROTOCOL_H323,/s/string constant TAPIPROTOCOL_String_H323/string constant TAPIPROTOCOL_String_PSTN/
END

while IFS='|' read -r table what expression; do
    [ -n "$table" ] || continue
    alter "$table" "$expression" "$scratch/bin/surface" || continue
    if typelib_passes; then
        echo "typelib: an altered $what goes unnoticed ($expression)"
        failures=$((failures + 1))
    fi
done <<'END'
interfaces|attribute|/^ITPhoneEvent,/s/oleautomation//
methods|DISPID|/^ITQOSEvent,9,/s/,4,/,3,/
enums|value|s/,CS_QUEUED,0x6,/,CS_QUEUED,0x7,/
coclasses|default interface|/^coclass,RequestMakeCall,/s/ITRequest{/ITTAPI{/
END

echo "$altered cells altered, $failures unnoticed"
[ $failures = 0 ]
