"""How a process is set up: settings, Temporal plugin and connection, logs, and the embedded servers."""
