"""What holds for every set of facts of a licence, also where they contradict each other."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.licence.parties.substitution import owners_on
from rules.licence.payouts import licence_view_for_payouts, payouts_called_for
from rules.licence.position import derive_licence
from rules.licence.right import outside_offer, right_was_over
from rules.licence.settlements import receipts_for_settlements
from schemas.lifecycle.licence import LICENCE
from schemas.lifecycle.stages.licence import WAS_EFFECTIVE
from schemas.standing.position import LicencePosition
from schemas.statements.royalty import UntilPatentEnds, YearsFromEffect
from schemas.values.actor import Role
from schemas.values.identifiers import receipt_id_of
from tests.rules.licence.story import (
    CALENDAR,
    FREE,
    LICENSEE,
    PERSON,
    TEN_THOUSAND,
    TWO_PERCENT,
    UNIT,
    act,
    countersigned,
    facts,
    keys,
    offer,
    terms,
)

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 900).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
NEAR_DAYS = st.integers(0, 40).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
AMOUNTS = st.sampled_from(["0.01", "100.00", "5000.00", "9999.99", "10000.00", "10000.01"])
SERIALS = st.sampled_from(["1", "2"])
ROYALTIES = st.sampled_from(
    [
        FREE,
        TEN_THOUSAND,
        TWO_PERCENT,
        terms("lump_sum", amount="10000.00", first_payment_after_months=12),
        terms(
            "instalments",
            instalments=({"amount": "5000.00", "after_months": 0}, {"amount": "5000.00", "after_months": 6}),
        ),
        terms("entry_plus_running", entry="100.00", running=TWO_PERCENT),
    ]
)
TERMS = st.sampled_from([YearsFromEffect(years=1), YearsFromEffect(years=20), UntilPatentEnds()])
PLAIN = st.sampled_from(
    [
        "permit_needed",
        "permit_issued",
        "permit_refused",
        "retract",
        "close_unpaid",
        "terminate",
        "file_recordal",
        "ask_supplement",
        "supplement",
        "record",
        "refuse_recordal",
        "revoke_recordal",
        "cancel_recordal",
        "apply",
        "accept",
        "register",
        "refuse_registration",
        "cancel_registration",
        "revoke_registration",
        "supplement_amounts",
        "open_dispute",
        "decide",
        "claim_missing",
        "deliver_material",
        "pass_day",
        "surroundings_changed",
    ]
)
PARTIES = st.sampled_from([UNIT, LICENSEE, PERSON])
GROUNDS = st.sampled_from([None, "rename", "merger", "assignment"])
KEYS = st.sampled_from(["due:1", "due:2", "report:1", "correction:1.1", "credit", "nothing"])


@st.composite
def histories(draw: st.DrawFn) -> list[Any]:
    """The acts of a licence that begins with a notice; their days are close enough to meet on one day."""
    days = draw(st.sampled_from([DAYS, NEAR_DAYS]))
    acts = [act("give_notice", draw(days))]
    extra: dict[str, Any]
    for n in range(draw(st.integers(0, 12))):
        day = draw(days)
        match draw(
            st.sampled_from(["plain", "plain", "pay", "receipt", "reversal", "report", "closing", "party", "cancel"])
        ):
            case "plain":
                acts.append(act(draw(PLAIN), day, again=n))
            case "pay":
                acts.append(act("pay", day, again=n, amount=draw(AMOUNTS)))
            case "receipt":
                amount, key = draw(AMOUNTS), draw(KEYS)
                acts.append(
                    act(
                        "book_receipt",
                        day,
                        again=n,
                        serial=draw(SERIALS),
                        amount=amount,
                        escrow=draw(st.booleans()),
                        payer=draw(st.sampled_from([LICENSEE, PERSON])),
                        allocations=({"obligation": key, "amount": amount},),
                    )
                )
            case "reversal":
                receipt = receipt_id_of("BANK", "ACCOUNT", draw(SERIALS))
                acts.append(act("reverse_receipt", day, again=n, amount=draw(AMOUNTS), receipt_id=receipt))
                acts.append(act("confirm", day, again=n, receipt_id=receipt))
            case "report":
                sales = {"net_sales": draw(AMOUNTS)} if draw(st.booleans()) else {}
                kind = draw(st.sampled_from(["report_sales", "correct_report"]))
                extra = {"correction": draw(st.integers(1, 2))} if kind == "correct_report" else {}
                acts.append(act(kind, day, again=n, period=draw(st.integers(1, 3)), sales=sales, **extra))
            case "closing":
                kind, key = draw(st.sampled_from(["settle", "waive", "pursue"])), draw(KEYS)
                extra = {} if kind == "pursue" else {"amount": draw(AMOUNTS)}
                closing = act(kind, day, again=n, obligation=key, **extra)
                acts += countersigned(closing) if draw(st.booleans()) else (closing,)
            case "party":
                extra = {"successor": draw(PARTIES), "predecessor": draw(st.none() | PARTIES), "ground": draw(GROUNDS)}
                side = draw(st.sampled_from(["licensor", "licensor", "licensee"]))
                acts.append(act("substitute_party", day, again=n, role=Role.OFFICE, side=side, proof="f" * 64, **extra))
            case _:
                acts.append(act("cancel_recordal", day, again=n, role=Role.LICENSOR))
    acts = list({one.act_id: one for one in acts}.values())
    if draw(st.booleans()):
        # One correction only: of several the last by recording wins, so there the order counts (R3).
        wrong = draw(st.sampled_from(acts))
        acts += countersigned(
            act("correct_fact", draw(days), corrects=wrong.act_id, replacement={"on": draw(days)}, reason="f" * 64)
        )
    return acts


@st.composite
def offers(draw: st.DrawFn) -> Any:
    """An offer with its end and the end of its right somewhere around the days of the histories."""
    changes: dict[str, Any] = {}
    ended = draw(st.none() | NEAR_DAYS | DAYS)
    if ended is not None:
        changes = {"ended_on": date.fromisoformat(ended), "ended_how": draw(st.sampled_from([None, "withdrawn"]))}
    lapsed = draw(st.none() | NEAR_DAYS | DAYS)
    if lapsed is not None:
        day = date.fromisoformat(lapsed)
        changes |= {"right_ended_on": day, "right_end_provisional": draw(st.booleans())}
        changes["ended_on"] = min(day, changes.get("ended_on", day))
        if draw(st.booleans()):
            changes |= {"invalidated_on": day, "invalidation_provisional": changes["right_end_provisional"]}
    changes["patent_last_day"] = draw(st.sampled_from([date(2026, 8, 1), date(2040, 1, 31)]))
    return offer(draw(ROYALTIES), draw(TERMS), **changes)


def _at(history: list[Any], at: Any) -> LicencePosition:
    return derive_licence(facts(*history), at, CALENDAR)


@given(histories(), offers(), st.randoms(use_true_random=False))
def test_the_position_does_not_depend_on_the_order_of_recording(history: Any, at: Any, random: Any) -> None:
    recorded = list(facts(*history))
    shuffled = list(recorded)
    random.shuffle(shuffled)
    renumbered = [replace(one, version=n) for n, one in enumerate(shuffled, start=1)]
    found = derive_licence(recorded, at, CALENDAR)
    assert derive_licence(renumbered, at, CALENDAR) == found
    for day in (FIRST, FIRST + timedelta(days=20), FIRST + timedelta(days=900)):
        owners = [one.party_id for one in owners_on(found, at, day)]
        assert owners
        assert len(set(owners)) == len(owners)


@given(histories(), offers())
def test_an_effective_day_lies_in_the_offer_and_the_term_in_the_life_of_the_patent(history: Any, at: Any) -> None:
    found = _at(history, at)
    if found.stage in WAS_EFFECTIVE:
        assert found.effective_on is not None
        assert not outside_offer(at.offer, found.effective_on)
        assert not right_was_over(at.offer, found.effective_on)
        assert found.effective_on >= found.received_on
    if found.term_ends_on is not None:
        assert found.effective_on is not None
        assert found.effective_on <= found.term_ends_on <= at.offer.patent_last_day


@given(histories(), offers())
def test_what_came_to_nothing_has_no_royalty_and_everything_received_goes_back(history: Any, at: Any) -> None:
    found = _at(history, at)
    if found.stage in ("void", "not_concluded"):
        assert {one.credit for one in found.money} <= {"refund_due"}
        assert sum(one.amount.fen for one in found.money) == sum(one.net.fen for one in found.receipts if one.counts)
        assert payouts_called_for(found, at) == ()
        assert not licence_view_for_payouts(found, at).licence_stands


@given(histories(), offers())
def test_every_fen_that_arrived_stands_with_an_obligation_or_as_credit(history: Any, at: Any) -> None:
    found = _at(history, at)
    for one in found.receipts:
        assert 0 <= one.reversed_amount.fen <= one.amount.fen
        lines = sum(line.amount.fen for line in found.money if line.key.startswith(f"receipt:{one.receipt_id}:"))
        assert lines == (one.net.fen if one.counts else 0)
    for owed in found.obligations:
        assert owed.allocated.fen + max(owed.closed.fen, 0) <= max(owed.amount.fen, 0) or found.stage == "void"
    assert all(line.amount.fen > 0 for line in found.money)


@given(histories(), offers())
def test_keys_are_unique_and_an_ended_licence_waits_for_nothing(history: Any, at: Any) -> None:
    found = _at(history, at)
    for listed in (found.deadlines, found.tasks, found.money, found.obligations, found.findings):
        assert len(set(keys(listed))) == len(listed)
    assert all(one.closed_on is None or one.closed_on >= one.opened_on for one in found.tasks)
    if found.ended:
        assert found.stage in LICENCE.terminal
        assert found.deadlines == ()


@given(histories(), st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days)), ROYALTIES, TERMS)
def test_a_provisional_end_takes_no_fen_back_and_lets_nothing_more_fall_due(
    history: Any, ended_on: date, royalty: Any, term: Any
) -> None:
    never = offer(royalty, term)
    held = offer(royalty, term, ended_on=ended_on, right_ended_on=ended_on, right_end_provisional=True)
    without, found = _at(history, never), _at(history, held)
    if found.stage == "not_concluded" or without.stage == "not_concluded":
        return
    assert (found.money, found.receipts, found.credit) == (without.money, without.receipts, without.credit)
    assert [(one.key, one.amount, one.allocated) for one in found.obligations] == [
        (one.key, one.amount, one.allocated) for one in without.obligations
    ]
    asked, now = (keys(one.deadlines) + keys(one.tasks) for one in (without, found))
    assert [one for one in now if one.startswith(("pay:", "report:")) and one not in asked] == []
    assert receipts_for_settlements(found, held) == tuple(
        one.but(provisional=found.provisional) for one in receipts_for_settlements(without, never)
    )
