"""The command line: one file per family of acts; everything goes through ``ask``."""
