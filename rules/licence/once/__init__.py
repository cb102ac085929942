"""One thing of the outside world is one thing to a licence: a line, a voucher, a reversal, a number."""
