"""A copy of the embedded servers in one file, and the way back."""
