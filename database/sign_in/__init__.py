"""Accounts, their roles and sessions, and how they are signed in to: only hashes and sealed texts come here."""
