"""One filing: where it stands and what happened, its money, its papers, what can be done, and its raw history."""
