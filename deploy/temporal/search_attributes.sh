#!/bin/sh
# Registers what runs are found by: FilingId, which a run is given when it begins. Programs that meet a Temporal without it
# begin runs without, since a run that sets an unknown one hangs; they ask once, so start them after this. The others set
# none yet: to change them with the acts costs about a tenth of the throughput. Safe to run again.
set -eu

temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
    --name FilingId --type Keyword \
    --name PatentNumber --type Keyword \
    --name FilingStage --type Keyword
