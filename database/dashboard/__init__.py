"""What operators watch: how many filings stand where, what is due, how long it stands, what is done, what is stuck."""
