"""``audit``: what auditors take home as files."""
