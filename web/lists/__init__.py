"""What every list of the console has: how it is narrowed and turned, and how it is taken along."""
