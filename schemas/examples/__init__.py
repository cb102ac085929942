"""What bodies look like: an example of each, made from the models, and their JSON Schema."""
