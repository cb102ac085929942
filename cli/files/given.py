"""Files as they are given on a command line; one that cannot be read or written is a refusal that names it."""

import sys
from pathlib import Path

from cli.typed.mistakes import Mistyped, mistyped
from client.files.unreadable import unreadable, why
from schemas.values.refusal import refuse

LARGEST_FILE = 10 * 1024 * 1024
STANDARD_INPUT = "-"


def read_file(name: str, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, ``-`` being standard input; a larger one is refused before it is read."""
    try:
        if name == STANDARD_INPUT:
            body = sys.stdin.buffer.read(largest + 1)
            size = len(body)
        else:
            size = Path(name).stat().st_size
            body = b"" if size > largest else Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(name, error) from error
    if size > largest:
        raise refuse("document_too_large", name, size=size, largest=largest)
    return body


def write_file(path: Path, text: str) -> None:
    """UTF-8 text into a file, whose folders are made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(name: object, error: OSError) -> Mistyped:
    """A file that cannot be written, and why."""
    zh, en = why(error)
    return mistyped("file_unwritable", str(name), name=name, why_zh=zh, why_en=en)
