"""What touches the world: each activity is one transaction, or one call to somebody outside."""
