"""Tables of declarations: sent, checked, taken, and told row by row."""
