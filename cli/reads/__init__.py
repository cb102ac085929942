"""What is recorded, as tables and documents."""
