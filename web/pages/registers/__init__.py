"""What filings rely on and no filing holds: who is known, and what a register says of patents."""
