"""Tables fit the terminal: ids are whole, what has no room is left out by importance, and named."""

from hypothesis import given
from hypothesis import strategies as st

from cli.screen.table import drawn, folded, paired, width_of

ID = "a7c057f9-248d-5353-8fa2-acafd6c53e85"
HEADS = ("filing", "stage", "title", "version")
ROW = (ID, "in_force", "一种用于通信网络的低时延调度方法及其装置", "2")
TEXTS = st.text(st.sampled_from("ab,; 专利许可：，"), max_size=60)


def test_a_table_that_fits_has_all_its_columns() -> None:
    table = drawn(HEADS, [ROW], 120, leaves=(3, 2))
    assert table.left_out == ()
    assert table.lines[2].split() == [*ROW]


def test_in_a_narrow_terminal_the_least_important_goes_first_and_is_named() -> None:
    table = drawn((*HEADS, "party"), [(*ROW, "某通信技术股份有限公司")], 70, leaves=(3, 4))
    assert table.left_out == ("version", "party")
    assert all(width_of(line) <= 70 for line in table.lines)
    assert ID in table.lines[2]


def test_what_stands_below_its_row_is_not_left_out() -> None:
    table = drawn(HEADS, [ROW], 50, leaves=(3, 2), below=(2,))
    assert table.left_out == ("version",)
    assert table.lines[3:] == (f"  {ROW[2]}",)


def test_what_stands_below_can_say_its_head() -> None:
    table = drawn(HEADS, [ROW], 50, leaves=(3, 2), below=(2, 3), names_below=True)
    assert table.left_out == ()
    assert "version: 2" in "".join(table.lines[3:])


def test_an_id_is_never_cut_even_where_it_is_wider_than_the_terminal() -> None:
    assert ID in drawn(HEADS, [ROW], 20).lines[2]
    assert any(ID in line for line in paired([("filing", ID)], 20))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.integers(34, 90))
def test_every_line_fits_and_no_character_is_lost(rows: list[tuple[str, str]], width: int) -> None:
    words = [word for row in rows for cell in row for word in cell.split()]
    lines = drawn(("one", "two"), rows, width).lines
    assert all(width_of(line) <= max(width, 2 + 2 * max(map(width_of, [*words, "one"]))) for line in lines)
    assert sorted("".join("".join(lines[2:]).split())) == sorted("".join(words))


@given(TEXTS, st.integers(4, 40))
def test_a_sentence_that_is_folded_says_the_same(text: str, width: int) -> None:
    assert folded(text, width).replace("\n", "").replace(" ", "") == text.replace(" ", "")
