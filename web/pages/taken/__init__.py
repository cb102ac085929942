"""What is taken along: lists as files, and deadlines for calendars."""
