"""What people see: the console's pages, and their twins in JSON. It holds no law; that comes from tables and texts."""
