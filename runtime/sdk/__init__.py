"""What the programs do otherwise than Temporal's SDK: the sandbox of a run, and the way of a payload."""
