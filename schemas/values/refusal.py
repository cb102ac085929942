"""The two kinds of no.

    Exception
    ├── Refused   the answer is no, for a reason of law, state or form; never retried; carries a Refusal
    └── Fault     something is broken; says whose fault it is and whether to try again
        └── NotSetUp   what a server or an address must be before anything can work, said in both languages

Callers compare ``code``. What people read of it stands in ``texts/`` and is put on where it is shown.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from fractions import Fraction
from typing import Any

from pydantic import Field, model_validator

from schemas.values.model import Model

_TEXTS = ("article", "zh", "en", "remedy_zh", "remedy_en")


class Refusal(Model):
    """A no, or a warning: its code and the facts that its texts name."""

    code: str
    where: str = ""
    """The field, row or filing it is about; empty when it is the act as a whole."""
    facts: dict[str, str] = Field(default_factory=dict)
    """What fills the ``{names}`` of its texts."""

    @model_validator(mode="before")
    @classmethod
    def _without_texts(cls, given: Any) -> Any:
        # Histories and answers of an earlier version hold them; a run that begins with one must still be read.
        return {name: one for name, one in given.items() if name not in _TEXTS} if isinstance(given, dict) else given

    def __hash__(self) -> int:
        return hash((self.code, self.where, *sorted(self.facts.items())))

    def __str__(self) -> str:
        place = f" @ {self.where}" if self.where else ""
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}{place} ({facts})" if facts else f"{self.code}{place}"


def refusal(code: str, where: str = "", **facts: object) -> Refusal:
    """The refusal of that code; its texts name no other ``facts``, and a test sees that they are all given."""
    return Refusal(code=code, where=where, facts={name: str(value) for name, value in facts.items()})


class Refused(Exception):
    """The act is refused; ask ``refusals`` for the reasons."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__("; ".join(str(one) for one in refusals))


def refuse(code: str, where: str = "", **facts: object) -> Refused:
    """``raise refuse("already_declared", where=..., patent=...)``."""
    return Refused(refusal(code, where, **facts))


class Fault(Exception):
    """Something is broken. ``whose``: ``ours``, ``caller``, ``setup``, ``database``, ``temporal`` or ``outside``."""

    def __init__(self, whose: str, what: str, *, retry: bool) -> None:
        self.whose, self.what, self.retry = whose, what, retry
        super().__init__(f"{what} (fault: {whose}, {'try again' if retry else 'do not try again'})")


class NotSetUp(Fault):
    """A server or its address is not what the programs need: what to do about it, and no part of an address."""

    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh
        super().__init__("setup", en, retry=False)


_NEAR = Fraction(7, 10)
"""Below it two words of the field have hardly more in common than letters."""
_WHOLE = 4
"""From so many letters on, one word inside another is that word with something left out."""


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that is written most like ``given``, whatever its capitals; None where none is near."""
    by_form = {word.casefold(): word for word in known}
    form = given.casefold().replace("-", "_").replace(" ", "_")
    inside = [word for word in by_form if len(form) >= _WHOLE and (form in word or word in form)]
    close = get_close_matches(form, by_form, n=1, cutoff=_NEAR)  # type: ignore[call-overload]  # it only compares
    found = close or get_close_matches(form, inside, n=1, cutoff=0)
    return by_form[found[0]] if found else None


def nearest_first(given: str, choices: Iterable[str]) -> list[str]:
    """The choices, those most like what was given first."""
    matcher = SequenceMatcher(b=given.lower())

    def likeness(choice: str) -> float:
        matcher.set_seq1(choice.lower())
        return -matcher.ratio()

    return sorted(choices, key=likeness)
