"""The command line of ``python -m rules``: reads files, prints, draws; nothing else in ``rules`` imports it."""
