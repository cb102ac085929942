#!/bin/sh
# Makes the namespace, or corrects its retention. TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and RETENTION_DAYS come from the
# environment: a filing must still be there when it is audited, and Temporal would forget it after days.
set -eu

# Asked of the whole list: an error of the server must not look like a namespace that is missing.
if temporal operator namespace list | grep -Eq "(Name|NamespaceInfo.Name) +$TEMPORAL_NAMESPACE\$"; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "${RETENTION_DAYS}d"
else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "${RETENTION_DAYS}d"
fi
