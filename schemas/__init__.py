"""What things are: models, enums, identifiers, money, lifecycle tables, errors. Pure: no clock, no chance, no I/O."""
