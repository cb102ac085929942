"""Rules that answer a question about facts on a day, without a filing."""
