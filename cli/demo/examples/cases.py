"""Reads ``examples/``: what sources printed, and in columns that say so what the demo assumes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from runtime.settings import ROOT
from schemas.values.money import Money

FOLDER = ROOT / "examples"
_PENDING = ("Pending", "在审", "发明公布", "实质审查")
_GRANTED = ("Active", "Granted")
Row = dict[str, str]


@dataclass(frozen=True)
class Share:
    """One line of a published notice: which party has how much."""

    party: str
    kind: str
    percent: str
    amount: Money


@dataclass(frozen=True)
class Reward:
    """What a unit published about one payout."""

    institution: str
    payer: str
    gross: Money
    document: str
    registration_number: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Example:
    """One patent and what becomes of it in the demo. A printed value always goes before an assumed one."""

    case: str
    number: str
    """As printed."""
    title: str
    is_title_known: bool
    status: str
    licensor: str
    licensor_kind: str
    region: str
    co_licensor: str
    filed_on: date
    granted_on: date | None
    ended_on: date | None
    has_report: bool
    declared_on: date
    royalty_form: str
    amount: Money | None
    term: str
    licensees: int
    inventor_terms: str
    story: str
    is_made_up: bool
    reward: Reward | None = None


def read_examples() -> tuple[Example, ...]:
    """Every patent of the two files, in their order."""
    rows = _rows(FOLDER / "patents.csv")
    rewards = groupby(_rows(FOLDER / "rewards.csv"), key=lambda row: row["case_id"])
    return (*(_patent(row) for row in rows), *(_reward(case, list(lines)) for case, lines in rewards))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _patent(row: Row) -> Example:
    return Example(
        case=row["row_id"],
        number=row["number_as_printed"],
        title=row["title"] or row["assumed_title"],
        is_title_known=bool(row["title"]),
        status=_status(row),
        licensor=row["patentee"] or row["assumed_licensor"],
        licensor_kind=row["assumed_licensor_kind"],
        region=row["assumed_region"],
        co_licensor=row["assumed_co_licensor"],
        filed_on=date.fromisoformat(row["filing_date"] or row["assumed_filed_on"]),
        granted_on=_day(row["assumed_granted_on"]),
        ended_on=_day(row["assumed_ended_on"]),
        has_report=row["assumed_report"] == "yes",
        declared_on=date.fromisoformat(row["assumed_declared_on"]),
        royalty_form=row["assumed_royalty_form"],
        amount=Money.of(row["assumed_amount_yuan"]) if row["assumed_amount_yuan"] else None,
        term=row["assumed_term"],
        licensees=int(row["assumed_licensees"] or 0),
        inventor_terms=row["assumed_inventor_terms"],
        story=row["assumed_story"],
        is_made_up=not row["assumed_status"] and not row["status_as_printed"],
    )


def _status(row: Row) -> str:
    printed = row["status_as_printed"]
    if "refused" in printed:
        return "refused"
    if printed.startswith(_PENDING):
        return "pending"
    if printed in _GRANTED:
        return "granted"
    return row["assumed_status"]


def _reward(case: str, rows: list[Row]) -> Example:
    first = rows[0]
    gross = Money.of(first["gross_income_yuan"])
    return Example(
        case=case,
        number=first["patent_number"],
        title=first["assumed_title"],
        is_title_known=False,
        status="granted",
        licensor=first["institution"],
        licensor_kind=first["assumed_licensor_kind"],
        region="",
        co_licensor="",
        filed_on=date.fromisoformat(first["assumed_filed_on"]),
        granted_on=date.fromisoformat(first["assumed_granted_on"]),
        ended_on=None,
        has_report=False,
        declared_on=date.fromisoformat(first["assumed_declared_on"]),
        royalty_form=first["assumed_royalty_form"],
        amount=gross,
        term=first["assumed_term"],
        licensees=1,
        inventor_terms="as_published",
        story="",
        is_made_up=False,
        reward=Reward(
            institution=first["institution"],
            payer=first["payer"],
            gross=gross,
            document=first["rule_document"],
            registration_number=first["technology_contract_registration_number"],
            shares=tuple(
                Share(row["party"], row["party_kind"], row["share_percent"], Money.of(row["amount_yuan"]))
                for row in rows
            ),
        ),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
