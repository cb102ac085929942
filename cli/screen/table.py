"""Tables for a terminal: ids and days are never cut, columns that do not fit are left out by importance and named.

Drawn by ourselves and in one pass: rich looks at every cell several times over, four seconds for ten thousand rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import combining, east_asian_width

_GAP = "  "
_FOLLOWS = " ,.;:，。；：、）)"
_NARROWEST = 14
"""Columns of the terminal that a text keeps, however narrow the terminal is."""


class Table(NamedTuple):
    """Lines of a table, and the heads of the columns that had no room."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]


def drawn(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    width: int,
    leaves: Sequence[int] = (),
    below: Sequence[int] = (),
    *,
    names_below: bool = False,
) -> Table:
    """The rows below their heads. ``leaves``: the columns that are left out first, by place, the least important first.

    Those of them that are ``below`` stand in a line of their own under the row then, with their heads if
    ``names_below``. Texts are folded; what has no
    blank (an id, a day, a code) stays whole, even where it is wider than the terminal.
    """
    cells = [tuple(heads), *map(tuple, rows)]
    kept, left = list(range(len(heads))), list(leaves)
    sizes = [_sizes(set(column)) for column in zip(*cells, strict=True)]
    while left and sum(sizes[n].least for n in kept) + len(_GAP) * (len(kept) - 1) > width:
        kept.remove(left.pop(0))
    room = _room([sizes[n] for n in kept], width - len(_GAP) * (len(kept) - 1))
    under = [n for n in below if n not in kept]
    lines = [*_row([heads[n] for n in kept], room), _GAP.join("─" * size for size in room)]
    for row in cells[1:]:
        lines += _row([row[n] for n in kept], room)
        if said := _GAP.join(f"{heads[n]}: {row[n]}" if names_below else row[n] for n in under if row[n]):
            lines += (_GAP + line for line in _folded(said.replace("\n", " "), width - len(_GAP)))
    return Table(tuple(lines), tuple(heads[n] for n in range(len(heads)) if n not in (*kept, *under)))


def paired(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Names and their values, each below the other; the names are not folded."""
    label = max((width_of(name) for name, _ in pairs), default=0)
    room = [label, max(width - label - len(_GAP), _NARROWEST)]
    return [line for pair in pairs for line in _row(pair, room)]


def folded(text: str, width: int) -> str:
    """A sentence in lines of that width."""
    return "\n".join(_folded(text, width))


def width_of(text: str) -> int:
    """How many columns of the terminal a line takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


@cache
def _width(one: str) -> int:
    return 0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1


class _Sizes(NamedTuple):
    widest: int
    least: int
    """The longest word, and room to be read."""


def _sizes(texts: Iterable[str]) -> _Sizes:
    widest = word = 0
    for text in texts:
        if len(text) * 2 > widest:
            widest = max(widest, *map(width_of, text.split("\n")))
        if len(text) > word:
            word = max(word, *(len(one) if one.isascii() else 0 for one in text.split()), 0)
    return _Sizes(widest, max(word, min(widest, _NARROWEST)))


def _room(sizes: Sequence[_Sizes], width: int) -> list[int]:
    """The width of each column: what it would like, the widest giving way first."""
    room = [one.widest for one in sizes]
    while (over := sum(room) - width) > 0:
        giving = [n for n, one in enumerate(sizes) if room[n] > one.least]
        if not giving:
            break
        n = max(giving, key=lambda one: room[one])
        next_wide = max((room[one] for one in giving if one != n), default=0)
        room[n] = max(sizes[n].least, min(room[n] - 1, max(room[n] - over, next_wide)))
    return room


def _row(cells: Sequence[str], room: Sequence[int]) -> Iterator[str]:
    if "\n" not in "".join(cells):
        over = [size - width_of(cell) for cell, size in zip(cells, room, strict=True)]
        if min(over) >= 0:
            yield _GAP.join(cell + " " * blank for cell, blank in zip(cells, over, strict=True)).rstrip()
            return
    folded = [list(_folded(cell, size)) for cell, size in zip(cells, room, strict=True)]
    for n in range(max(map(len, folded))):
        parts = [lines[n] if n < len(lines) else "" for lines in folded]
        yield _GAP.join(part + " " * (size - width_of(part)) for part, size in zip(parts, room, strict=True)).rstrip()


def _folded(text: str, width: int) -> Iterator[str]:
    """The text in lines of that width; a word of letters stays whole, Chinese breaks anywhere."""
    for line in text.split("\n"):
        if width_of(line) <= width:
            yield line
            continue
        now = ""
        for piece in _pieces(line):
            if width_of(now) + width_of(piece.rstrip()) > width and now:
                yield now.rstrip()
                now = ""
            now += piece if now else piece.lstrip()
        yield now.rstrip()


def _pieces(line: str) -> Iterator[str]:
    """What is not broken: a word with its blank, a Chinese character with the sign that follows it."""
    word = ""
    for one in line:
        if word and one not in _FOLLOWS and (_width(one) == 2 or word[-1] == " " or _width(word[0]) == 2):
            yield word
            word = ""
        word += one
    if word:
        yield word
