"""How a program asks for an act, and how filings tell each other what changed."""
