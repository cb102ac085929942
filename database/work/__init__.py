"""The work of people: tasks, who does them and who is away; and acts for many filings."""
