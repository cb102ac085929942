"""What people print and keep: receipts and certificates as PDF, each with a code by which anybody can verify it."""
