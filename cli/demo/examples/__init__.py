"""What the demo is made from: the files of ``examples/``."""
