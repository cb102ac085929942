"""What stands on a command line: commands, options and values, in the reader's language; what is wrong with them."""
