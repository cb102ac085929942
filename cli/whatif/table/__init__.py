"""A table of facts by column: read, checked, and turned into whole numbers."""
