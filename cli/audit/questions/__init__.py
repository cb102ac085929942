"""``audit``: what auditors ask of the whole record; each command prints what its function answers."""
