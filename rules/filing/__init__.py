"""What all kinds of filing share: which facts count, in which order, what is waited for, who may."""
