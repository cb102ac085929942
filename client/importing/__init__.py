"""Tables of declarations, each row an act."""
