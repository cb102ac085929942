"""What auditors ask: a module for each question, a function that answers with a model of its own."""
