"""The yearly report of open licences and its statistics; every figure leads to the filings that it counts."""
