"""The acts of a filing as a timeline: what was done, by whom, what it said in a few words, and where it led."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from database.console.history import Told
from schemas.acts.act import FilingKind
from schemas.values.actor import Role
from schemas.values.model import SHANGHAI
from texts.words import name_of
from web.asking import act_shown, model_of
from web.forms.given import as_form
from web.forms.saying import stated_pairs
from web.forms.shape import Control, fields_of
from web.pages.filing.read import ShownFiling
from web.rights.parts import names
from web.visit import Visit
from web.words import word

_SAID = frozenset(
    {Control.TEXT, Control.YUAN, Control.DAY, Control.CHOICE, Control.NUMBER, Control.GROUP, Control.PARTY}
)
_MOST, _LONGEST = 4, 60
"""Facts of an act in the timeline, and signs of one; its receipt and the raw history have all."""


def story(visit: Visit, found: ShownFiling) -> list[dict[str, Any]]:
    """The items of ``components/timeline.html``, in the order of ``found.told``."""
    return [_item(visit, found, one) for one in found.told]


def _item(visit: Visit, found: ShownFiling, one: Told) -> dict[str, Any]:
    language, kind, by = visit.language, found.listed.kind, one.act["by"]
    is_his = found.own is None or names(by, found.own)
    title = name_of("acts", f"{kind}.{one.act['kind']}", language)
    return {
        "on": one.legal_on,
        "title": title,
        "by": _by(found, by, language) if is_his else name_of("roles", by["role"], language),
        "text": word("joined", language).join(_said(visit, found, one, is_his=is_his)),
        "links": _links(visit, found, one, title) if is_his else [],
        "is_quiet": by["role"] == Role.TIMER and one.was == one.stage,
    }


def _by(found: ShownFiling, by: dict[str, Any], language: Any) -> str:
    """The role, and the organisation where it has a name; persons are named by nobody here."""
    role = name_of("roles", by["role"], language)
    of = next((found.names[one] for one in found.names if str(one) == by.get("organisation_id")), None)
    return f"{role} {of}" if of else role


def _said(visit: Visit, found: ShownFiling, one: Told, *, is_his: bool) -> Iterator[str]:
    language, kind = visit.language, found.listed.kind
    if one.stage != one.was and one.stage is not None:
        named = [
            name_of("stages", f"{kind}.{stage}", language) for stage in (one.was, one.stage) if stage not in (None, "-")
        ]
        yield word("stage_moved", language, stages=" → ".join(named))
    if is_his:
        yield from (f"{name} {value}" for name, value in _facts(visit, found, one) if len(value) <= _LONGEST)
    recorded_on = one.recorded_at.astimezone(SHANGHAI).date()
    if recorded_on > one.legal_on:
        yield word("told_later", language, on=recorded_on)


def _facts(visit: Visit, found: ShownFiling, one: Told) -> list[tuple[str, str]]:
    kind = FilingKind(found.listed.kind)
    fields = [
        field for field in fields_of(model_of(kind, one.act["kind"])) if field.control in _SAID and field.name != "on"
    ]
    given = as_form(fields, {name: value for name, value in act_shown(kind, one.act).items() if value is not None})
    given |= {
        field.name: f"{Decimal(given[field.name]):,.2f}"
        for field in fields
        if field.control is Control.YUAN and field.name in given
    }
    named = {str(party_id): name for party_id, name in found.names.items()}
    return stated_pairs(given, [field.name for field in fields], named, visit.language)[:_MOST]


def _links(visit: Visit, found: ShownFiling, one: Told, title: str) -> list[tuple[str, str]]:
    links = [(f"/acts/{one.act_id}", word("receipt_of", visit.language, act=title))]
    if "correct_fact" in found.acts and one.act["by"]["role"] != Role.TIMER:
        at = f"/filings/{found.listed.filing_id}/corrections/{one.act_id}"
        links.append((at, word("correct_that", visit.language, act=title)))
    return links
