"""What people read, in Chinese and English: the YAML here is for people to mend, the modules fill it in."""
