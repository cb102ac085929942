"""What units are given: thresholds, formulas, floors and caps, and sums of parts."""
