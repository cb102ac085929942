"""What the law says: pure functions of facts, a day and dated, cited parameters."""
