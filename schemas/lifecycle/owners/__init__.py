"""Who owns a fact of the world, one table for each kind of filing: whoever needs one kind loads no other."""
