"""What a stranger checks a bundle with: the standard library alone, and one file in the bundle (``single.py``)."""
