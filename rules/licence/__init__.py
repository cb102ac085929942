"""A licence: its right and three tracks, what it waits for, what is refused."""
