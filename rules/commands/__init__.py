"""The command line of the rules."""
