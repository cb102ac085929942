"""The twin in JSON of every page and act."""
