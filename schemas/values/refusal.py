"""The two kinds of no.

    Exception
    ├── Refused   the answer is no, for a reason of law, state or form; never retried; carries a Refusal
    └── Fault     something is broken; says whose fault it is and whether to try again
        └── NotSetUp   what a server or an address must be before anything can work, said in both languages

Callers compare ``code``. What people read of it stands in ``texts/`` and is put on where it is shown.
"""

from pydantic import Field

from schemas.values.model import Model


class Refusal(Model):
    """A no, or a warning: its code and the facts that its texts name."""

    code: str
    where: str = ""
    """The field, row or filing it is about; empty when it is the act as a whole."""
    facts: dict[str, str] = Field(default_factory=dict)
    """What fills the ``{names}`` of its texts."""

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
