"""The settlements of the demo: each scheme and year from its opening to the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.claims import Claiming, YearToSettle
from cli.demo.figures import filings_of
from cli.demo.lives.desk import Desk, Filing, after
from cli.demo.lives.world import SEATED_SINCE, by, credit_code, paper, party, units
from database.record.event_log import find_head
from rules.schemes.activation import needs_activation
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.calculation import list_hash
from schemas.acts.act import FilingKind
from schemas.acts.settlement import Activate, ApproveSettlement, Calculate, Call, LockSettlement, OpenYear, PaySubsidy
from schemas.acts.settlement import PublishSettlement as Publish
from schemas.acts.settlement_claims import AcceptClaim, SubmitClaim
from schemas.standing.position import LicencePosition
from schemas.values.actor import Role
from schemas.values.identifiers import settlement_id_of
from schemas.values.money import STORED

_OPENED, _CLAIMED, _LAST_CLAIM, _CALCULATED = (1, 4), (2, 3), (2, 27), (3, 2)
"""Month and day of the year after the one that is settled."""
_ACTIVATED_AFTER, _CALLED_AFTER, _ACCEPTED_AFTER = 1, 2, 8
_PUBLISHED_AFTER, _APPROVED_AFTER, _PAID_AFTER = 1, 15, 6


@dataclass(frozen=True)
class PaidReceipt:
    """A receipt of the demo, with whose it is on both sides."""

    receipt_id: UUID
    licensors: tuple[str, ...]
    licensee: UUID
    received_on: date
    paid_on: date


def settlement_of(desk: Desk, year: YearToSettle) -> Filing:
    """The settlement of that scheme, year and authority."""
    filing_id = settlement_id_of(party(year.authority), year.scheme, year.year)
    return Filing(desk, FilingKind.SETTLEMENT, filing_id, year.authority)


async def settle(desk: Desk, year: YearToSettle, receipts: Sequence[PaidReceipt]) -> None:
    """One year from its opening to the money, as far as the demo's today."""
    filing, version = settlement_of(desk, year), version_of(find_scheme(year.scheme), year.year)
    opened_on = _day(year, _OPENED)
    await filing.do(
        OpenYear, Role.TIMER, opened_on, authority=party(year.authority), scheme=year.scheme, year=year.year
    )
    if needs_activation(version):
        for role in (Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER):
            await filing.do(Activate, role, after(opened_on, _ACTIVATED_AFTER), paper=paper("decision"))
    await filing.do(
        Call,
        Role.SCHEME_OFFICER,
        after(opened_on, _CALLED_AFTER),
        last_claim_on=_day(year, _LAST_CLAIM),
        budget=year.budget,
        notice=paper("notice"),
    )
    for claimant in year.claimants:
        await _claim(filing, year, claimant, receipts)
    calculated_on = _day(year, _CALCULATED)
    listed = await filing.do(Calculate, Role.SCHEME_OFFICER, calculated_on)
    made = listed.determinations[0]
    shown = list_hash(made)
    published_on = after(calculated_on, _PUBLISHED_AFTER)
    await filing.do(Publish, Role.SCHEME_OFFICER, published_on, preview_hash=shown, notice=paper("publicity"))
    approved_on = after(published_on, _APPROVED_AFTER)
    for role in (Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER):
        await filing.do(ApproveSettlement, role, approved_on, preview_hash=shown)
    await filing.do(LockSettlement, Role.SCHEME_OFFICER, approved_on, preview_hash=shown)
    for line in made.result:
        kind, _, key = line.name.partition(":")
        if kind == "settled" and line.amount:
            await filing.do(
                PaySubsidy,
                Role.TREASURY,
                after(approved_on, _PAID_AFTER),
                again=key,
                line=key,
                amount=line.amount,
                bank_serial=f"{year.scheme} {year.year} {key}",
            )


async def _claim(filing: Filing, year: YearToSettle, claimant: Claiming, receipts: Sequence[PaidReceipt]) -> None:
    lines = [
        {"receipt_id": one.receipt_id, "stated": claimant.stated, "evidence": (paper("voucher"),)}
        if claimant.stated
        else {"receipt_id": one.receipt_id, "evidence": (paper("voucher"),)}
        for one in receipts
        if _is_of(claimant, one, year.year)
    ]
    if not lines:
        return
    claimed_on = _day(year, _CLAIMED)
    act = filing.act(
        SubmitClaim,
        Role.CLAIMANT,
        claimed_on,
        again=claimant.name,
        by=by(Role.CLAIMANT, claimant.name),
        claimant=party(claimant.name),
        credit_code=credit_code(claimant.name),
        facts={"kind": claimant.kind, "seats": ({"since_on": SEATED_SINCE, "region": claimant.region},)},
        lines=tuple(lines),
        not_related="yes",
        exploited="yes",
    )
    await filing.desk.ask(filing.kind, act)
    await filing.do(
        AcceptClaim, Role.SCHEME_OFFICER, after(claimed_on, _ACCEPTED_AFTER), again=claimant.name, claim=act.act_id
    )


def _is_of(claimant: Claiming, receipt: PaidReceipt, year: int) -> bool:
    if claimant.side == "licensor":
        return claimant.name in receipt.licensors and receipt.received_on.year == year
    bought_there = claimant.counterparty in ("", *receipt.licensors)
    return bought_there and party(claimant.name) == receipt.licensee and receipt.paid_on.year == year


async def receipts_of(desk: Desk, examples: Sequence[Example]) -> tuple[PaidReceipt, ...]:
    """All receipts of the demo, by their days; what became of them since is the settlement's own look."""
    found = []
    by_case = {example.case: example for example in examples}
    async with desk.pool.acquire() as connection:
        for case, filings in (await filings_of(desk.pool, desk, examples)).items():
            for filing in filings:
                if filing.kind != "licence":
                    continue
                head = await find_head(connection, filing.filing_id)
                assert head is not None  # filings are never removed
                licence = LicencePosition.model_validate(head.position, context=STORED)
                found += [
                    PaidReceipt(
                        one.receipt_id,
                        units(by_case[case]),
                        licence.licensee,
                        one.received_on,
                        one.paid_on or one.received_on,
                    )
                    for one in licence.receipts
                ]
    return tuple(sorted(found, key=lambda one: (one.received_on, str(one.receipt_id))))


def _day(year: YearToSettle, month_and_day: tuple[int, int]) -> date:
    return after(date(year.year + 1, *month_and_day), 0)
