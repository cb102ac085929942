"""Commands on what is kept for auditors: histories, their replay, and what the nights found."""
