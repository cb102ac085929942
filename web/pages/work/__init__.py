"""The work of an organisation's people: what waits for them, who does it, and who is away."""
