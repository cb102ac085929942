"""``audit``: proofs that the record is true, and what an auditor asks of it."""
