"""The command line of the rules: ``python -m rules``. It needs no server; nothing else in ``rules`` imports it."""
