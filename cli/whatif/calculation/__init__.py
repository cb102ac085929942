"""What all claimants of a year are given at once, in whole numbers."""
