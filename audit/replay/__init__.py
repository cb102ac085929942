"""Stored histories through the code of today, or of the version that decided, and their payloads against the log."""
