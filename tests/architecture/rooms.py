"""The rooms of the house, counted: ``python -m tests.architecture.rooms`` prints what the tests hold.

A room is a folder of ``rules`` or a file that lies directly in it; an arrow is an import between two rooms.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from statistics import median

from tests.architecture.sources import PRODUCT, Source, functions_of, imports_of, sources


def product() -> tuple[Source, ...]:
    """The Python files of the programs themselves."""
    return tuple(source for source in sources() if source.folder in (*PRODUCT, "worker", "console", "starter"))


def files_by_folder() -> Counter[str]:
    """Python files directly in each folder of the programs."""
    return Counter(str(PurePosixPath(source.path).parent) for source in product() if "/" in source.path)


def room_of(path: str) -> str:
    """``rules/payout`` for ``rules/payout/money.py``; a file directly in ``rules`` is a room of its own."""
    parts = path.removesuffix(".py").split("/")
    return "/".join(parts[:2])


def arrows(folder: str = "rules") -> set[tuple[str, str]]:
    """(from, to) for every import between two rooms of the folder."""
    inside = [source for source in sources() if source.folder == folder and not source.path.endswith("__init__.py")]
    rooms = {room_of(source.path) for source in inside}
    found = set()
    for source in inside:
        here = room_of(source.path)
        for module, _ in imports_of(source.tree):
            there = "/".join(module.split(".")[:2])
            if there in rooms and there != here:
                found.add((here, there))
    return found


def circle(drawn: set[tuple[str, str]]) -> tuple[str, ...]:
    """Rooms that cannot be put on floors, since they import each other in a loop; empty where there is none."""
    left = dict.fromkeys(room for arrow in drawn for room in arrow)
    while True:
        ground = [room for room in left if not any(here == room and there in left for here, there in drawn)]
        if not ground:
            return tuple(left)
        for room in ground:
            del left[room]


def figures() -> Iterator[str]:
    """What the tests hold, line by line."""
    drawn = arrows()
    lines = [function.end - function.begin for source in product() for function in functions_of(source)]
    rooms = sorted({room for arrow in drawn for room in arrow})
    yield f"rules: {len(rooms)} rooms, {len(drawn)} arrows, circle: {circle(drawn) or 'none'}"
    for room in rooms:
        yield f"  {room} -> {', '.join(sorted(there for here, there in drawn if here == room)) or '-'}"
    yield f"fullest folders: {files_by_folder().most_common(5)}"
    yield f"lines of product code: {sum(source.text.count(chr(10)) for source in product())}"
    yield f"functions: {len(lines)}, median {median(lines):.0f} lines"


if __name__ == "__main__":
    print("\n".join(figures()))  # noqa: T201  read at a terminal
