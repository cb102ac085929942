"""What closes an open finding: in words, and as commands to be typed, which know all acts and are loaded for it."""
