"""What each kind of filing has of its own in recording: surroundings, rows, messages."""
