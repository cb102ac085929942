"""Seals the record: adds rows to the Merkle log, signs what it comes to, and publishes it outside the database."""
