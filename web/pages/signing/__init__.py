"""The pages by which people come in, look after their own account, and give each other roles."""
