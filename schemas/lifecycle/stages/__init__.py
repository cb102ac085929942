"""Where a filing can stand: one enumeration for the right of each kind, and one for each track of a licence."""
