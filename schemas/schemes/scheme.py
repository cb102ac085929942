"""A reward or subsidy scheme as data: whose money, for what, how much, with the provision behind every value.

``docs/schemes.md`` explains the grammar for whoever writes a scheme, and
``starter.py rules schema`` publishes it for editors. How it is computed stands in ``rules/schemes/``.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.schemes.amounts import OneAmount, SchemeAmount
from schemas.schemes.clauses import (
    Base,
    Budget,
    Flag,
    Funding,
    Measure,
    PassThrough,
    PlacedRegion,
    SchemeId,
    Stacking,
    Window,
    is_one_of,
    says,
    where,
)
from schemas.schemes.conditions import ClaimantCondition, Condition, ItemCondition
from schemas.schemes.kinds import Name
from schemas.schemes.limits import Bound, Criteria, Threshold
from schemas.values.cells.numbers import DIGITS
from schemas.values.determination import Citation
from schemas.values.due import DAYS, DaysCounted
from schemas.values.model import Filled, Model
from schemas.values.parameter import Mark, StrictDay

_CUT = {Measure.RECEIVED, Measure.PAID, Measure.TECHNOLOGY_TRANSACTION_AMOUNT}


class Version(Model):
    """What the scheme says for years that begin on ``since`` or later; a late fact keeps the version of its year."""

    model_config = ConfigDict(
        json_schema_extra=where(
            (is_one_of("status", "in_force", "repealed"), says("amount")),
            (is_one_of("status", "repealed"), says("until")),
            (is_one_of("application", "automatic"), says("application_cite")),
        )
    )

    since: StrictDay = Field(alias="from")
    until: StrictDay | None = None
    status: Literal["planned", "draft", "in_force", "repealed"]
    cite: Citation
    mark: Mark
    checked_on: StrictDay
    base: Base
    window: Window
    items: tuple[ItemCondition, ...] = ()
    claimant: tuple[ClaimantCondition, ...] = ()
    related_parties: Literal["excluded", "included"] | None = None
    """Silent: a line with a related party is held for two people (D-17)."""
    bundle: Literal["stated", "equal"] = "stated"
    """How the price of several patents is parted where an amount or a bound is per patent; stated or ask (D-09)."""
    criteria: tuple[Criteria, ...] = Field(default=(), exclude_if=lambda criteria: not criteria)
    """Of each of them so many have to be met, whichever they are."""
    thresholds: tuple[Threshold, ...] = ()
    amount: SchemeAmount | None = None
    """None: nobody knows it; the scheme can then not be settled."""
    floors: tuple[Bound, ...] = ()
    caps: tuple[Bound, ...] = ()
    """Narrow ones bind before wide ones: item, patent, contract, project, year."""
    rounding: Literal["truncate", "half_up"] = "truncate"
    """To the fen, once, after all caps."""
    budget: Budget = Budget()
    funding: Funding | None = None
    pass_through: PassThrough | None = None
    stacking: Stacking | None = None
    application: Literal["required", "automatic"] = "required"
    """Public money is claimed; ``automatic`` needs a provision that says so (D-14)."""
    application_cite: Citation | None = None
    recommended_by_district: Flag = False
    evidence: tuple[Name, ...] = ()
    publicity_days: Annotated[int, Field(strict=True, ge=0, le=365), DIGITS] | None = None
    """None: the text sets none, and the platform's own time is used."""
    publicity_days_counted: DaysCounted = DAYS

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise PydanticCustomError("ends_before_it_begins", "until lies before from; swap or correct them")
        if self.status == "repealed" and self.until is None:
            raise PydanticCustomError("repealed_without_end", "a repealed version needs its last day; add until")
        if self.amount is None and self.status in ("in_force", "repealed"):
            raise PydanticCustomError("amount_unknown", "a version without amount can only be planned or a draft")
        if self.application == "automatic" and self.application_cite is None:
            raise PydanticCustomError("automatic_without_source", "automatic needs application_cite (D-14)")
        for base, amount, thresholds in self._calculated:
            _require_units(base, amount, thresholds)
        measures = {base.measure for base in self.bases} | {
            one.measure for _, _, thresholds in self._calculated for one in thresholds if one.measure
        }
        if Measure.REGISTERED_RECEIPTS in measures and measures & _CUT:
            raise PydanticCustomError(
                "registered_beside_others",
                "registered_receipts cuts received, paid and technology_transaction_amount, so it stands without them",
            )
        growing = {base.measure for base, _, _ in self._calculated if base.growth}
        if len(growing) > 1:
            raise PydanticCustomError("growth_of_several", "only one measure has a year before; growth is of it alone")
        return self

    @property
    def _calculated(self) -> list[tuple[Base, OneAmount | None, tuple[Threshold, ...]]]:
        among = tuple(one for group in self.criteria for one in group.thresholds)
        if self.amount is None or self.amount.sum is None:
            return [(self.base, self.amount, (*self.thresholds, *among))]
        parts = [(part.base or self.base, part, part.thresholds) for part in self.amount.sum]
        return [(self.base, None, (*self.thresholds, *among)), *parts]

    @property
    def bases(self) -> tuple[Base, ...]:
        """What is added up, of the version and of each part of a sum."""
        return tuple(dict.fromkeys(base for base, _, _ in self._calculated))

    @property
    def asked_of_items(self) -> tuple[Condition, ...]:
        """Every condition on items, wherever it stands."""
        parts = self.amount.sum or () if self.amount else ()
        return (
            *self.items,
            *(one for group in self.criteria for one in group.items),
            *(one for part in parts for one in part.items),
        )

    @property
    def of_claimant(self) -> tuple[Condition | Criteria, ...]:
        """What is asked of the claimant alone."""
        return (*self.claimant, *(one for one in self.criteria if one.of == "claimant"))

    @property
    def of_items(self) -> tuple[Condition | Criteria, ...]:
        """What is asked of each item alone."""
        return (*self.items, *(one for one in self.criteria if one.of == "items"))

    @property
    def of_year(self) -> tuple[Threshold | Criteria, ...]:
        """What the year has to reach: criteria first, then thresholds in the order of the file."""
        return (*(one for one in self.criteria if one.of == "year"), *self.thresholds)


