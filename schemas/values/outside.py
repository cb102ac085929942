"""What the outside world calls its things: one normal form for each name that banks, offices and registers give.

A bank line, a receipt or a patent is one thing however its number is written: in full or half width, in capitals or
not, with blanks, with another dash, or with characters that nobody sees. The form is made where a value comes in, so
that acts, events and tables say the same; what the log already holds is read as it was written.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple
from unicodedata import category, normalize

from pydantic import BeforeValidator, ValidationInfo

from schemas.values.money import STORED

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
"""Characters that are letters, marks or symbols by their class, and yet are not seen."""

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_JOINERS = frozenset("\x00\u180e\u200c\u200d")


class Writing(NamedTuple):
    """How one kind of name is written in its normal form; NFKC, and without what is not seen, all of them are."""

    blanks: Literal["gone", "single"] = "gone"
    capitals: Literal["upper", "lower", "kept"] = "upper"
    leaves_out: str = ""
    """Further characters that say nothing in such a name."""


WRITINGS = {
    "bank": Writing(blanks="single"),
    "account": Writing(leaves_out="-"),
    "bank_serial": Writing(),
    "receipt_number": Writing(),
    "office_number": Writing(),
    "gazette": Writing(),
    "patent": Writing(),
    "contract": Writing(capitals="kept"),
    "project": Writing(blanks="single", capitals="kept"),
    "counterparty": Writing(blanks="single"),
    "credit_code": Writing(leaves_out="-"),
    "document_hash": Writing(capitals="lower"),
    "reason": Writing(blanks="single", capitals="kept"),
    "title": Writing(capitals="kept"),
}
"""The one table: kind of name -> its writing. ``office_number``: of declarations, filings, recordals, registrations and
permits; ``title``: of patents, and names of parties, which are compared in this form and kept as they are written.
Blanks beside a Chinese character are never kept: they come from printing."""


def normal(kind: str, text: str) -> str:
    """The one form of such a name; the same for every way of writing it, and for itself."""
    writing = WRITINGS[kind]
    plain = normalize("NFKC", text).translate(_SEEN)
    words = [word for word in plain.split(" ") if word]
    plain = "".join(words) if writing.blanks == "gone" else _with_single_blanks(words)
    for nothing in writing.leaves_out:
        plain = plain.replace(nothing, "")
    if writing.capitals == "upper":
        plain = plain.upper()
    elif writing.capitals == "lower":
        plain = plain.lower()
    return normalize("NFKC", plain)


def kept(text: str, *, lines: bool) -> str:
    """A text as it is stored: without what a terminal would obey and nobody sees; ``lines``: it may have several.

    Word's vertical tab and its like are line breaks; a text of one line has a blank in their place, or nothing beside a
    Chinese character. U+0000 stays, and is refused; so do the joiners of Mongolian and Arabic script.
    """
    if text.isprintable():
        return text
    plain = "".join(map(_storable, text.replace("\r\n", "\n")))
    if lines:
        return plain
    return _with_single_blanks([line.strip() for line in plain.split("\n") if line.strip()])


def _storable(one: str) -> str:
    if one in _LINE_BREAKS:
        return "\n"
    if one == "\t":
        return " "
    return "" if category(one) in ("Cc", "Cf") and one not in _JOINERS else one


def _seen(one: str) -> str:
    """The character, a blank for every kind of blank, a hyphen for every kind of dash, nothing for what is not seen."""
    kind = category(one)
    if one == "\x00":
        return one  # no text at all: it is refused, not mended
    if one.isspace() or kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind == "Pd" or one == "\u2212":
        return "-"
    return "" if kind in ("Cc", "Cf") or one in _UNSEEN else one


class _Seen(dict[int, str]):
    """Character -> what is seen of it, learnt as they come: an act has hundreds, nearly always the same ones.

    Of the rare planes beyond the first nothing is kept, so that nobody can fill memory with them.
    """

    def __missing__(self, code: int) -> str:
        seen = _seen(chr(code))
        if code < 0x10000:
            self[code] = seen
        return seen


_SEEN = _Seen()


def _with_single_blanks(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word if not text or _is_wide(text[-1]) or _is_wide(word[0]) else f" {word}"
    return text


def _is_wide(one: str) -> bool:
    return "\u2e80" <= one <= "\u9fff" or "\uf900" <= one <= "\ufaff" or "\U00020000" <= one <= "\U0003ffff"


def written(kind: str, form: Callable[[str], str] | None = None) -> BeforeValidator:
    """For the types of such names: gives the normal form of what comes in; other values are judged as they are.

    ``form``: where the table alone does not say it.
    """

    def put(value: Any, info: ValidationInfo) -> Any:
        # What was recorded keeps its words: hashes and ids were made of them, perhaps before this form existed.
        if not isinstance(value, str) or info.context == STORED:
            return value
        return form(value) if form else normal(kind, value)

    return BeforeValidator(put)


def storable(*, lines: bool) -> BeforeValidator:
    """For the types of texts: gives what is stored of a text that comes in; see ``kept``."""

    def put(value: Any, info: ValidationInfo) -> Any:
        return kept(value, lines=lines) if isinstance(value, str) and info.context != STORED else value

    return BeforeValidator(put)
