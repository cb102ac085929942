"""Guards of the acts of a declaration: what rule 85, rule 86 and Guidelines V-11 ask before it can be filed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rules.declaration.bars import answer_bars, blocks
from rules.declaration.terms import check_terms, fixed_total, rates, rates_as_fractions
from rules.filing.guards import guard_whose
from rules.filing.papers import guard_one_paper_each, letters_of
from rules.filing.remarks import Verdict
from rules.filing.scene import Guard, Remark, Scene, refused, warned
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.patent_life import last_day
from rules.law.service import STATUS_EVIDENCE_AT_FILING_DAYS
from schemas.acts.act import Act
from schemas.acts.declaration import (
    DECLARATION_ACT,
    DeclarationAct,
    FileWithdrawal,
    MarkFiled,
    Resubmit,
    SaveDraft,
    Submit,
    TakeOverDeclaration,
    WithdrawalGround,
)
from schemas.lifecycle.stages.declaration import OFFERED, DeclarationStage
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings, RegisterView
from schemas.statements.bars import BARS, Bar, BarAnswer
from schemas.statements.offer import Domicile, Offer, Regime, ReportConclusion
from schemas.statements.terms import TermsNote
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.outside import normal
from schemas.values.patent_number import PatentKind, filed_in

_LEAST_EXPLANATION = 4
"""Letters, digits and characters: below that nothing is explained; 免费许可 explains a free licence."""


class DeclarationScene(Scene[DeclarationAct, DeclarationPosition, DeclarationSurroundings]):
    """A declaration before the act, and what the register says."""

    acts = DECLARATION_ACT


def _whose(act: Act, scene: DeclarationScene) -> Iterator[Remark]:
    """The patentees of this declaration, and the agency that files for them."""
    acts = (*(fact.act for fact in scene.facts), act)
    offers = [offer for one in acts if (offer := getattr(one, "offer", None)) is not None]
    owners = [owner.party_id for offer in offers for owner in offer.patentees]
    agencies = [offer.agency.party_id for offer in offers if offer.agency is not None]
    return guard_whose(act, {Role.LICENSOR: frozenset((*owners, *agencies)), Role.CO_OWNER: frozenset(owners)})


def _submit(act: Submit | Resubmit, scene: DeclarationScene) -> Iterator[Remark]:
    offer = act.offer
    if isinstance(act, Resubmit):
        rounds = max((fact.act.round for fact in scene.facts if isinstance(fact.act, Resubmit)), default=0)
        if act.round != rounds + 1:
            yield refused("round_out_of_order", "round", expected=rounds + 1, given=act.round)
        if scene.position and scene.position.offer and scene.position.offer.patent_number != offer.patent_number:
            yield refused("other_patent", "offer.patent_number", number=scene.position.offer.patent_number)
    if offer.regime is Regime.PILOT:
        yield refused("pilot_not_declared", "offer.regime")
    yield from _register(act, offer, scene.surroundings.register_row)
    yield from _papers(offer)
    yield from guard_one_paper_each(_statements(offer))
    if letters_of(offer.fee_explanation) < _LEAST_EXPLANATION:
        yield refused("fee_explanation_short", "offer.fee_explanation", least=_LEAST_EXPLANATION)
    if not offer.commitments:
        yield refused("commitments_missing", "offer.commitments")
    if act.bars:  # nothing stands that nobody reported, and a table of 100,000 rows is checked row by row
        for answer in blocks(answer_bars(offer.patent_kind, act.bars, act.on, STATUS_EVIDENCE_AT_FILING_DAYS)):
            yield _bar(answer)
    if act.on < offer.granted_on:
        yield refused("declared_before_grant", "offer.granted_on", on=act.on, granted_on=offer.granted_on)
    elif (law := Law(act.on)).holds("national.fixed_fee_cap"):  # offers were made before anybody had set terms for them
        yield from _terms(act, offer, law)


def _register(act: Act, offer: Offer, row: RegisterView | None) -> Iterator[Remark]:
    number = offer.patent_number
    if row is None:
        yield refused("patent_not_in_register", "offer.patent_number", number=number)
        return
    if row.status == "pending":
        yield refused("patent_pending", "offer.patent_number", number=number)
    if row.status == "refused":
        yield refused("application_refused", "offer.patent_number", number=number)
    if row.status == "lapsed" and (row.ended_on is None or row.ended_on <= act.on):
        yield refused("right_ended", "offer.patent_number", number=number, bar="E5", ended_on=row.ended_on or "?")
    if row.status == "invalidated" and (row.ended_on is None or row.ended_on <= act.on):
        yield refused("right_invalidated", "offer.patent_number", number=number)
    if row.filed_on is not None and row.filed_on != offer.filed_on:
        yield refused("differs_from_register", "offer.filed_on", field="filed_on", register=row.filed_on)
    if row.granted_on is not None and row.granted_on != offer.granted_on:
        yield refused("differs_from_register", "offer.granted_on", field="granted_on", register=row.granted_on)
    if row.title is not None and normal("title", row.title) != normal("title", offer.title):
        yield refused("differs_from_register", "offer.title", field="title", register=row.title)
    if not filed_in(number, offer.filed_on):
        yield refused("number_year_differs", "offer.filed_on", number=number, filed_on=offer.filed_on)
    if last_day(offer.patent_kind, offer.filed_on) < act.on:
        yield refused("patent_expired", "offer.patent_number", number=number)


def _papers(offer: Offer) -> Iterator[Remark]:
    several = len(offer.patentees) > 1
    if several and offer.co_owner_agreement is None:
        for index, owner in enumerate(offer.patentees):
            if owner.consent is None:
                yield refused("consent_missing", f"offer.patentees.{index}.consent", party_id=owner.party_id)
    abroad = [one for one in offer.patentees if one.domicile is not Domicile.MAINLAND]
    if abroad and offer.agency is None:
        yield refused("agency_mandatory", "offer.agency")
    if offer.agency is not None and any(one.consent is None for one in offer.patentees):
        yield refused("agency_needs_consents", "offer.patentees")
    if offer.patent_kind is PatentKind.INVENTION:
        return
    if offer.evaluation_report is None:
        yield refused("evaluation_report_missing", "offer.evaluation_report", bar="E7")
    elif offer.evaluation_report.conclusion is ReportConclusion.CONDITIONS_NOT_MET:
        yield refused("evaluation_report_negative", "offer.evaluation_report.conclusion", bar="E8")


def _statements(offer: Offer) -> Iterator[tuple[str, str | None]]:
    """The papers of the form, each of which is one statement of somebody's."""
    for index, owner in enumerate(offer.patentees):
        yield f"offer.patentees.{index}.consent", owner.consent
    yield "offer.co_owner_agreement", offer.co_owner_agreement
    if offer.agency is not None:
        yield "offer.agency.power_of_attorney", offer.agency.power_of_attorney
    if offer.evaluation_report is not None:
        yield "offer.evaluation_report.document", offer.evaluation_report.document


