"""Hashing of a Merkle tree, and its proofs, as RFC 9162 section 2.1 has them.

A tree of no entries has no root here and nothing is in it: as the verifiers of transparency-dev/merkle have it.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from hashlib import sha256

HASH_BYTES = 32
Read = Callable[[int, int], Awaitable[bytes]]
"""(level, index) -> the hash over the ``2**level`` entries from ``index * 2**level`` on; all of them must be there."""


class Unproved(Exception):
    """A proof that does not prove what it was said to; the text says why, for the log."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry, which no inner node can have."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The full subtrees that a tree is made of, the largest first: all that is needed to go on and to know the root."""

    def __init__(self, size: int = 0, subtrees: Sequence[bytes] = ()) -> None:
        if len(subtrees) != size.bit_count() or any(len(one) != HASH_BYTES for one in subtrees):
            raise Unproved(f"{len(subtrees)} subtrees are no tree of {size} entries")
        self.size, self._subtrees = size, list(subtrees)

    @property
    def subtrees(self) -> tuple[bytes, ...]:
        """Their hashes, as the constructor takes them."""
        return tuple(self._subtrees)

    def append(self, leaf: bytes) -> None:
        """One more entry, by the hash of its leaf."""
        size, one = self.size, leaf
        while size & 1:
            one = node_hash(self._subtrees.pop(), one)
            size >>= 1
        self._subtrees.append(one)
        self.size += 1

    def root(self) -> bytes:
        """The root; Unproved for a tree of no entries."""
        if not self._subtrees:
            raise Unproved("a tree of no entries has no root")
        return folded(self._subtrees)


def folded(subtrees: Sequence[bytes]) -> bytes:
    """The hash over neighbours of falling size."""
    found = subtrees[-1]
    for one in reversed(subtrees[:-1]):
        found = node_hash(one, found)
    return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these hashes of leaves."""
    frontier = Frontier()
    for one in leaves:
        frontier.append(one)
    return frontier.root()


def full_subtrees(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the subtrees that the entries ``begin`` to ``end`` (without it) are made of, in order.

    ``begin`` is the start of a subtree at least as large as what follows, as in every proof.
    """
    while begin < end:
        level = min((begin & -begin).bit_length() - 1 if begin else 64, (end - begin).bit_length() - 1)
        yield level, begin >> level
        begin += 1 << level


async def root_at(read: Read, size: int) -> bytes:
    """The root as it was at that size."""
    if size < 1:
        raise Unproved("a tree of no entries has no root")
    return await _range(read, 0, size)


async def inclusion_proof(read: Read, index: int, size: int) -> list[bytes]:
    """The hashes from the sibling of entry ``index`` up to below the root of the tree of that size."""
    if not 0 <= index < size:
        raise Unproved(f"entry {index} is not in a tree of {size}")
    begin, end, others = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            others.append((middle, end))
            end = middle
        else:
            others.append((begin, middle))
            begin = middle
    return [await _range(read, *one) for one in reversed(others)]


async def consistency_proof(read: Read, old: int, size: int) -> list[bytes]:
    """The hashes that show the tree of ``old`` entries as the beginning of that of ``size``."""
    if not 0 < old <= size:
        raise Unproved(f"a tree of {old} is no beginning of one of {size}")
    begin, end, others, is_whole = 0, size, [], True
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            others.append((middle, end))
            end = middle
        else:
            others.append((begin, middle))
            begin, is_whole = middle, False
    proof = [] if is_whole else [await _range(read, begin, end)]
    return proof + [await _range(read, *one) for one in reversed(others)]


def see_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Unproved, where the proof does not lead from the leaf at that index to the root of the tree of that size."""
    if not 0 <= index < size:
        raise Unproved(f"entry {index} is not in a tree of {size}")
    _see_hashes([*proof, leaf, root])
    at, last, found, left = index, size - 1, leaf, list(proof)
    while last:
        if not at & 1 and at == last:  # the last of an odd number has no neighbour on this level
            at, last = at >> 1, last >> 1
            continue
        other = _next(left)
        found = node_hash(other, found) if at & 1 else node_hash(found, other)
        at, last = at >> 1, last >> 1
    _see_used(left)
    _see_root(found, root)


def see_consistent(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    """Unproved, where the proof does not show the older tree as the beginning of the newer one."""
    if not 0 < old <= size:
        raise Unproved(f"a tree of {old} is no beginning of one of {size}")
    _see_hashes(proof)
    left = list(proof)
    if old == size:
        _see_used(left)
        return _see_root(old_root, root)
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = _next(left) if at else old_root
    while last:
        if at & 1:
            other = _next(left)
            older, newer = node_hash(other, older), node_hash(other, newer)
        elif at < last:
            newer = node_hash(newer, _next(left))
        at, last = at >> 1, last >> 1
    _see_used(left)
    _see_root(older, old_root)
    return _see_root(newer, root)


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


async def _range(read: Read, begin: int, end: int) -> bytes:
    return folded([await read(*one) for one in full_subtrees(begin, end)])


def _next(left: list[bytes]) -> bytes:
    if not left:
        raise Unproved("the proof is too short")
    return left.pop(0)


def _see_used(left: list[bytes]) -> None:
    if left:
        raise Unproved("the proof is too long")


def _see_root(found: bytes, root: bytes) -> None:
    if found != root:
        raise Unproved(f"the proof leads to {found.hex()}, not to {root.hex()}")


def _see_hashes(proof: Sequence[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in proof):
        raise Unproved(f"a hash has {HASH_BYTES} bytes")
