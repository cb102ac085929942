"""A declaration: where it stands, what it waits for, what is refused."""
