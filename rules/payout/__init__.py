"""A payout: where it stands, what it amounts to, what is refused."""
