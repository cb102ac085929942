"""What things are: models, enums, identifiers, money, lifecycle tables and errors. Pure: no clock, no chance, no I/O."""
