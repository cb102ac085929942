"""Facts, what a filing stands on, where it stands, and what the engine answers."""
