"""What auditors ask of the database across filings; reads only, and in batches."""
