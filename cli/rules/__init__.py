"""``rules``: the rules asked directly, without a server."""
