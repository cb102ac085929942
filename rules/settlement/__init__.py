"""A settlement: its claims, its list, its payments, what is refused."""
