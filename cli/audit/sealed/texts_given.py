"""Notes and proofs as they are given on the command line."""

from cli.files.given import read_file
from schemas.values.refusal import refuse


def text_of(name: str) -> str:
    """The text of a file, ``-`` being standard input; Refused ``note_broken`` where it is none."""
    try:
        return read_file(name).decode()
    except UnicodeDecodeError:
        raise refuse("note_broken", name, line=1) from None
