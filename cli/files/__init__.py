"""Files that are handed in and handed out."""
