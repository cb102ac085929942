"""What stands in a text in the other language: words of Chinese in English, of English or of programs in Chinese."""

import re
from collections.abc import Iterable

ALIKE = re.compile(
    r"[\u4e00-\u9fff]+〔\d{4}〕\d+号|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40,}"
    r"|starter\.py[^；。，）\n]*|^ +--.*|--[a-z-]+|\b(?:declaration|licence|payout|settlement):[\w:]*"
    r"|\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+\b|\b[A-Z]-\d\d\b|\bK?\d+\b",
    re.MULTILINE,
)
"""What is the same in both: numbers of instruments, ids, hashes, what is typed, names of runs and schemes."""
TYPED = re.compile(r"（[a-z_-]+(?:[，、][a-z_-]+)*）")
"""Words of acts, fields and stages beside their names, since they are to be typed."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ _][A-Za-z]{2,})+|\b[a-z]+_[a-z_]+\b")
HAN = re.compile("[\u4e00-\u9fff，。；：（）、]")


def mixed(told: str, language: str, names: Iterable[str] = ()) -> list[str]:
    """The words of the other language; ``names``: how parties, patents and bank lines are called in any language."""
    for name in names:
        told = told.replace(name, "")
    return (ENGLISH if language == "zh" else HAN).findall(TYPED.sub("", ALIKE.sub("", told)))
