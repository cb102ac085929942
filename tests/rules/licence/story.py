"""Facts of a licence for the tests: short to write, and with act ids that do not depend on who writes them first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from rules.law.calendar import Calendar
from rules.licence.position import derive_licence
from schemas.acts.licence import LICENCE_ACT, LicenceAct
from schemas.acts.royalty import Sales
from schemas.standing.fact import Fact, Made
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, OfferView, OwnerView
from schemas.statements.offer import Regime, TermsVersion
from schemas.statements.royalty import Free, Royalty, YearsFromEffect
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of, derived_id, receipt_id_of
from schemas.values.patent_number import PatentKind

LICENCE, DECLARATION = derived_id("test", "licence"), derived_id("test", "declaration")
LICENSEE, UNIT, PERSON = derived_id("test", "licensee"), derived_id("test", "unit"), derived_id("test", "person")
HASH = "a" * 64
CALENDAR = Calendar.bundled()
_TERMS: TypeAdapter[Any] = TypeAdapter(Royalty)


def terms(form: str, /, **fields: Any) -> Any:
    """Payment terms as on the wire."""
    return _TERMS.validate_python({"form": form, **fields})


def sales(**fields: Any) -> Sales:
    """Reported sales as on the wire."""
    return Sales.model_validate(fields)


TEN_THOUSAND = terms("lump_sum", amount="10000.00", pay_within_days=30)
RECEIPT = receipt_id_of("BANK", "ACCOUNT", "1")
_ROLE = {
    "permit_needed": Role.COMMERCE,
    "permit_issued": Role.COMMERCE,
    "permit_refused": Role.COMMERCE,
    "record": Role.OFFICE,
    "refuse_recordal": Role.OFFICE,
    "revoke_recordal": Role.OFFICE,
    "ask_supplement": Role.OFFICE,
    "cancel_recordal": Role.OFFICE,
    "change_recordal": Role.OFFICE,
    "accept": Role.REGISTRAR,
    "register": Role.REGISTRAR,
    "refuse_registration": Role.REGISTRAR,
    "cancel_registration": Role.REGISTRAR,
    "revoke_registration": Role.REGISTRAR,
    "decide_class": Role.OPERATOR,
    "book_receipt": Role.BANK,
    "reverse_receipt": Role.BANK,
    "confirm": Role.FINANCE,
    "decide": Role.COURT,
    "pass_day": Role.TIMER,
    "surroundings_changed": Role.TIMER,
    "close_unpaid": Role.OPERATOR,
    "take_over": Role.OPERATOR,
    "file_recordal": Role.LICENSOR,
    "apply": Role.LICENSOR,
    "terminate": Role.LICENSOR,
    "settle": Role.LICENSOR,
    "waive": Role.LICENSOR,
    "write_off": Role.LICENSOR,
    "pursue": Role.LICENSOR,
    "supplement_amounts": Role.LICENSOR,
    "deliver_material": Role.LICENSOR,
    "dispute_report": Role.LICENSOR,
    "audit": Role.LICENSOR,
}
_FIELDS: dict[str, dict[str, Any]] = {
    "give_notice": {"declaration_id": DECLARATION, "licensee": LICENSEE, "n": 1},
    "take_over": {"declaration_id": DECLARATION, "licensee": LICENSEE, "n": 1, "stage": "effective"},
    "permit_issued": {"number": "P-1"},
    "pay": {"amount": "10000.00", "voucher": HASH},
    "terminate": {"ground": "agreement"},
    "file_recordal": {"papers": (HASH,), "payment_proof": "voucher"},
    "record": {"recordal_number": "X2026980000001"},
    "refuse_recordal": {"ground": "other"},
    "revoke_recordal": {"ground": "grace period"},
    "apply": {"papers": (HASH,), "desk": "desk"},
    "register": {"registration_number": "2026440000000001", "contract_class": "licence"},
    "refuse_registration": {"reason": "incomplete"},
    "cancel_registration": {"reason": "ended"},
    "revoke_registration": {"reason": "false"},
    "decide_class": {"registration_number": "2026440000000001", "decision": "stands", "paper": HASH},
    "supplement_amounts": {"contract_amount": "10000.00", "technology_transaction_amount": "10000.00"},
    "confirm": {"receipt_id": RECEIPT},
    "reverse_receipt": {"receipt_id": RECEIPT, "reason": "refund"},
    "settle": {"obligation": "due:1", "reason": HASH},
    "waive": {"obligation": "due:1", "reason": HASH},
    "write_off": {"obligation": "due:1", "reason": HASH},
    "pursue": {"obligation": "due:2", "reason": HASH},
    "open_dispute": {"freezes": "royalty"},
    "decide": {"decision": HASH},
    "surroundings_changed": {"cause": derived_id("test", "cause")},
}


def act(kind: str, on: str, /, *, role: Role | None = None, person: str = "anna", again: int = 0, **fields: Any) -> Any:
    """One act; ``again`` tells apart acts of one kind and day."""
    if kind == "book_receipt":
        fields = _receipt(fields)
    if kind == "pay":
        fields = {"voucher": sha256(f"{on} {again}".encode()).hexdigest(), **fields}  # each payment has its own paper
    body = {
        "kind": kind,
        "act_id": act_id_of(kind, on, again, fields.get("serial", "")),
        "filing_id": LICENCE,
        "on": on,
        "by": {"role": role or _ROLE.get(kind, Role.LICENSEE), "party_id": derived_id("test", person)},
        **_FIELDS.get(kind, {}),
        **fields,
    }
    body.pop("serial", None)
    return LICENCE_ACT.validate_python(body)


def _receipt(fields: dict[str, Any]) -> dict[str, Any]:
    amount = fields.pop("amount", "10000.00")
    serial = fields.get("serial", "1")
    made = {
        "line": {"bank": "bank", "account": "account", "serial": serial},
        "amount": amount,
        "payer": LICENSEE,
        "paid_on": fields.pop("paid_on", None) or "2026-03-10",
        "allocations": fields.pop("allocations", ({"obligation": "due:1", "amount": amount},)),
    }
    return {**made, **fields}


def facts(*acts: LicenceAct) -> tuple[Fact[LicenceAct], ...]:
    """The acts as facts, recorded in this order."""
    return tuple(
        Fact(version, one, datetime(2026, 11, 15, 0, 0, version % 60, tzinfo=UTC), Made())
        for version, one in enumerate(acts, start=1)
    )


def countersigned(first: Any) -> tuple[Any, Any]:
    """An act that needs two people, with its second person."""
    return first, act("countersign", str(first.on), role=first.by.role, person="bernd", countersigns=first.act_id)


def offer(royalty: Any = TEN_THOUSAND, term: Any = None, **changes: Any) -> LicenceSurroundings:
    """A patent offered from 2026-01-05 whose last day is 2040-01-31; owned by one unit."""
    printed = TermsVersion(version=1, from_on=date(2026, 1, 5), royalty=royalty, term=term or YearsFromEffect(years=3))
    return LicenceSurroundings(
        offer=OfferView(
            **{
                "declaration_id": DECLARATION,
                "patent_number": "202010000001.X",
                "patent_kind": PatentKind.INVENTION,
                "granted_on": date(2023, 5, 9),
                "regime": Regime.STATUTORY,
                "owners": (OwnerView(party_id=UNIT),),
                "terms": (printed,),
                "in_force_from": date(2026, 1, 5),
                "ended_on": date(2040, 2, 1),
                "patent_last_day": date(2040, 1, 31),
                **changes,
            }
        )
    )


def position(*acts: LicenceAct, at: LicenceSurroundings | None = None) -> LicencePosition:
    """Where a licence with these acts stands."""
    return derive_licence(facts(*acts), at or offer(), CALENDAR)


def keys(found: Sequence[Any]) -> list[str]:
    """The keys of deadlines, tasks, findings or obligations."""
    return [one.key for one in found]


def deadline(found: LicencePosition, key: str) -> Any:
    """The deadline of that key."""
    return next(one for one in found.deadlines if one.key == key)


def task(found: LicencePosition, key: str) -> Any:
    """The task of that key."""
    return next(one for one in found.tasks if one.key == key)


def owed(found: LicencePosition) -> dict[str, str]:
    """What is owed, by obligation, in yuan."""
    return {one.key: str(one.amount) for one in found.obligations}


def balance(found: LicencePosition, account: str) -> str:
    """What stands on an account: debits less credits."""
    fen = sum(one.amount.fen for one in found.money if one.debit == account)
    fen -= sum(one.amount.fen for one in found.money if one.credit == account)
    return f"{fen / 100:.2f}"


NOTICE = act("give_notice", "2026-03-02")
PAID = act("pay", "2026-03-10")
FREE = Free()
TWO_PERCENT = terms(
    "running", base="net_sales", rates=({"from_year": 1, "percent": "2"},), period="quarter", minimum="100.00"
)
