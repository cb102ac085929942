"""What comes from outside, before it is kept: what it is, and what a scanner says of it."""
