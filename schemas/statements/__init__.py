"""What licensors and units state about an offer and about their inventors; acts carry it."""
