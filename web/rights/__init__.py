"""Who may see and do what: role x act x whose, made from the lifecycle tables."""
