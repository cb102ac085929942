"""Whether an act of a person can be granted: pure checks of state and law; facts of authorities pass (R2)."""
