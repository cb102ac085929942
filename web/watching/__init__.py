"""What whoever runs the console sees of it."""
