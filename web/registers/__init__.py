"""What belongs to no filing, as pages and programs write it: registers, and what waits for a person."""
