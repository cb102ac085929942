"""What authorities, banks and sub-platforms send, each event an act; whoever takes it in, by file or by request."""
