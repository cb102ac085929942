"""Files that others made, read line by line and record by record."""
