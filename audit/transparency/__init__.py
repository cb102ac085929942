"""The Merkle log in the formats of C2SP, pure: whoever has the bytes of a file can check them, and nothing is asked."""
