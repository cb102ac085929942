"""Measured by hand and nightly, never in the default tests; results with machine, date and method in README.md."""
