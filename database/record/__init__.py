"""What one act writes: the log, the rows that follow from it, and their order."""
