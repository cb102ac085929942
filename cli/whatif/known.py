"""Which elements of a scheme can be calculated by column; what is not known here never gives a wrong number."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from cli.whatif.table.columns import CLAIMANT_NAMES, ITEM_NAMES, TEXTS
from rules.schemes.eligibility import conditions_in
from rules.schemes.units import counted_of, scopes_of
from schemas.schemes.cases import facts_of
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.scheme import Version
from schemas.schemes.vocabularies import other_of

KNOWN_ELEMENTS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "Version": """since until status cite mark checked_on base window items claimant related_parties bundle
                      criteria thresholds amount floors caps rounding budget funding pass_through stacking application
                      application_cite recommended_by_district evidence publicity_days
                      publicity_days_counted""",
        "Citation": "provision instrument",
        "Base": "measure growth count_of",
        "Window": "decided_by span begins starts_on",
        "ItemCondition": "fact one_of none_of within option",
        "ClaimantCondition": "fact one_of none_of within option",
        "Criteria": "met claimant items thresholds",
        "Threshold": "per at_least more_than count_at_least count_of before_growth",
        "SchemeAmount": "per by cases otherwise rate marginal whole steps each lump",
        "Formula": "rate marginal whole steps each lump",
        "Tier": "at_least above rate",
        "Case": "by cases otherwise rate marginal whole steps each lump",
        "FixedStep": "at_least above count_at_least amount further",
        "Further": "rate each_full each_full_count amount",
        "Bound": "per amount by cases otherwise",
        "BoundCase": "amount by cases otherwise",
        "Budget": "when_short",
        "Funding": "parts odd_fen",
        "Payer": "payer share",
        "PassThrough": "to at_least",
        "Stacking": "rule among",
    }.items()
}
"""By model; each clause may also have a citation and a mark of its own."""
_MEASURES = frozenset(
    (
        "received",
        "paid",
        "contract_amount",
        "technology_transaction_amount",
        "registered_receipts",
        "new_product_revenue",
        "investment",
        "transaction_volume",
        "count",
    )
)
_SCOPES = frozenset(("item", "patent", "contract", "project", "counterparty", "year"))


def why_not(version: Version) -> str:
    """Why the version must be calculated one by one; empty where it need not."""
    strange = [*_strange(version)]
    if strange:
        return f"{', '.join(dict.fromkeys(strange))}: not known to the vectors"
    if version.stacking is not None and version.stacking.rule != "add":
        return f"stacking {version.stacking.rule}: what others granted is looked at claimant by claimant"
    odd_limits = _limits_one_by_one(version)
    if odd_limits:
        return odd_limits
    places = (*((version.amount,) if version.amount else ()), *version.floors, *version.caps)
    facts = [*(one.fact for one in version.asked_of_items), *(fact for place in places for fact in facts_of(place))]
    odd = [name for name in facts if other_of(name) is None and name not in (*ITEM_NAMES, *TEXTS)]
    odd += [
        one.fact
        for one in conditions_in(version.of_claimant)
        if other_of(one.fact) is None and one.fact not in CLAIMANT_NAMES
    ]
    return f"a condition on {', '.join(odd)}: no name" if odd else ""


def _limits_one_by_one(version: Version) -> str:
    """Why a threshold or criteria cannot be looked at by column."""
    if any(one.of == "year" and (one.claimant or one.items) for one in version.criteria):
        return "criteria of facts and of thresholds together"
    counted, among = counted_of(version), (one for group in version.criteria for one in group.thresholds)
    if any(one.count_of for one in (*version.thresholds, *among)) and version.base.measure is Measure.COUNT:
        return "a threshold that counts beside a base that counts"
    if "patent" in counted and Per.PATENT not in scopes_of(version):
        return "a threshold that counts patents, where nothing else looks at them"
    return ""


def _strange(element: Any) -> Iterator[str]:
    if isinstance(element, BaseModel):
        kind = type(element).__name__
        known = KNOWN_ELEMENTS.get(kind)
        if known is None:
            yield kind
            return
        for name in type(element).model_fields:
            value = getattr(element, name)
            if name in known:
                yield from _strange(value)
            elif name not in ("cite", "mark") and name in element.model_fields_set and value is not None:
                yield f"{kind}.{name}"
    elif isinstance(element, Measure) and element.value not in _MEASURES:
        yield f"measure {element.value}"
    elif isinstance(element, Per) and element.value not in _SCOPES:
        yield f"per {element.value}"
    elif isinstance(element, Mapping):
        for one in element.values():
            yield from _strange(one)
    elif isinstance(element, tuple):
        for one in element:
            yield from _strange(one)
