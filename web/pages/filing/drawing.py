"""The lifecycle of a filing as a picture: stages in columns, ways between them, and of these the ones that were gone.

Lengths are in the units of the picture, which is as wide as its columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from schemas.lifecycle.row import NOTHING
from schemas.lifecycle.stages.stage import Stage, Track
from schemas.lifecycle.table import Lifecycle

WIDTH, HEIGHT = 178, 34
"""Of the box of a stage."""
_ACROSS, _DOWN, _TOP, _MARGIN = 62, 18, 30, 6
_BULGE = 24


class State(StrEnum):
    """How a stage or a way is drawn."""

    NEVER = "never"
    NEXT = "next"
    WALKED = "walked"
    HERE = "here"


class Box(NamedTuple):
    """A stage at its place."""

    stage: str
    x: int
    y: int
    state: State


class Way(NamedTuple):
    """A line between two stages; ``path`` as SVG has it."""

    path: str
    state: State


class Column(NamedTuple):
    """What the stages of a column have in common: a phase, or nothing that has a name."""

    x: int
    phase: str | None


class Drawing(NamedTuple):
    """A picture with what it says in words: ``walked`` is every stage in turn, ``next`` what can follow."""

    track: Track
    width: int
    height: int
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    """Those that matter most come last, and so lie on top."""
    walked: tuple[str, ...]
    next: tuple[str, ...]


def draw(lifecycle: Lifecycle, track: Track, walked: Sequence[str]) -> Drawing:
    """The picture of a track of which ``walked`` are the stages that it was in, the last of them where it stands."""
    ways = {way: acts for way, acts in lifecycle.ways(track).items() if NOTHING not in way}
    here = walked[-1] if walked else NOTHING
    columns = _columns(lifecycle, track, ways)
    places = {
        stage.value: (_MARGIN + column * (WIDTH + _ACROSS), _TOP + row * (HEIGHT + _DOWN))
        for column, (_, stages) in enumerate(columns)
        for row, stage in enumerate(stages)
    }
    gone = {pair for pair in pairwise(walked) if pair[0] in places and pair[1] in places and pair[0] != pair[1]}
    all_ways = dict.fromkeys([*((a.value, b.value) for a, b in ways), *gone])
    states = {way: State.WALKED if way in gone else State.NEXT if way[0] == here else State.NEVER for way in all_ways}
    boxes = tuple(
        Box(stage, *at, State.HERE if stage == here else State.WALKED if stage in walked else State.NEVER)
        for stage, at in places.items()
    )
    rank = [State.NEVER, State.NEXT, State.WALKED]
    return Drawing(
        track,
        2 * _MARGIN + len(columns) * (WIDTH + _ACROSS) - _ACROSS + _BULGE,
        max(y for _, y in places.values()) + HEIGHT + _MARGIN,
        tuple(Column(_MARGIN + n * (WIDTH + _ACROSS), phase) for n, (phase, _) in enumerate(columns)),
        boxes,
        tuple(
            Way(_line(places[one[0]], places[one[1]]), states[one])
            for one in sorted(all_ways, key=lambda way: rank.index(states[way]))
        ),
        tuple(one for one in walked if one in places),
        tuple(
            end for start, end in all_ways if start == here and states[start, end] is not State.NEVER and end != here
        ),
    )


def _columns(
    lifecycle: Lifecycle, track: Track, ways: Mapping[tuple[Stage, Stage], object]
) -> list[tuple[str | None, list[Stage]]]:
    """Stages of the right stand by their phase, those of other tracks by how many steps they are from the first."""
    if track is Track.RIGHT:
        found = dict[str, list[Stage]]()
        for stage in lifecycle.right:
            if stage != NOTHING:
                found.setdefault(stage.phase.value, []).append(stage)
        return list(found.items())
    first = lifecycle.tracks[track]
    depth = {first: 0}
    queue = [first]
    for start in queue:
        for end in (end for begin, end in ways if begin == start and end not in depth):
            depth[end] = depth[start] + 1
            queue.append(end)
    by_depth = [[stage for stage, at in depth.items() if at == column] for column in range(max(depth.values()) + 1)]
    return [(None, stages) for stages in by_depth]


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = start, end
    middle, to_middle = y + HEIGHT // 2, to_y + HEIGHT // 2
    if x == to_x:
        if abs(to_y - y) == HEIGHT + _DOWN:  # next to each other; there and back do not lie on one another
            down = to_y > y
            at = x + WIDTH // 2 + (-12 if down else 12)
            return f"M{at} {y + HEIGHT if down else y}V{to_y - 3 if down else to_y + HEIGHT + 3}"
        side = x + WIDTH
        return f"M{side} {middle}C{side + _BULGE} {middle} {side + _BULGE} {to_middle} {side + 3} {to_middle}"
    if to_x > x:
        begin, finish = x + WIDTH, to_x - 3
        bend = (finish - begin) // 2
        return f"M{begin} {middle}C{begin + bend} {middle} {finish - bend} {to_middle} {finish} {to_middle}"
    begin, finish = x, to_x + WIDTH + 3
    bend = (begin - finish) // 2
    return f"M{begin} {middle + 8}C{begin - bend} {middle + 8} {finish + bend} {to_middle + 8} {finish} {to_middle + 8}"


def tracks_walked(
    lifecycle: Lifecycle, stood: Sequence[tuple[str, Mapping[str, str]]]
) -> Iterator[tuple[Track, list[str]]]:
    """Each track with the stages that it was in, in the order of recording, the right first."""
    yield Track.RIGHT, _without_repeats(stage for stage, _ in stood)
    for track, first in lifecycle.tracks.items():
        yield track, _without_repeats([first.value, *(tracks[track] for _, tracks in stood if track in tracks)])


def _without_repeats(stages: Iterator[str] | list[str]) -> list[str]:
    found = list[str]()
    for one in stages:
        if not found or found[-1] != one:
            found.append(one)
    return found
