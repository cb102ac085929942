"""What operators watch, and act on."""
