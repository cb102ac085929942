"""What inventors are owed: remuneration out of income, and the bonus for the grant."""
