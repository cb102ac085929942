"""What is written before an act names it: parties, patents, documents, calendars."""
