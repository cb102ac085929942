"""The evidence bundle of a filing: all that proves it in one ZIP, and the program that a stranger checks it with."""
