"""The parties of a licence: who stands on each side, and whether licensees are treated alike."""
