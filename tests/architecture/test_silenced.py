"""Every check that is silenced says why, beside it: a silence without a reason outlives what it was for."""

import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.sources import Source, sources

SILENCE = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[a-z, -]+\])?|pragma: no \w+)"
)
WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")


def _comments(source: Source) -> Iterator[tuple[int, str, bool]]:
    """Line, comment, and whether it stands alone."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string, token.line.strip().startswith("#")


def _unexplained(source: Source) -> Iterator[str]:
    alone = {line for line, text, stands_alone in _comments(source) if stands_alone and not SILENCE.search(text)}
    explained = set(alone)
    for line, text, _ in _comments(source):
        if not SILENCE.search(text):
            continue
        if WORDS.search(SILENCE.sub("", text)) or {line - 1, line + 1} & explained:
            explained.add(line)  # of several lines in a row the first says it for all
        else:
            yield f"{source.path}:{line} {text}"


def test_every_silenced_check_says_why() -> None:
    silencing = [source for source in sources() if SILENCE.search(source.text)]
    assert silencing
    assert [one for source in silencing for one in _unexplained(source)] == []
