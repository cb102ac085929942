"""One act asked for of many filings: which acts can be, and how the console goes through them."""
