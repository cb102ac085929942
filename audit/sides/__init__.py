"""What each side of the record has alone: history, event log, read model, ledger, outbox."""
