"""What auditors take home: a sample as a working paper, flat tables, logs for process mining, the yearly report."""
