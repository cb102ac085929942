"""What people who have signed in see of filings: whose they are, said once for lists and for single pages."""
