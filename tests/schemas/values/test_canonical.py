"""The canonical bytes are one text for one value, whatever it is built from."""

import json
import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.values.canonical import FIRST_PREVIOUS_HASH, canonical, chain_hash, plain
from schemas.values.money import Money

_NAIVE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Stage(StrEnum):
    DRAFT = "draft"


_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
_KEY = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEY, inner, max_size=4),
    max_leaves=20,
)


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: _shuffled(value[name], chance) for name in names}
    return [_shuffled(item, chance) for item in value] if isinstance(value, list) else value


@given(_VALUES, st.randoms())
def test_the_order_of_keys_does_not_matter(value: Any, chance: random.Random) -> None:
    assert canonical(value) == canonical(_shuffled(value, chance))


@given(_VALUES)
def test_what_is_read_back_is_the_value_and_has_the_same_bytes(value: Any) -> None:
    read = json.loads(canonical(value))
    assert read == value
    assert canonical(read) == canonical(value)


@given(_VALUES, _VALUES)
def test_two_values_have_the_same_bytes_only_if_they_print_alike(one: Any, other: Any) -> None:
    print_alike = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(one) == canonical(other)) == print_alike


def test_the_values_of_the_domain_have_their_fixed_text() -> None:
    value = {
        "stage": Stage.DRAFT,
        "fen": Money.of("2995.5"),
        "on": date(2026, 11, 22),
        "share": Decimal("0.50"),
        "at": datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8))),
        "parts": (1, True, None),
        "id": UUID("6f2a7d5e-8a0b-5c7e-9a51-0a5de1cece00"),
        "名".encode().hex(): "开放许可",
    }
    assert canonical(value).decode() == (
        '{"at":"2026-11-22T00:00:00.000000Z","e5908d":"开放许可","fen":299550,'
        '"id":"6f2a7d5e-8a0b-5c7e-9a51-0a5de1cece00","on":"2026-11-22","parts":[1,true,null],'
        '"share":"0.50","stage":"draft"}'
    )


@pytest.mark.parametrize("value", [1.0, b"x", {1, 2}, _NAIVE, object()], ids=lambda value: type(value).__name__)
def test_what_two_programs_could_print_differently_is_no_event(value: object) -> None:
    with pytest.raises(TypeError):
        plain({"x": [value]})


@pytest.mark.parametrize("value", [{"名": 1}, {1: 1}, "a\x00b", {"a\x00": 1}, "\ud800"], ids=ascii)
def test_text_that_cannot_be_stored_or_sorted_is_no_event(value: object) -> None:
    with pytest.raises(ValueError, match=r"U\+0000|ASCII|surrogates"):
        canonical(value)


def test_a_link_is_the_hash_of_the_previous_hash_and_the_bytes() -> None:
    first = chain_hash(FIRST_PREVIOUS_HASH, b"{}")
    assert first == sha256(bytes(32) + b"{}").digest()
    assert chain_hash(first, b"{}") != first
    with pytest.raises(ValueError, match="32 bytes"):
        chain_hash(first + b"{", b"}")


def test_an_instant_is_told_in_utc_with_six_digits() -> None:
    assert plain(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"
