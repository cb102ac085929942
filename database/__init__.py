"""The only SQL: migrations, event log, read model, ledger, outbox, audit log, parties and documents. No rules here."""
