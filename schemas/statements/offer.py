"""The content of a declaration: what the patentee offers to anyone (rule 85; Guidelines V-11-3.3)."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from schemas.statements.royalty import LicenceTerm, Royalty
from schemas.statements.share import Percent
from schemas.values.cells.numbers import DIGITS
from schemas.values.cells.truth import Truth
from schemas.values.model import ContentHash, Day, GazettePlace, Model, PartyId, ShortText, Text
from schemas.values.patent_number import PatentKind, PatentNumber

_PERCENT: TypeAdapter[Any] = TypeAdapter(Percent)


class Domicile(StrEnum):
    """Where a patentee is at home; outside the mainland an agency is mandatory (GL I-1-6.1.1)."""

    MAINLAND = "mainland"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    FOREIGN = "foreign"


class PatentEndCause(StrEnum):
    """How the right ended; lapse and invalidation are provisional at first (L-08, L-10)."""

    LAPSE = "lapse"
    TOTAL_INVALIDATION = "total_invalidation"
    ABANDONMENT = "abandonment"
    EXPIRY = "expiry"


class ShareBasis(StrEnum):
    """Where a co-owner's share comes from (D-10)."""

    AGREEMENT = "agreement"
    CONTRIBUTION = "contribution"
    EQUAL = "equal"


SubstitutionGround = Literal["rename", "merger", "assignment"]
"""Why another party comes into a party's place; by the first two with all its rights and duties (Civil Code 67)."""


def _as_signed_or_exact(schema: dict[str, Any]) -> None:
    schema["properties"]["percent"] = _PERCENT.json_schema()
    schema["required"] = ["basis"]
    schema["oneOf"] = [{"required": ["percent"]}, {"required": ["numerator", "denominator"]}]


class OwnerPart(Model):
    """A co-owner's share as an exact fraction; ``percent`` says it as it was signed, "33.5" or "1/3"."""

    model_config = ConfigDict(json_schema_extra=_as_signed_or_exact)

    numerator: Annotated[int, Field(ge=1, le=1_000_000_000), DIGITS]
    denominator: Annotated[int, Field(ge=1, le=1_000_000_000), DIGITS]
    basis: ShareBasis

    @model_validator(mode="before")
    @classmethod
    def _as_signed(cls, given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, dict) or "percent" not in given:
            return given
        part = Fraction(_PERCENT.validate_python(given["percent"], context=info.context)) / 100
        rest = {key: value for key, value in given.items() if key != "percent"}
        return {"numerator": part.numerator, "denominator": part.denominator, **rest}

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class Patentee(Model):
    """One owner as in the register. ``consent``: the signed paper of a co-owner (GL-3.2)."""

    party_id: PartyId
    domicile: Domicile = Domicile.MAINLAND
    is_person: Truth = False
    """A natural person owns the right; then no unit owes its inventors a payout."""
    consent: ContentHash | None = None
    share: OwnerPart | None = None


class Agency(Model):
    """The patent agency that files, with its power of attorney."""

    party_id: PartyId
    code: ShortText
    power_of_attorney: ContentHash
    attorneys: tuple[PartyId, ...] = ()


class ReportConclusion(StrEnum):
    """What an evaluation report says of the grant conditions."""

    CONDITIONS_MET = "conditions_met"
    CONDITIONS_NOT_MET = "conditions_not_met"


class EvaluationReport(Model):
    """专利权评价报告, needed for utility models and designs (PL-50)."""

    document: ContentHash
    issued_on: Day
    conclusion: ReportConclusion


class Regime(StrEnum):
    """A pilot listing has no legal effect as a declaration; its licences are ordinary licences (R7)."""

    STATUTORY = "statutory"
    PILOT = "pilot"


class Offer(Model):
    """All fields of the declaration form, its attachments by content hash, and the fields of an exchange record."""

    patent_number: PatentNumber
    title: ShortText
    patentees: Annotated[tuple[Patentee, ...], Field(min_length=1, max_length=30)]
    filed_on: Day
    granted_on: Day
    main_classification: ShortText | None = None
    royalty: Royalty
    term: LicenceTerm
    offer_ends_on: Day | None = None
    """Last day of the offer itself, where the patentee fixed one."""
    contact: PartyId
    """The party whose contact details are published (rule 85 as the Guidelines read it)."""
    commitments: Truth
    """The licensor's printed commitment that no bar exists and that anyone in China may take the licence."""
    fee_explanation: Text
    other_matters: Text | None = None
    agency: Agency | None = None
    co_owner_agreement: ContentHash | None = None
    """An agreement of the co-owners on open licensing governs and must be filed (GL-3.2)."""
    evaluation_report: EvaluationReport | None = None
    attachments: Annotated[tuple[ContentHash, ...], Field(max_length=40)] = ()
    regime: Regime = Regime.STATUTORY
    sub_platform: ShortText | None = None
    technical_fields: tuple[ShortText, ...] = ()
    products: tuple[ShortText, ...] = ()

    @property
    def patent_kind(self) -> PatentKind:
        return self.patent_number.kind

    @model_validator(mode="after")
    def _consistent(self) -> "Offer":
        if len({one.party_id for one in self.patentees}) != len(self.patentees):
            raise PydanticCustomError("patentee_twice", "one patentee stands twice in the declaration")
        if self.granted_on < self.filed_on:
            raise PydanticCustomError("granted_before_filed", "the grant is announced after the filing day")
        shares = [one.share for one in self.patentees if one.share is not None]
        if shares and (len(shares) != len(self.patentees) or sum(one.fraction for one in shares) != 1):
            raise PydanticCustomError(
                "owner_shares", "the co-owners' shares are stated for all of them and add up to one"
            )
        return self


class TermsVersion(Model):
    """The announced terms from a day on; a corrected announcement makes the next version (D-36)."""

    version: int
    from_on: date
    royalty: Royalty
    term: LicenceTerm


class Gazette(Model):
    """Where the office printed it."""

    issue: GazettePlace
    item: GazettePlace | None = None
