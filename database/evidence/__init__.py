"""What proves the record, as the database has it: for auditors."""