def _require_units(base: Base, amount: OneAmount | None, thresholds: tuple[Threshold, ...]) -> None:
    """Raises where money and counts do not go together."""
    counts = base.measure is Measure.COUNT
    if amount and any(one.counts is (not counts) for one in amount.formulas):
        raise PydanticCustomError(
            "amount_unit", "each and steps of a count stand with the measure count, rates and tiers with money"
        )
    if base.count_of != "item" and amount and any(one.is_by_item for one in amount.formulas):
        raise PydanticCustomError("count_of_items", "lump sums and awards are of items; remove count_of")
    if any((one.count_at_least is not None) is not counts for one in thresholds if one.is_of_base):
        raise PydanticCustomError(
            "threshold_unit",
            "count_at_least stands with the measure count or with count_of; at_least and more_than with money or "
            "with a measure of their own",
        )
    if any(one.before_growth for one in thresholds) and not base.growth:
        raise PydanticCustomError("growth_unclear", "before_growth stands with growth of the base only")


class Scheme(Model):
    """One scheme with its versions in order of time."""

    id: SchemeId
    title_zh: Filled
    title_en: Filled
    region: PlacedRegion
    beneficiary: Literal["licensor", "licensee", "broker", "registration_station", "institution", "platform_operator"]
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            inputs = {"earlier": earlier.since.isoformat(), "later": later.since.isoformat()}
            if earlier.until is not None and earlier.until + timedelta(days=1) < later.since:
                raise PydanticCustomError(
                    "gap",
                    "nothing is said of the days between the version from {earlier} and the one from {later}; "
                    "correct until, or write what held then",
                    inputs,
                )
            if later.since <= earlier.since or (earlier.until is not None and earlier.until >= later.since):
                raise PydanticCustomError(
                    "overlap", "the version from {earlier} still holds when the one from {later} begins", inputs
                )
        return self

    @model_validator(mode="after")
    def _stands_beside_others(self) -> Self:
        if any(version.stacking and self.id in version.stacking.among for version in self.versions):
            raise PydanticCustomError(
                "stacked_with_itself", "{scheme} names itself among the others", {"scheme": self.id, "ring": self.id}
            )
        return self

    @model_validator(mode="after")
    def _parts_no_year(self) -> Self:
        for version in self.versions:
            year = version.window.first_year
            if year is None:
                continue
            if year != version.window.year_of(version.since):
                raise PydanticCustomError(
                    "starts_in_another_year",
                    "starts_on lies in another year than from; the first year is the one that from lies in",
                )
            if self.on(version.window.first_day(year)) not in (None, version):
                raise PydanticCustomError(
                    "year_already_governed",
                    "another version holds on the first day of {year} and governs the whole year; remove starts_on",
                    {"year": year},
                )
        return self

    def of_year(self, year: int) -> Version | None:
        """The version that governs a year: the one that holds on its first day, as that version counts years.

        A year that begins late (``starts_on``) is governed by its version too.
        """
        for version in reversed(self.versions):
            if version.window.first_year == year or self.on(version.window.first_day(year)) is version:
                return version
        return None

    def on(self, day: date) -> Version | None:
        """The version whose days include ``day``, of whatever status; None before the first and after the last."""
        for version in reversed(self.versions):
            if version.since <= day:
                return version if version.until is None or day <= version.until else None
        return None
