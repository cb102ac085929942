"""What a scheme's determination read and did, with the provision behind each element."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeVar

from rules.law.recorder import Recorder
from schemas.schemes.clauses import Clause, Per
from schemas.schemes.scheme import Scheme, Version
from schemas.values.determination import Citation, Determination, ResultLine, ValueRead
from schemas.values.model import Model

RULE = "subsidy"
T = TypeVar("T")


def scheme_hash(scheme: Scheme) -> str:
    """SHA-256 over everything the scheme says, in hex; the same for every spelling of its file."""
    plain = json.dumps(scheme.model_dump(mode="json", by_alias=True), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def scheme_text(scheme: Scheme) -> str:
    """The scheme as JSON that reads back as the same scheme: what is left out of its file is left out here."""
    return scheme.model_dump_json(by_alias=True, exclude_defaults=True)


class Trace:
    """Records elements and arithmetic of one version of a scheme, each with its provision."""

    is_read = True

    def __init__(self, scheme: Scheme, version: Version) -> None:
        self.scheme, self.version, self.recorder, self.place = scheme, version, Recorder(), ""
        self.bound: set[tuple[Literal["floor", "cap"], Per]] = set()
        """The floors and caps that changed an amount."""

    def within(self, place: str, version: Version) -> "Trace":
        """The same record for one part of the version; ``place`` stands before the names of what it read and did."""
        part = Trace(self.scheme, version)
        part.recorder, part.bound, part.place = self.recorder, self.bound, place
        return part

    def read(self, name: str, value: object, clause: Clause | None = None) -> None:
        """An element that the result depends on."""
        version = self.version
        self.recorder.keep(
            ValueRead(
                name=f"{self.scheme.id}.{self.place}{name}",
                value=str(value),
                since=version.since,
                citation=self.cite(clause),
                mark=(clause.mark if clause else None) or version.mark,
            )
        )

    def cite(self, clause: Clause | None) -> Citation:
        """The provision of an element, else that of its version."""
        return (clause.cite if clause else None) or self.version.cite

    def step(self, what: str, how: str, result: object, clause: Clause | None = None, *, is_no: bool = False) -> None:
        """Adds one line of the arithmetic; ``is_no``: it is why nothing, or less, is given."""
        where = f"{self.place.rstrip('.')}: " if self.place else ""
        self.recorder.step(f"{where}{what}", how, result, self.cite(clause).provision, is_no=is_no)

    def told(self, text: Callable[[T], str], of: T) -> str:
        """An element in words; made only where somebody reads it, since a formula can have ten thousand tiers."""
        return text(of) if self.is_read else ""

    def determination(
        self,
        inputs: Model,
        as_of: date,
        result: Sequence[ResultLine],
        unknown: Sequence[str],
        answers: Mapping[str, str],
    ) -> Determination:
        """Everything read and done, with the result; with something unknown there is none."""
        recorded = {"scheme": scheme_text(self.scheme), "facts": inputs.model_dump_json()}
        lines = () if unknown else result
        return self.recorder.close(RULE, as_of, recorded, lines, scheme_hash(self.scheme), unknown, answers)


class Untold(Trace):
    """A trace that nobody reads: only the amount is asked for, of very many bases."""

    is_read = False

    def read(self, name: str, value: object, clause: Clause | None = None) -> None:
        pass

    def step(self, what: str, how: str, result: object, clause: Clause | None = None, *, is_no: bool = False) -> None:
        pass
