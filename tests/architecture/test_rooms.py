"""The house stays one that a newcomer can walk through: few rooms, few arrows, none that runs back up."""

from tests.architecture.rooms import arrows, circle, files_by_folder

MOST_FILES, MOST_ROOMS, MOST_ARROWS = 15, 12, 40


def test_no_folder_has_more_files_than_a_reader_can_look_over() -> None:
    assert {folder: files for folder, files in files_by_folder().items() if files > MOST_FILES} == {}


def test_the_rules_are_a_few_rooms_with_few_arrows_and_no_circle() -> None:
    drawn = arrows()
    assert len({room for arrow in drawn for room in arrow}) <= MOST_ROOMS
    assert len(drawn) <= MOST_ARROWS
    assert circle(drawn) == ()


def test_a_circle_would_be_seen() -> None:
    assert set(circle({("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")})) == {"a", "b", "c", "d"}
    assert circle({("a", "b"), ("b", "c"), ("a", "c")}) == ()
