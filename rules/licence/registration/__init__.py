"""The technology-contract registration of a licence: its track, and what its certificates are good for."""
