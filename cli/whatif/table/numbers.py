"""Whole numbers in arrays: groups by key, and sums that are exact however large they get."""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LARGEST = 1 << 60
"""No sum of bases times a scale passes it: twice two such sums still fit into 64 bits."""


def sums(groups: Ints, size: int, values: Ints) -> Ints:
    """The sum of each group, in whole numbers."""
    total = np.zeros(size, dtype=values.dtype)
    np.add.at(total, groups, values)
    return total


def exact_sums(groups: Ints, size: int, values: npt.NDArray[Any]) -> list[int]:
    """The sum of each group in Python's own whole numbers, which have no end; values are not negative."""
    if values.dtype == object:
        total = [0] * size
        for group, value in zip(groups.tolist(), values, strict=True):
            total[group] += int(value)
        return total
    high, low = sums(groups, size, values >> 20), sums(groups, size, values & 0xFFFFF)
    return [(one << 20) + other for one, other in zip(high.tolist(), low.tolist(), strict=True)]


def large_sums(groups: Ints, size: int, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The sum of each group; an array of Python's own whole numbers where 64 bits might not do."""
    if values.dtype != object and not (ceilings(groups, size, values) >= LARGEST >> 20).any():
        return sums(groups, size, values)
    return np.array(exact_sums(groups, size, values), dtype=object)


def ceilings(groups: Ints, size: int, values: Ints) -> Ints:
    """No less than the sum of each group, in steps of 2^20: the sum itself could pass 64 bits."""
    return sums(groups, size, (values >> 20) + 1)


def numbered(*keys: Ints) -> tuple[Ints, Ints, int]:
    """Group of each place by its keys, the first place of each group, and how many groups there are."""
    joined = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        if len(key):
            joined = joined * (int(key.max()) + 2) + key + 1
            if len(keys) > 2:
                joined = np.unique(joined, return_inverse=True)[1]
    _, first, group = np.unique(joined, return_index=True, return_inverse=True)
    return group, first, len(first)
