"""What of the offers everybody may look up: only what was announced."""
