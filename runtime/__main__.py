"""``python -m runtime down | clean``: ends the servers from outside the programs; see the Makefile."""

import sys

from runtime.settings import Settings, SetupError
from runtime.up import clean, down


def main(arguments: list[str]) -> int:
    """Exit code 0, 1 on a fault, 64 when called wrongly."""
    works = {"down": down, "clean": clean}
    if len(arguments) != 1 or arguments[0] not in works:
        print("usage: python -m runtime down | clean", file=sys.stderr)
        return 64
    try:
        works[arguments[0]](Settings.read())
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
