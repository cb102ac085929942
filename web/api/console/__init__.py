"""What people do on the console beside acts of filings, for programs: each by the functions of its page."""
