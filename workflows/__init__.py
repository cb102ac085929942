"""When things happen: one workflow per kind of filing."""
