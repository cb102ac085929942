"""What the public sees: the offers that stand, their announced terms, and the way to take one up."""
