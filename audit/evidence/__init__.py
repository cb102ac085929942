"""Histories of runs, kept where Temporal's retention does not reach: copying, reading, and what was not copied."""
