"""One act for many filings: chosen from a list, tried, done, and countersigned."""
