"""What everything else is made of: money, days, numbers of the outside world, who acts, the two kinds of no."""
