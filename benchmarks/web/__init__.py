"""What the console costs: reading, asking, and many people at once."""
