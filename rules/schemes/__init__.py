"""How much a scheme gives: the yearly function of a claimant's inputs, and a call's claims against its budget."""
