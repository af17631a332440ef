#!/bin/sh
# One run, for cron or any scheduler that knows a command and its exit code.
# HANDOFF: the command (default: handoff on PATH). HANDOFF_SOURCES: one VENDOR=PLACE a line. HANDOFF_WAREHOUSE: where it publishes.
set -u
: "${HANDOFF_SOURCES:?one VENDOR=PLACE a line, such as salesforce=/srv/landing/salesforce}"
: "${HANDOFF_WAREHOUSE:?the folder that holds the published files}"

set --
while IFS= read -r source; do
    [ -n "$source" ] && set -- "$@" --source "$source"
done <<SOURCES
$HANDOFF_SOURCES
SOURCES

"${HANDOFF:-handoff}" run "$@" --warehouse "$HANDOFF_WAREHOUSE"
code=$?
# 75: the run before is still at it, and will publish; the next hour tries again
[ "$code" -eq 75 ] && exit 0
exit "$code"
