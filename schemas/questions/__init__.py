"""What the rules are asked with when there is no filing."""
