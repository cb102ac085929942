"""Proves that the record is true: rebuilds, recomputes, verifies and reconciles. Writes nothing."""
