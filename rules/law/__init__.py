"""The dated, cited values and how days and fen are counted: the ground of every other rule."""
