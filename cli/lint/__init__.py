"""``rules lint``: what is odd about parameters and schemes."""
