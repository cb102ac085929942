"""Rules that answer a question about inputs on a day, without a filing."""
