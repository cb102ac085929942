"""``rules whatif``: a scheme over a table of facts of any number of claimants."""