def _terms(act: Act, offer: Offer, law: Law) -> Iterator[Remark]:
    texts = {"title_of_products": "；".join(offer.products), "other_matters": offer.other_matters or ""}
    notes = check_terms(
        law,
        fixed_total=fixed_total(offer.royalty),
        rates=rates(offer.royalty),
        term=offer.term,
        begins_on=act.on,
        patent_last_day=last_day(offer.patent_kind, offer.filed_on),
        fee_explanation=offer.fee_explanation,
        texts=texts,
    )
    yield from _noted(notes)


def _noted(notes: Iterable[TermsNote]) -> Iterator[Remark]:
    for note in notes:
        say = warned if note.level == "warning" else refused
        yield say(note.code, f"offer.{note.where}", **note.facts)


def _mark_filed(act: MarkFiled, scene: DeclarationScene) -> Iterator[Remark]:
    if scene.position is None or scene.position.offer is None:
        return
    for answer in answer_bars(scene.position.offer.patent_kind, act.bars, act.on, STATUS_EVIDENCE_AT_FILING_DAYS):
        if answer.answer is Answer3.YES:
            yield _bar(answer)
        elif answer.answer is Answer3.UNKNOWN and answer.bar not in (Bar.E7, Bar.E8):
            # E7 and E8 were answered by the report that stands in the declaration itself.
            yield refused(
                "bar_unknown",
                "bars",
                bar=answer.bar.value,
                days=STATUS_EVIDENCE_AT_FILING_DAYS,
                evidence=BARS[answer.bar].evidence_zh,
                evidence_en=BARS[answer.bar].evidence_en,
            )


