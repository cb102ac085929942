"""What the people of an organisation divide among themselves, as pages and programs do it."""
