"""What the console sends by mail, if a mail server is named: codes for co-owners, and nothing else."""
