"""What only the licensor's unit can say about its inventors' money: rules, signed shares, costs, co-owners' parts.

Silence is never zero: a cost that is not stated, or a share that nobody signed, makes the result unknown and asks.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.statements.offer import OwnerPart
from schemas.statements.share import Percent
from schemas.values.cells.truth import Truth
from schemas.values.model import ContentHash, Day, Model, PartyId, ShortText
from schemas.values.money import Amount, Money, PositiveAmount, total

Region = Annotated[str, Field(pattern=r"^([a-z_]{1,40}(\.[a-z_]{1,40})?)?$")]
"""``province``, ``province.city``, or empty where no regional text is meant."""


class Basis(StrEnum):
    """What a share is a share of: 到账收入 / 净收入."""

    INCOME = "income"
    NET_INCOME = "net_income"


class ShareKind(StrEnum):
    """Who a share of the income is for; ``team`` and ``person`` are those who made or transferred the achievement."""

    TEAM = "team"
    DEPARTMENT = "department"
    INSTITUTION = "institution"
    PERSON = "person"


class Part(StrEnum):
    """What a person did for the achievement; some regions set a least share for two of them."""

    MAIN_CONTRIBUTOR = "main_contributor"
    CONTRIBUTOR = "contributor"
    TRANSFER_STAFF = "transfer_staff"


class Costs(Model):
    """What this unit bore for one receipt, to reach net income; ``None`` is "not stated", and 0 must be stated."""

    transaction_taxes: Amount | None = None
    """VAT and surcharges really borne (D-18)."""
    upkeep: Amount | None = None
    """Annual fees and other upkeep of the right, as the unit allocates them (D-38)."""
    direct: Amount | None = None
    """Valuation, appraisal, negotiation."""
    other: Amount | None = None
    """Counts under an agreement or rule, and where the region takes off any cost; never public research money."""

    @property
    def open(self) -> tuple[str, ...]:
        """What nobody stated."""
        return tuple(name for name, amount in self if amount is None)

    @property
    def borne(self) -> Money:
        """All that was stated together."""
        return total(amount for _, amount in self if amount is not None)


class IncomeShare(Model):
    """One party's share of the basis."""

    party: PartyId
    kind: ShareKind
    percent: Percent
    part: Part | None = None
    at_least: PositiveAmount | None = None
    """A fixed amount that it has at least of all that is due; the others have what is left."""


class TeamShare(Model):
    """One member's share of what the team gets."""

    party: PartyId
    percent: Percent
    part: Part | None = None
    at_least: PositiveAmount | None = None


class IncomeRule(Model):
    """An agreement, or a rule lawfully made and published in the unit; governs receipts from ``from_on`` on (D-39).

    Its shares add up to 100; what the members' shares leave of the team's amount stays undistributed.
    """

    kind: Literal["agreement", "internal_rule"]
    document: ContentHash
    from_on: Day
    basis: Basis
    shares: Annotated[tuple[IncomeShare, ...], Field(min_length=1, max_length=60)]
    team: Annotated[tuple[TeamShare, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        _distinct([share.party for share in self.shares] + [member.party for member in self.team])
        _whole(share.percent for share in self.shares)
        teams = sum(1 for share in self.shares if share.kind is ShareKind.TEAM)
        if teams > 1 or (self.team and not teams):
            raise PydanticCustomError("one_team", "members' shares need one share of kind team, and no second one")
        if sum((Fraction(member.percent) for member in self.team), Fraction(0)) > 100:
            raise PydanticCustomError(
                "team_over_100", "the members' shares are more than 100 percent of the team's amount"
            )
        return self


class Completer(Model):
    """One person's contribution, of 100, as signed by all."""

    party: PartyId
    percent: Percent
    part: Part | None = None
    at_least: PositiveAmount | None = None
    holds_share_of_right: Truth = False
    asked_for_reward: Truth = False
    """Zhejiang art. 37(4): who holds a share of the right has none in the unit's proceeds unless he asks for it."""


class SignedShares(Model):
    """The contributions that govern where no agreement and no rule does; they add up to 100."""

    document: ContentHash
    shares: Annotated[tuple[Completer, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        _distinct(share.party for share in self.shares)
        _whole(share.percent for share in self.shares)
        return self


class OwnerShare(Model):
    """A co-owner and its part of the right; ``None`` for all where nothing is agreed or proved: equal (D-10)."""

    owner: PartyId
    part: OwnerPart | None = None


def _one_right(owners: tuple[OwnerShare, ...]) -> tuple[OwnerShare, ...]:
    _distinct(owner.owner for owner in owners)
    stated = [owner.part.fraction for owner in owners if owner.part is not None]
    if stated and (len(stated) != len(owners) or sum(stated) != 1):
        raise PydanticCustomError(
            "owners_not_whole", "the co-owners' parts must add up to the whole right; state all or none"
        )
    return owners


Owners = Annotated[tuple[OwnerShare, ...], Field(max_length=60), AfterValidator(_one_right)]
"""All co-owners of one right; empty when there is one owner."""


class BonusRule(Model):
    """The one-off bonus for a granted patent, as agreed or as the unit's rule sets it, per patent (rule 92)."""

    kind: Literal["agreement", "internal_rule"]
    document: ContentHash
    from_on: Day
    amount: Amount


class InventorShare(Model):
    """One inventor; with ``percent`` for all the signed shares govern the bonus, with none it is split equally."""

    party: PartyId
    percent: Percent | None = None


class UnitFacts(Model):
    """Everything the rules need to know of one licensor's unit.

    ``region`` is ``province`` or ``province.city``, as the parameter folders are named, or empty.
    """

    unit: PartyId
    state_set: Truth
    """State-founded research body or university: statutory minima bind it even against its own rule."""
    region: Region = ""
    rules: Annotated[tuple[IncomeRule, ...], Field(max_length=40)] = ()
    contributions: SignedShares | None = None
    owners: Owners = ()
    bonus_rules: Annotated[tuple[BonusRule, ...], Field(max_length=40)] = ()
    inventors: Annotated[tuple[InventorShare, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for rules in (self.rules, self.bonus_rules):
            begun = [(rule.kind, rule.from_on) for rule in rules]
            if len(dict.fromkeys(begun)) != len(begun):
                raise PydanticCustomError(
                    "two_rules_one_day", "two rules of one kind begin on the same day; keep the valid one"
                )
        if self.owners and self.unit not in [owner.owner for owner in self.owners]:
            raise PydanticCustomError("unit_not_an_owner", "the unit is not among the co-owners")
        _distinct(inventor.party for inventor in self.inventors)
        signed = [inventor.percent for inventor in self.inventors if inventor.percent is not None]
        if signed and len(signed) != len(self.inventors):
            raise PydanticCustomError("shares_half_signed", "give every inventor a share, or none of them")
        if signed:
            _whole(signed)
        return self


class ReceiptInPool(Model):
    """One receipt of the licence, before it is split among co-owners, with what this unit bore for it.

    ``amount`` is net of every reversal: a reversal restates its origin receipt and is no receipt of its own (D-13).
    """

    receipt_id: ShortText
    received_on: Day
    amount: Amount
    costs: Costs = Costs()


def _distinct(parties: Iterable[UUID]) -> None:
    named = list(parties)
    if len(dict.fromkeys(named)) != len(named):
        raise PydanticCustomError("party_twice", "a party stands twice; add its shares together")


def _whole(percents: Iterable[Decimal | Fraction]) -> None:
    if sum((Fraction(percent) for percent in percents), Fraction(0)) != 100:
        raise PydanticCustomError("shares_not_100", "the shares must add up to 100 percent")
