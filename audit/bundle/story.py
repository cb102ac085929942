"""What happened in a filing, in the order of the law, in words of one language."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit.bundle.record import FilingRecord
from database.evidence.filing_record import NamedParty
from rules.kinds import KINDS
from schemas.acts.act import CorrectFact, FilingKind
from schemas.standing.fact import Fact
from schemas.values.model import SHANGHAI
from texts.bundle import bundle_rows, bundle_text
from texts.citations import article_in
from texts.lines import Language, line_text
from texts.traces.told import key_in, step_in
from texts.words import field_name, name_of, name_rows

_SAID_BESIDE = ("act_id", "filing_id", "by", "on", "kind", "origin", "evidence")
_SHORT_ID, _SHORT_HASH = 8, 16
_LONGEST = 420
"""Characters of one field of an act; the whole of it stands among the events."""
_WORD = re.compile("[a-z]+(?:_[a-z]+)*")
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Telling:
    """The names of everything in one language."""

    language: Language
    parties: Mapping[str, NamedParty]
    documents: Mapping[str, str]

    @classmethod
    def of(cls, record: FilingRecord, language: Language) -> "Telling":
        """The names of a record."""
        return cls(
            language,
            {str(one.party_id): one for one in record.parties},
            {one.card.content_hash: one.card.name for one in record.documents},
        )

    def text(self, key: str, **facts: object) -> str:
        """A text of the pages."""
        return bundle_text(key, self.language, **facts)

    def party(self, party_id: UUID | str | None) -> str:
        """The public name of an organisation, or a person's reference."""
        known = self.parties.get(str(party_id))
        short = str(party_id)[:_SHORT_ID]
        if known is None:
            return short
        return f"{known.public_name} ({short})" if known.public_name else f"{self.text(known.kind)} {short}"

    def role(self, role: str) -> str:
        """A role by its name."""
        return name_of("roles", role, self.language)

    def rule(self, rule: str) -> str:
        """A rule by its name; the code of one that has none."""
        return bundle_text(f"rule_{rule}", self.language) if f"rule_{rule}" in bundle_rows() else rule

    def account(self, account: str) -> str:
        """An account by its name, with whose it is."""
        name, _, whose = account.partition(":")
        said = bundle_text(f"account_{name}", self.language) if f"account_{name}" in bundle_rows() else name
        return f"{said} {self.key(whose)}".strip()

    def key(self, key: str) -> str:
        """A key of a line, or the name of a legal value."""
        return self.named(key_in(key, self.language))

    def step(self, text: str) -> str:
        """What a determination says of a step."""
        return self.named(step_in(text, self.language))

    def article(self, article: str) -> str:
        """An article as it is cited."""
        return article_in(article, self.language)

    def named(self, text: str) -> str:
        """A text with the ids in it as parties, where they are parties."""
        return _ID.sub(lambda found: self.party(found[0]) if found[0] in self.parties else found[0], text)

    def value(self, value: Any, field: str = "") -> str:
        """Any value of an act: ids as parties, hashes as documents, words by their names, amounts as they are."""
        if isinstance(value, Mapping):
            said = ((self.field(name), self.value(one, name)) for name, one in value.items())
            return "; ".join(f"{name} {one}" for name, one in said if one)
        if isinstance(value, list | tuple):
            return ", ".join(filter(None, (self.value(one, field) for one in value)))
        if value is None or value is False:
            return ""
        text = line_text("sentences", "yes", self.language) if value is True else str(value)
        if text in self.documents:
            return f"{self.documents[text]} [{text[:_SHORT_HASH]}]"
        if (known := name_rows("values").get(f"{field}.{text}")) is not None:
            return str(getattr(known, self.language))
        return self.key(text) if _WORD.fullmatch(text) else self.named(text)

    def field(self, name: str) -> str:
        """A field of an act by its name."""
        return field_name(name, self.language)


def facts_of(record: FilingRecord) -> list[Fact[Any]]:
    """The events as facts, in the order of recording."""
    kind = KINDS[FilingKind(record.filing.kind)]
    return [kind.fact(link.version, link.recorded_at, json.loads(link.canonical)["body"]) for link in record.links]


def story_of(record: FilingRecord, telling: Telling) -> list[dict[str, str]]:
    """One row for each event, by legal day."""
    facts = facts_of(record)
    corrected = _corrected(facts)
    ordered = sorted(facts, key=lambda fact: (fact.act.on, fact.version))
    return [_row(record, fact, telling, corrected.get(fact.act.act_id, [])) for fact in ordered]


def _row(record: FilingRecord, fact: Fact[Any], telling: Telling, corrections: list[int]) -> dict[str, str]:
    act, kind = fact.act, FilingKind(record.filing.kind)
    rows = KINDS[kind].lifecycle.rows_of(act.kind)
    said = dict(_said(act, telling))
    if corrections:
        said[""] = telling.text("corrected_by", versions=", #".join(map(str, corrections)))
    return {
        "version": f"#{fact.version}",
        "on": act.on.isoformat(),
        "what": name_of("acts", f"{kind.value}.{act.kind}", telling.language),
        "by": f"{telling.role(act.by.role)}\n{telling.party(act.by.party_id)}",
        "article": telling.article("; ".join(dict.fromkeys(row.article for row in rows))),
        "content": "\n".join(f"{name}: {value}" if name else value for name, value in said.items()),
        "recorded_at": fact.recorded_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
    }


def _said(act: Any, telling: Telling) -> Iterator[tuple[str, str]]:
    given = act.model_dump(mode="json", exclude=set(_SAID_BESIDE), exclude_none=True, exclude_defaults=True)
    for name, value in given.items():
        if text := telling.value(value, name):
            yield telling.field(name), text if len(text) <= _LONGEST else telling.text("cut", text=text[:_LONGEST])
    if act.evidence:
        yield telling.field("evidence"), telling.value([str(one) for one in act.evidence])


def _corrected(facts: Iterable[Fact[Any]]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    for fact in facts:
        if isinstance(fact.act, CorrectFact):
            found.setdefault(fact.act.corrects, []).append(fact.version)
    return found
