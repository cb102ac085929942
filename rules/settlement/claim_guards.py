"""What is refused of a claim, and of a district's and an officer's word about it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from rules.filing.corrections import fact_behind
from rules.filing.scene import Remark, refused
from rules.settlement.claims import Claim
from rules.settlement.scene import SettlementScene
from schemas.acts.act import Act, CorrectFact, Countersign
from schemas.acts.settlement_claims import (
    AcceptClaim,
    DecideRelation,
    DeclineClaim,
    HoldClaim,
    RecommendClaim,
    RejectClaim,
    SubmitClaim,
    SupplementClaim,
    WithdrawClaim,
)
from schemas.values.actor import Role
from schemas.values.determination import Answer3

_FOR_THEMSELVES = (Role.CLAIMANT, Role.LICENSOR, Role.LICENSEE)


def _submit(act: SubmitClaim, scene: SettlementScene) -> Iterator[Remark]:
    last = scene.at.last_claim_on
    if last is not None and act.on > last:
        yield refused("claim_late", "on", last=last, on=act.on)
    yield from _content(act, scene, None)


def _supplement(act: SupplementClaim, scene: SettlementScene) -> Iterator[Remark]:
    claim, last = scene.claim(act.claim), scene.at.last_claim_on
    if claim is None:
        yield refused("claim_unknown", "claim", claim=act.claim)
        return
    if act.credit_code != claim.content.credit_code:
        yield refused("claim_of_another", "credit_code", credit_code=claim.content.credit_code)
    if last is not None and act.on > last:
        new = [line.key for line in act.lines if line.key not in claim.decided]
        if new or "held" not in scene.line_states(act.claim).values():
            yield refused("claim_late", "lines" if new else "on", last=last, on=act.on)
    if scene.is_locked:
        waiting, kept = _waiting(scene, act.claim), {line.key: line for line in act.lines}
        if any(line.key not in waiting and kept.get(line.key) != line for line in claim.content.lines):
            yield refused("claim_settled", "lines")
    yield from _content(act, scene, claim)


def _content(act: SubmitClaim | SupplementClaim, scene: SettlementScene, own: Claim | None) -> Iterator[Remark]:
    yield from _claimants_own(act, act.claimant)
    codes = {act.credit_code, *(one.credit_code for one in act.predecessors)}
    for other in scene.claims:
        if other.is_live and other is not own and codes.intersection(other.codes):
            yield refused("claim_exists", "credit_code", credit_code=other.content.credit_code, claim=other.claim_id)
    parties = {act.claimant, *(one.party for one in act.predecessors)}
    receipts = {one.receipt_id: one for one in scene.surroundings.receipts}
    for number, line in enumerate(act.lines):
        if line.receipt_id is None:
            continue
        receipt, where = receipts.get(line.receipt_id), f"lines.{number}.receipt_id"
        if receipt is None:
            yield refused("claimed_receipt_unknown", where, receipt=line.receipt_id)
            continue
        sides = {"licensor": {one.party_id for one in receipt.licensors}, "licensee": {receipt.licensee}}
        mine = sides.get(scene.scheme.beneficiary)
        if mine is not None and not mine & parties:
            yield refused("receipt_not_claimants", where, receipt=line.receipt_id)


def _claimants_own(act: Act, claimant: object) -> Iterator[Remark]:
    organisation = act.by.organisation_id
    if act.by.role in _FOR_THEMSELVES and organisation not in (None, claimant):
        yield refused("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)


def _correct(act: CorrectFact, scene: SettlementScene) -> Iterator[Remark]:
    """A claim is its claimant's, whatever other claimants there are."""
    behind = fact_behind(act, {fact.act.act_id: fact.act for fact in scene.facts})
    if isinstance(behind, SubmitClaim | SupplementClaim):
        yield from _claimants_own(act, behind.claimant)


def _countersign(act: Countersign, scene: SettlementScene) -> Iterator[Remark]:
    first = next((fact.act for fact in scene.facts if fact.act.act_id == act.countersigns), None)
    if isinstance(first, CorrectFact):
        yield from _correct(first.but(by=act.by), scene)


def _withdraw(act: WithdrawClaim, scene: SettlementScene) -> Iterator[Remark]:
    claim = scene.claim(act.claim)
    if claim is None:
        yield refused("claim_unknown", "claim", claim=act.claim)
    else:
        yield from _claimants_own(act, claim.content.claimant)


def _recommend(act: RecommendClaim | DeclineClaim, scene: SettlementScene) -> Iterator[Remark]:
    if scene.claim(act.claim) is None:
        yield refused("claim_unknown", "claim", claim=act.claim)
    if not scene.version.recommended_by_district:
        yield refused("recommendation_not_foreseen", "", scheme=scene.at.scheme)


def _decide(act: AcceptClaim | HoldClaim | RejectClaim, scene: SettlementScene) -> Iterator[Remark]:
    claim = scene.claim(act.claim)
    if claim is None:
        yield refused("claim_unknown", "claim", claim=act.claim)
        return
    yield from _known_lines(act.lines, claim)
    if scene.version.recommended_by_district and claim.recommended is not True:
        yield refused("recommendation_missing", "claim")
    named = act.lines or tuple(claim.decided)
    if scene.is_locked:
        waiting = _waiting(scene, act.claim)
        settled = [key for key in named if key not in waiting]
        # The whole claim can be accepted: what was accepted before the lock stays so.
        if isinstance(act, AcceptClaim) and not act.lines and waiting:
            settled = [key for key in settled if claim.decided[key].state != "accepted"]
        if settled:
            yield refused("claim_settled", "lines")
    if isinstance(act, AcceptClaim) and scene.version.evidence:
        for line in claim.content.lines:
            if line.key in named and not line.evidence:
                yield refused(
                    "claim_evidence_missing", "lines", line=line.key, evidence="、".join(scene.version.evidence)
                )


def _waiting(scene: SettlementScene, claim: UUID) -> tuple[str, ...]:
    """The lines of which a locked list has not said the last word: held, or not decided since they were mended."""
    return tuple(key for key, state in scene.line_states(claim).items() if state in ("held", "undecided"))


def _known_lines(lines: tuple[str, ...], claim: Claim) -> Iterator[Remark]:
    for number, key in enumerate(lines):
        if key not in claim.decided:
            yield refused("claim_line_unknown", f"lines.{number}", line=key, known="、".join(claim.decided))


def _decide_relation(act: DecideRelation, scene: SettlementScene) -> Iterator[Remark]:
    claim = scene.claim(act.claim)
    if claim is None:
        yield refused("claim_unknown", "claim", claim=act.claim)
        return
    yield from _known_lines(act.lines, claim)
    affiliates = [str(one.receipt_id) for one in scene.surroundings.receipts if one.licensee_is_affiliate]
    for number, line in enumerate(act.lines):
        stated = next((one.stated for one in claim.content.lines if one.key == line), None)
        is_related = line in affiliates or (stated is not None and stated.related is Answer3.YES)
        if scene.version.related_parties is not None or not is_related:
            yield refused("relation_not_open", f"lines.{number}", line=line)


CLAIM_CHECKS: Mapping[type[Act], Callable[[Any, SettlementScene], Iterator[Remark]]] = {
    SubmitClaim: _submit,
    SupplementClaim: _supplement,
    WithdrawClaim: _withdraw,
    RecommendClaim: _recommend,
    DeclineClaim: _recommend,
    AcceptClaim: _decide,
    HoldClaim: _decide,
    RejectClaim: _decide,
    DecideRelation: _decide_relation,
    CorrectFact: _correct,
    Countersign: _countersign,
}
