"""Tables of declarations that come by the console or the API: read, checked, taken, and told row by row."""
