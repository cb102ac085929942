"""Guards of the acts of a licence that people ask for (Patent Law 50 to 52); facts of authorities pass (R2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.filing.guards import guard_whose
from rules.filing.order import of_kind
from rules.filing.scene import Guard, Remark, refused, warned
from rules.licence.parties.substitution import owners_on, sides_on
from rules.licence.position import bars_on
from rules.licence.right import outside_offer, right_was_over
from rules.licence.royalty_guards import ROYALTY_CHECKS
from rules.licence.scene import LicenceScene, frozen
from schemas.acts.act import Act
from schemas.acts.licence import (
    CloseUnpaid,
    DecideClass,
    FileRecordal,
    GiveNotice,
    Pay,
    SubstituteParty,
    TakeOverLicence,
    TerminateLicence,
)
from schemas.lifecycle.stages.licence import WAS_EFFECTIVE, LicenceStage
from schemas.standing.surroundings import OfferView
from schemas.statements.offer import Regime
from schemas.values.actor import Role


def _whose(act: Act, scene: LicenceScene) -> Iterator[Remark]:
    """The licensors and the licensee of the act's day; a sub-platform gives notice for others."""
    if scene.position is not None:
        return guard_whose(act, sides_on(scene.position, scene.surroundings, act))
    owners = frozenset(owner.party_id for owner in scene.offer.owners)
    licensees = {act.licensee} if isinstance(act, GiveNotice) and not act.sub_platform else set()
    return guard_whose(act, {Role.LICENSOR: owners, Role.FINANCE: owners, Role.LICENSEE: frozenset(licensees)})


def _give_notice(act: GiveNotice, scene: LicenceScene) -> Iterator[Remark]:
    offer = scene.offer
    yield from _offer_stands(offer, act)
    owners = [owner.party_id for owner in offer.owners]
    if act.licensee in owners:
        if len(owners) == 1:
            yield refused("licensee_is_patentee", "licensee")
        else:
            yield warned("licensee_is_co_owner", "licensee")
    if act.affiliate_of_licensor:
        yield warned("licensee_is_affiliate", "affiliate_of_licensor")
    if act.wishes is not None:
        yield refused("negotiated_licence", "wishes", wishes=act.wishes)
    for bar in bars_on(offer, act.on):
        yield warned("notice_under_bar", "declaration_id", bar=bar.value)
    if offer.regime is Regime.PILOT:
        yield warned("pilot_licence", "declaration_id")


def _offer_stands(offer: OfferView, act: GiveNotice | Pay) -> Iterator[Remark]:
    if right_was_over(offer, act.on) or act.on > offer.patent_last_day:
        yield refused("right_over", "on", on=act.on, ended=offer.right_ended_on or offer.patent_last_day)
    elif outside_offer(offer, act.on):
        since, ended = offer.in_force_from or "-", offer.ended_on or "-"
        yield refused("offer_not_in_force", "on", on=act.on, since=since, ended=ended)


def _pay(act: Pay, scene: LicenceScene) -> Iterator[Remark]:
    yield from _offer_stands(scene.offer, act)
    if any(one.act.voucher == act.voucher for one in of_kind(scene.facts, "pay")):
        yield refused("voucher_known", "voucher", filing_id=act.filing_id)
    position = scene.position
    if position is not None and position.paid + act.amount > position.first_due:
        yield warned(
            "paid_too_much", "amount", due=position.first_due, excess=position.paid + act.amount - position.first_due
        )


def _close_unpaid(act: CloseUnpaid, scene: LicenceScene) -> Iterator[Remark]:
    yield from frozen(scene)
    for one in scene.position.deadlines if scene.position else ():
        if one.key == "pay:due:1" and one.by >= act.on:
            yield refused("payment_day_not_passed", "on", by=one.by)


def _terminate(act: TerminateLicence, scene: LicenceScene) -> Iterator[Remark]:
    if act.ground == "agreement" and act.agreement is None:
        yield refused("termination_without_agreement", "agreement")
    if act.ground in ("breach", "court") and not act.evidence:
        yield refused("termination_without_evidence", "evidence", ground=act.ground)
    yield from _after_effect(act, scene)


def _after_effect(act: TerminateLicence | FileRecordal, scene: LicenceScene) -> Iterator[Remark]:
    effective_on = scene.position.effective_on if scene.position else None
    if effective_on is None or act.on < effective_on:
        yield refused("before_effect", "on", on=act.on, effective=effective_on or "-")


def _file_recordal(act: FileRecordal, scene: LicenceScene) -> Iterator[Remark]:
    yield from _after_effect(act, scene)
    position = scene.position
    if position is None:
        return
    begun = scene.begun
    foreign = begun is not None and isinstance(begun.act, GiveNotice) and begun.act.foreign_licensee
    if foreign and act.by.role is Role.LICENSEE and act.agency is None:
        yield refused("agency_needed", "agency")
    proofs = {
        "free": ("free",),
        "not_yet_due": ("announced_deferral",),
        "paid": ("voucher", "licensor_receipt"),
        "due": (),
    }
    allowed = proofs[position.payment_condition]
    if position.payment_condition == "not_yet_due" and position.receipts:
        allowed = ("announced_deferral", "voucher", "licensor_receipt")
    if act.payment_proof not in allowed:
        yield refused(
            "payment_proof_wrong",
            "payment_proof",
            proof=act.payment_proof,
            allowed="、".join(allowed) or "-",
            condition=position.payment_condition,
        )
    if position.recordal_due_by is not None and act.on > position.recordal_due_by:
        yield warned("recordal_late", "on", by=position.recordal_due_by)


def _decide_class(act: DecideClass, scene: LicenceScene) -> Iterator[Remark]:
    at = scene.at
    if at.class_decision is None or act.registration_number != at.registration_number:
        yield refused("class_not_open", "registration_number", number=act.registration_number)


def _substitute(act: SubstituteParty, scene: LicenceScene) -> Iterator[Remark]:
    at = scene.at
    licensors = [one.party_id for one in owners_on(at, scene.surroundings, act.on)]
    here = licensors if act.side == "licensor" else [at.licensee_on(act.on)]
    if act.predecessor is None and len(here) > 1:
        yield refused("predecessor_missing", "predecessor", side=act.side, parties="、".join(map(str, here)))
    elif act.predecessor is not None and act.predecessor not in here:
        yield refused("predecessor_unknown", "predecessor", party_id=act.predecessor, parties="、".join(map(str, here)))
    if act.side == "licensor" and act.ground is None:
        yield warned("substitution_ground_missing", "ground")


def _take_over(act: TakeOverLicence, scene: LicenceScene) -> Iterator[Remark]:
    if act.stage not in LicenceStage.known():
        yield refused("stage_unknown", "stage", kind="licence", stage=act.stage, known="、".join(LicenceStage.known()))
    if act.effective_on is None and act.stage in WAS_EFFECTIVE:
        yield refused("effective_day_missing", "effective_on", stage=act.stage)
    if act.effective_on is not None and act.effective_on < act.received_on:
        yield refused("effect_before_notice", "effective_on", effective=act.effective_on, received=act.received_on)


_CHECKS: Mapping[type[Act], Callable[[Any, LicenceScene], Iterator[Remark]]] = {
    GiveNotice: _give_notice,
    Pay: _pay,
    CloseUnpaid: _close_unpaid,
    TerminateLicence: _terminate,
    FileRecordal: _file_recordal,
    DecideClass: _decide_class,
    SubstituteParty: _substitute,
    TakeOverLicence: _take_over,
    **ROYALTY_CHECKS,
}
guard_licence = Guard(LicenceScene, _whose, _CHECKS)
