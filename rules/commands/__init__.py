"""The command line of ``python -m rules``; nothing else in ``rules`` imports it."""