def _bar(answer: BarAnswer) -> Remark:
    text = BARS[answer.bar]
    return refused("bar_exists", "bars", bar=answer.bar.value, rule=text.article, bar_zh=text.zh, bar_en=text.en)


def _file_withdrawal(act: FileWithdrawal, scene: DeclarationScene) -> Iterator[Remark]:
    if act.condition is not None:
        yield refused("withdrawal_conditional", "condition")
    if act.ground is WithdrawalGround.LEGITIMATE_REASON and act.reason is None:
        yield refused("withdrawal_reason_missing", "reason")
    yield from guard_one_paper_each((f"consents.{index}", one) for index, one in enumerate(act.consents))
    if scene.position is None or scene.position.offer is None:
        return
    owners = len(scene.position.offer.owners)
    if owners > 1 and len(dict.fromkeys(act.consents)) < owners:
        yield refused("withdrawal_consents_missing", "consents", owners=owners, given=len(act.consents))
    open_duties = [one for one in scene.position.duties if one.since_on <= act.on <= (one.until_on or act.on)]
    if act.ground is WithdrawalGround.BAR and not open_duties:
        yield refused("withdrawal_without_bar", "ground")


def _save_draft(act: SaveDraft, scene: DeclarationScene) -> Iterator[Remark]:
    revision = max((fact.act.revision for fact in scene.facts if isinstance(fact.act, SaveDraft)), default=0)
    if act.revision != revision + 1:
        yield refused("round_out_of_order", "revision", expected=revision + 1, given=act.revision)
    yield from _noted(rates_as_fractions(rates(act.offer.royalty)))


def _take_over(act: TakeOverDeclaration, scene: DeclarationScene) -> Iterator[Remark]:
    if act.stage not in DeclarationStage.known():
        yield refused(
            "stage_unknown", "stage", kind="declaration", stage=act.stage, known="、".join(DeclarationStage.known())
        )
    if act.regime is not act.offer.regime:
        yield refused("regimes_differ", "regime")
    if (declared_on := act.announced_on or act.on) < act.offer.granted_on:
        granted_on = act.offer.granted_on
        yield refused("declared_before_grant", "offer.granted_on", on=declared_on, granted_on=granted_on)
    yield from guard_one_paper_each(_statements(act.offer))
    if act.regime is Regime.PILOT and (act.stage in OFFERED or act.announced_on is not None):
        yield refused("pilot_never_in_force", "stage")
    if act.regime is Regime.STATUTORY and act.stage in OFFERED and act.announced_on is None:
        yield refused("announcement_day_missing", "announced_on")
    yield from _noted(rates_as_fractions(rates(act.offer.royalty)))


_CHECKS: Mapping[type[Act], Callable[[Any, DeclarationScene], Iterator[Remark]]] = {
    SaveDraft: _save_draft,
    Submit: _submit,
    Resubmit: _submit,
    MarkFiled: _mark_filed,
    FileWithdrawal: _file_withdrawal,
    TakeOverDeclaration: _take_over,
}
guard_declaration = Guard(DeclarationScene, _whose, _CHECKS)


def guard_alone(act: Submit | TakeOverDeclaration) -> Verdict:
    """What can be said of an act that begins, by itself: without the register, and with the years of this release."""
    return guard_declaration(act, None, (), DeclarationSurroundings(), Calendar.bundled())
