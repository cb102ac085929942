"""What acts lock and look at while they are recorded."""
