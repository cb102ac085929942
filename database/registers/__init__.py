"""What is written before an act names it, and who asked for what."""
