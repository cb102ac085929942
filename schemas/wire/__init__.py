"""How bytes and forms become models, and what makes two requests the same."""
