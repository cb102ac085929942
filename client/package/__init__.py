"""What a person takes to the office: a declaration in the order of its form, with its attachments."""
