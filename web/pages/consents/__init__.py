"""Consents of co-owners: asked for by the licensor, opened by a code of the operator, given without an account."""
