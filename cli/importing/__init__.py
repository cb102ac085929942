"""``import``: tables of declarations."""
