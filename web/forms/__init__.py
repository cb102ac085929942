"""Forms made from the models of acts: what is asked, how it is read, and what is wrong beside its field."""
