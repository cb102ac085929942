"""Guards of the acts of a declaration: what rule 85, rule 86 and Guidelines V-11 ask before it can be filed."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from rules.declaration.bars import answer_bars, blocks
from rules.declaration.terms import check_terms
from rules.filing.guards import guard_whose
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.patent_life import last_day
from rules.law.service import STATUS_EVIDENCE_AT_FILING_DAYS
from schemas.acts.act import Act
from schemas.acts.declaration import (
    DeclarationAct,
    FileWithdrawal,
    MarkFiled,
    Resubmit,
    SaveDraft,
    Submit,
    TakeOverDeclaration,
    WithdrawalGround,
)
from schemas.lifecycle.declaration import ANY, OFFERED
from schemas.standing.fact import Fact
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings, RegisterView
from schemas.statements.bars import BARS, Bar, BarAnswer
from schemas.statements.offer import Domicile, Offer, Regime, ReportConclusion
from schemas.statements.royalty import EntryPlusRunning, Instalments, LumpSum, Royalty, Running
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind, filed_in
from schemas.values.refusal import Refusal, refusal

RULES_IN_FORCE_FROM = "2024-01-20"


def guard_declaration(
    act: DeclarationAct,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
    calendar: Calendar,
) -> Verdict:
    """Every reason at once, so that a person can mend them in one go."""
    del calendar
    check = _CHECKS.get(type(act))
    found = list(guard_whose(act, _sides(act, facts)))
    if check is not None:
        found += check(act, position, facts, surroundings)
    warned = [one for one in found if one.code in _WARNINGS]
    return Verdict(tuple(one for one in found if one not in warned), tuple(warned))


def _sides(act: Act, facts: Sequence[Fact[DeclarationAct]]) -> dict[Role, frozenset[UUID]]:
    """The patentees of this declaration, and the agency that files for them."""
    acts = (*(fact.act for fact in facts), act)
    offers = [offer for one in acts if (offer := getattr(one, "offer", None)) is not None]
    owners = [owner.party_id for offer in offers for owner in offer.patentees]
    agencies = [offer.agency.party_id for offer in offers if offer.agency is not None]
    return {Role.LICENSOR: frozenset((*owners, *agencies)), Role.CO_OWNER: frozenset(owners)}


_WARNINGS = frozenset(
    {
        "fixed_fee_above_cap",
        "running_rate_above_cap",
        "term_cut_by_patent",
        "term_under_tax_relief",
        "fee_explanation_long",
        "register_day_unknown",
    }
)


def _submit(
    act: Submit | Resubmit,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
) -> Iterator[Refusal]:
    offer = act.offer
    if isinstance(act, Resubmit):
        rounds = max((fact.act.round for fact in facts if isinstance(fact.act, Resubmit)), default=0)
        if act.round != rounds + 1:
            yield refusal("round_out_of_order", "round", expected=rounds + 1, given=act.round)
        if position and position.offer and position.offer.patent_number != offer.patent_number:
            yield refusal("other_patent", "offer.patent_number", number=position.offer.patent_number)
    if offer.regime is Regime.PILOT:
        yield refusal("pilot_not_declared", "offer.regime")
    yield from _register(act, offer, surroundings.register_row)
    yield from _papers(offer)
    if not offer.commitments:
        yield refusal("commitments_missing", "offer.commitments")
    if act.bars:  # nothing stands that nobody reported, and a table of 100,000 rows is checked row by row
        for answer in blocks(answer_bars(offer.patent_kind, act.bars, act.on, STATUS_EVIDENCE_AT_FILING_DAYS)):
            yield _bar(answer)
    if act.on < offer.granted_on:
        yield refusal("declared_before_grant", "offer.granted_on", on=act.on, granted_on=offer.granted_on)
    elif act.on.isoformat() >= RULES_IN_FORCE_FROM:
        yield from _terms(act, offer)


def _register(act: Act, offer: Offer, row: RegisterView | None) -> Iterator[Refusal]:
    number = offer.patent_number
    if row is None:
        yield refusal("patent_not_in_register", "offer.patent_number", number=number)
        return
    if row.status == "pending":
        yield refusal("patent_pending", "offer.patent_number", number=number)
    if row.status == "refused":
        yield refusal("application_refused", "offer.patent_number", number=number)
    if row.status == "lapsed" and (row.ended_on is None or row.ended_on <= act.on):
        yield refusal("right_ended", "offer.patent_number", number=number, bar="E5", ended_on=row.ended_on or "?")
    if row.status == "invalidated" and (row.ended_on is None or row.ended_on <= act.on):
        yield refusal("right_invalidated", "offer.patent_number", number=number)
    if row.filed_on is not None and row.filed_on != offer.filed_on:
        yield refusal("differs_from_register", "offer.filed_on", field="filed_on", register=row.filed_on)
    if row.granted_on is not None and row.granted_on != offer.granted_on:
        yield refusal("differs_from_register", "offer.granted_on", field="granted_on", register=row.granted_on)
    if row.title is not None and row.title != offer.title:
        yield refusal("differs_from_register", "offer.title", field="title", register=row.title)
    if not filed_in(number, offer.filed_on):
        yield refusal("number_year_differs", "offer.filed_on", number=number, filed_on=offer.filed_on)
    if last_day(offer.patent_kind, offer.filed_on) < act.on:
        yield refusal("patent_expired", "offer.patent_number", number=number)


def _papers(offer: Offer) -> Iterator[Refusal]:
    several = len(offer.patentees) > 1
    if several and offer.co_owner_agreement is None:
        for index, owner in enumerate(offer.patentees):
            if owner.consent is None:
                yield refusal("consent_missing", f"offer.patentees.{index}.consent", party_id=owner.party_id)
    abroad = [one for one in offer.patentees if one.domicile is not Domicile.MAINLAND]
    if abroad and offer.agency is None:
        yield refusal("agency_mandatory", "offer.agency")
    if offer.agency is not None and any(one.consent is None for one in offer.patentees):
        yield refusal("agency_needs_consents", "offer.patentees")
    if offer.patent_kind is PatentKind.INVENTION:
        return
    if offer.evaluation_report is None:
        yield refusal("evaluation_report_missing", "offer.evaluation_report", bar="E7")
    elif offer.evaluation_report.conclusion is ReportConclusion.CONDITIONS_NOT_MET:
        yield refusal("evaluation_report_negative", "offer.evaluation_report.conclusion", bar="E8")


def _terms(act: Act, offer: Offer) -> Iterator[Refusal]:
    texts = {"title_of_products": "；".join(offer.products), "other_matters": offer.other_matters or ""}
    notes = check_terms(
        Law(act.on),
        fixed_total=fixed_total(offer.royalty),
        rates=rates(offer.royalty),
        term=offer.term,
        begins_on=act.on,
        patent_last_day=last_day(offer.patent_kind, offer.filed_on),
        fee_explanation=offer.fee_explanation,
        texts=texts,
    )
    for note in notes:
        yield refusal(note.code, f"offer.{note.where}", **note.facts)


def fixed_total(royalty: Royalty) -> Money | None:
    """All fixed amounts of an offer together; None where there is none."""
    match royalty:
        case LumpSum():
            return royalty.amount
        case Instalments():
            return Money(sum(part.amount.fen for part in royalty.instalments))
        case EntryPlusRunning():
            return royalty.entry
    return None


def rates(royalty: Royalty) -> tuple[tuple[str, Decimal], ...]:
    """Base and percentage of each step of a running royalty."""
    running = royalty.running if isinstance(royalty, EntryPlusRunning) else royalty
    if not isinstance(running, Running):
        return ()
    return tuple((running.base.value, step.percent) for step in running.rates)


def _mark_filed(
    act: MarkFiled,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
) -> Iterator[Refusal]:
    del facts, surroundings
    if position is None or position.offer is None:
        return
    for answer in answer_bars(position.offer.patent_kind, act.bars, act.on, STATUS_EVIDENCE_AT_FILING_DAYS):
        if answer.answer is Answer3.YES:
            yield _bar(answer)
        elif answer.answer is Answer3.UNKNOWN and answer.bar not in (Bar.E7, Bar.E8):
            # E7 and E8 were answered by the report that stands in the declaration itself.
            yield refusal(
                "bar_unknown",
                "bars",
                bar=answer.bar.value,
                days=STATUS_EVIDENCE_AT_FILING_DAYS,
                evidence=BARS[answer.bar].evidence_zh,
                evidence_en=BARS[answer.bar].evidence_en,
            )


def _bar(answer: BarAnswer) -> Refusal:
    text = BARS[answer.bar]
    return refusal("bar_exists", "bars", bar=answer.bar.value, rule=text.article, bar_zh=text.zh, bar_en=text.en)


def _file_withdrawal(
    act: FileWithdrawal,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
) -> Iterator[Refusal]:
    del facts, surroundings
    if act.condition is not None:
        yield refusal("withdrawal_conditional", "condition")
    if act.ground is WithdrawalGround.LEGITIMATE_REASON and act.reason is None:
        yield refusal("withdrawal_reason_missing", "reason")
    if position is None or position.offer is None:
        return
    owners = len(position.offer.owners)
    if owners > 1 and len(dict.fromkeys(act.consents)) < owners:
        yield refusal("withdrawal_consents_missing", "consents", owners=owners, given=len(act.consents))
    open_duties = [one for one in position.duties if one.since_on <= act.on <= (one.until_on or act.on)]
    if act.ground is WithdrawalGround.BAR and not open_duties:
        yield refusal("withdrawal_without_bar", "ground")


def _save_draft(
    act: SaveDraft,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
) -> Iterator[Refusal]:
    del position, surroundings
    revision = max((fact.act.revision for fact in facts if isinstance(fact.act, SaveDraft)), default=0)
    if act.revision != revision + 1:
        yield refusal("round_out_of_order", "revision", expected=revision + 1, given=act.revision)


def _take_over(
    act: TakeOverDeclaration,
    position: DeclarationPosition | None,
    facts: Sequence[Fact[DeclarationAct]],
    surroundings: DeclarationSurroundings,
) -> Iterator[Refusal]:
    del position, facts, surroundings
    if act.stage not in ANY:
        yield refusal("stage_unknown", "stage", stage=act.stage, known="、".join(ANY))
    if act.regime is not act.offer.regime:
        yield refusal("regimes_differ", "regime")
    if act.regime is Regime.PILOT and (act.stage in OFFERED or act.announced_on is not None):
        yield refusal("pilot_never_in_force", "stage")
    if act.regime is Regime.STATUTORY and act.stage in OFFERED and act.announced_on is None:
        yield refusal("announcement_day_missing", "announced_on")


_CHECKS: dict[type[Act], Callable[[Any, Any, Any, Any], Iterator[Refusal]]] = {
    SaveDraft: _save_draft,
    Submit: _submit,
    Resubmit: _submit,
    MarkFiled: _mark_filed,
    FileWithdrawal: _file_withdrawal,
    TakeOverDeclaration: _take_over,
}
