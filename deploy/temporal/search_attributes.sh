#!/bin/sh
# Registers what operators may search by. The workflows set none yet, since each costs about a tenth of the throughput;
# they stand here first because a workflow that sets an unregistered one hangs. Safe to run again.
set -eu

temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
    --name PatentNumber --type Keyword \
    --name FilingStage --type Keyword
