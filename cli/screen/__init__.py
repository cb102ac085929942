"""What a person sees at a terminal: tables, and that something is waited for."""
