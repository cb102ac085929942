"""Where a filing stands: one pure function per kind, of the set of its facts and of what it stands on."""
