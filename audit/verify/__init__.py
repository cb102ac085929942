"""``audit verify``: the record against its chains and the log, the log against what was published and witnessed."""
