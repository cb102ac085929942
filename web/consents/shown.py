"""What of a declaration a co-owner is shown before he decides: all of it but the others' consents."""

OFFERED, NOT_SHOWN = ("offer",), ".consent"
