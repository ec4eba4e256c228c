#!/bin/bash
# demo.sh - the demonstration behind `./run demo [WAV]`: runs demo/demo.vbs with its events printed as
# they come, compares the recorded sound with the played one, and draws the call ladder.
# From ./run: OPENTAPI_TOP, OPENTAPI_BIN, OPENTAPI_OUT, OPENTAPI_WAV (empty: the chime).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
wav=${OPENTAPI_WAV:-$here/demo/chime.wav}
recorded=$OPENTAPI_OUT/recorded.wav
events=$OPENTAPI_OUT/events.log
rm -f "$recorded" "$events"

cd "$OPENTAPI_BIN"
# Wine sees the Unix file system as drive Z:.
OPENTAPI_PROVIDERS=simpbx.tsp OPENTAPI_SIMPBX=Z:$here/demo/demo.conf \
    wine-run otscript.exe //Nologo "$here/demo/demo.vbs" "Z:$wav" "Z:$recorded" "Z:$events"

echo
wine-run wavcmp.exe "Z:$wav" "Z:$recorded"
echo
echo "The call ladder:"
wine-run ladder.exe "$events" "$OPENTAPI_OUT/ladder.svg" "OpenTAPI: an afternoon in a small office"
echo
echo "As a picture:  ${OPENTAPI_OUT#"$OPENTAPI_TOP"/}/ladder.svg"
echo "The recording: ${recorded#"$OPENTAPI_TOP"/}"
