"""The tree hashes and proves as RFC 9162 says; vectors of others agree, also those that must not pass.

``vectors.jsonl``: facts of transparency-dev/merkle (Apache-2.0), ``testdata/inclusion`` and ``testdata/consistency`` at
commit 417fb0c: name, whether it holds, index or older size, size, proof, hash of the leaf or older root, root.
"""

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.transparency.tree import (
    Frontier,
    Unproved,
    consistency_proof,
    full_subtrees,
    inclusion_proof,
    leaf_hash,
    root_at,
    root_of,
    see_consistent,
    see_included,
)

VECTORS: list[Any] = [json.loads(line) for line in Path(__file__).with_name("vectors.jsonl").read_text().splitlines()]
LEAVES = [leaf_hash(str(number).encode()) for number in range(100)]


async def read(level: int, index: int) -> bytes:
    return root_of(LEAVES[index << level : (index + 1) << level])


def holds(vector: Sequence[Any]) -> bool:
    name, _, first, size, proof, *hashes = vector
    hashed, (one, root) = [b64decode(part) for part in proof], [b64decode(part) for part in hashes]
    try:
        if name.startswith("inclusion"):
            see_included(one, first, size, hashed, root)
        else:
            see_consistent(first, size, hashed, one, root)
    except Unproved:
        return False
    return True


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one[0])
def test_what_another_library_accepts_or_refuses_is_accepted_or_refused(vector: Sequence[Any]) -> None:
    assert holds(vector) is vector[1]


def test_the_vectors_are_all_there() -> None:
    assert (len(VECTORS), sum(one[1] for one in VECTORS)) == (196, 12)


@given(st.integers(1, 100), st.data())
async def test_every_entry_is_proved_in_every_tree_that_has_it(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = await inclusion_proof(read, index, size), root_of(LEAVES[:size])
    see_included(LEAVES[index], index, size, proof, root)
    for other in {0, size - 1} - {index}:
        with pytest.raises(Unproved):
            see_included(LEAVES[index], other, size, proof, root)


@given(st.integers(1, 100), st.data())
async def test_every_older_tree_is_proved_to_be_the_beginning_of_a_newer_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    proof, root = await consistency_proof(read, old, size), root_of(LEAVES[:size])
    assert root == await root_at(read, size)
    see_consistent(old, size, proof, root_of(LEAVES[:old]), root)
    changed = [LEAVES[-1], *LEAVES[1:old]]
    with pytest.raises(Unproved):
        see_consistent(old, size, proof, root_of(changed), root)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_tree_goes_on_from_its_subtrees(before: int, more: int) -> None:
    first = Frontier()
    for one in LEAVES[:before]:
        first.append(one)
    again = Frontier(first.size, first.subtrees)
    for one in LEAVES[before : before + more]:
        again.append(one)
    if before + more:
        assert again.root() == root_of(LEAVES[: before + more])


def test_subtrees_that_are_no_tree_of_that_size_are_refused() -> None:
    for size, subtrees in ((1, ()), (3, (bytes(32),)), (2, (bytes(31),))):
        with pytest.raises(Unproved):
            Frontier(size, subtrees)


def test_a_tree_of_nothing_has_no_root_and_no_proof() -> None:
    with pytest.raises(Unproved):
        Frontier().root()
    with pytest.raises(Unproved):
        see_consistent(0, 1, [], bytes(32), bytes(32))


def test_the_subtrees_of_a_range_are_as_large_as_they_can_be() -> None:
    assert list(full_subtrees(0, 7)) == [(2, 0), (1, 2), (0, 6)]
    assert list(full_subtrees(4, 7)) == [(1, 2), (0, 6)]
