"""The lives that the demo leads: declarations, licences, payouts, settlements."""
