"""Trains a dictionary for stored histories on the golden ones, and says what it saves on those it has not seen.

python -m benchmarks.dictionary [FILE]        writes it where a file is named
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import zstandard
from temporalio.api.history.v1 import HistoryEvent

from audit.evidence.packing import as_bytes
from tests.histories import golden

BYTES = 32 * 1024
"""Twice as much saves three hundredths more, and every program that reads or writes holds it."""
_PART = 9
"""Events that an act leaves, roughly: what a nightly copy of an open run adds."""


def parts(events: Iterable[HistoryEvent]) -> list[bytes]:
    """The history as several nights would have copied it."""
    every = list(events)
    return [as_bytes(every[start : start + _PART]) for start in range(0, len(every), _PART)]


def main(file: Path | None) -> None:
    """One line of figures: half of the histories train, the other half is compressed."""
    histories = [golden.read(name).events for name in golden.names()]
    seen, unseen = histories[::2], histories[1::2]
    trained = zstandard.train_dictionary(BYTES, [part for one in seen for part in parts(one)])
    for words, level, known in (("without", 9, None), ("with", 9, trained)):
        compressor = zstandard.ZstdCompressor(level=level, dict_data=known) if known else zstandard.ZstdCompressor(9)
        whole = [as_bytes(one) for one in unseen]
        packed = sum(len(compressor.compress(one)) for one in whole)
        in_parts = sum(len(compressor.compress(part)) for one in unseen for part in parts(one))
        print(f"{words} dictionary: {sum(map(len, whole))} bytes -> {packed} whole, {in_parts} in parts")
    if file is not None:
        file.write_bytes(
            zstandard.train_dictionary(BYTES, [part for one in histories for part in parts(one)]).as_bytes()
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
