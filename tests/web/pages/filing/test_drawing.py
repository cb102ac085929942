"""The picture of a lifecycle has every stage once, every way between them, and tells the path that was walked."""

import pytest

from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING
from schemas.lifecycle.stages.stage import Track
from web.pages.filing.drawing import HEIGHT, WIDTH, Drawing, State, draw, tracks_walked

TRACKS = [(kind, track) for kind, one in LIFECYCLES.items() for track in (Track.RIGHT, *one.tracks)]


def _boxes(drawing: Drawing) -> dict[str, State]:
    return {one.stage: one.state for one in drawing.boxes}


@pytest.mark.parametrize(("kind", "track"), TRACKS)
def test_every_stage_of_the_table_stands_in_its_picture_once_and_none_on_another(
    kind: FilingKind, track: Track
) -> None:
    lifecycle = LIFECYCLES[kind]
    drawing = draw(lifecycle, track, ())
    stages = {stage for way in lifecycle.ways(track) for stage in way} - {NOTHING}
    assert stages <= {one.stage for one in drawing.boxes}
    assert (
        len(drawing.boxes)
        == len({one.stage for one in drawing.boxes})
        == len({(one.x, one.y) for one in drawing.boxes})
    )
    assert all(one.x + WIDTH <= drawing.width and one.y + HEIGHT <= drawing.height for one in drawing.boxes)
    assert len(drawing.ways) == len([way for way in lifecycle.ways(track) if NOTHING not in way])


def test_the_path_that_was_walked_is_drawn_on_top_and_told_in_words() -> None:
    drawing = draw(LIFECYCLES[FilingKind.DECLARATION], Track.RIGHT, ["submitted", "filed", "in_force"])
    boxes = _boxes(drawing)
    assert boxes["in_force"] is State.HERE
    assert (boxes["submitted"], boxes["filed"], boxes["draft"]) == (State.WALKED, State.WALKED, State.NEVER)
    assert drawing.walked == ("submitted", "filed", "in_force")
    assert [one.state for one in drawing.ways][-2:] == [State.WALKED, State.WALKED]
    assert "withdrawn" in drawing.next
    assert "returned" not in drawing.next


def test_from_a_stage_that_is_over_nothing_follows() -> None:
    drawing = draw(LIFECYCLES[FilingKind.DECLARATION], Track.RIGHT, ["submitted", "abandoned"])
    assert drawing.next == ()


def test_a_way_that_no_table_has_is_drawn_where_it_was_walked() -> None:
    """What was taken over stands at once in any stage, and a late fact can lead anywhere."""
    lifecycle = LIFECYCLES[FilingKind.DECLARATION]
    assert (
        len(draw(lifecycle, Track.RIGHT, ["refused", "in_force"]).ways)
        == len(draw(lifecycle, Track.RIGHT, []).ways) + 1
    )


def test_each_track_begins_with_its_first_stage_and_repeats_none() -> None:
    stood = [
        ("effective", {"recordal": "due"}),
        ("effective", {"recordal": "due"}),
        ("effective", {"recordal": "filed"}),
    ]
    walked = dict(tracks_walked(LIFECYCLES[FilingKind.LICENCE], stood))
    assert walked[Track.RIGHT] == ["effective"]
    assert walked[Track.RECORDAL] == ["none", "due", "filed"]
    assert walked[Track.ROYALTY] == ["none"]
