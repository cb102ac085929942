"""The annual fee (年费) of one patent year: due day, the best single reduction, surcharge, and what is still owed.

The version of the law is the one of the due day (D-40). Surcharges are on the full fee, also where it was reduced
(Guidelines V-9-4.2.1.3), and the fee is complete only when what was paid covers fee and surcharge of the band in which
the last payment fell: a top-up is judged by its own day, not by the day of the first payment.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rules.law.answered import answered
from rules.law.calendar import ONE_DAY, Calendar, corresponding_day
from rules.law.law import Law
from rules.law.options import option
from rules.law.patent_life import last_day
from rules.law.shares import half_up
from rules.questions.annual_fee_reduction import Reduction, best_reduction
from schemas.questions.annual_fee import AnnualFeeInputs, FeePayment
from schemas.values.determination import Determination, ResultLine
from schemas.values.due import DueDay
from schemas.values.money import ZERO, Money, total
from schemas.values.refusal import refuse

RULE = "annual_fee"

_FEE, _COMPENSATION = "national.annual_fee", "national.annual_fee_compensation_year"
_GRACE, _SURCHARGE = "national.annual_fee_grace", "national.annual_fee_surcharge"
_RESTORATION, _RESTORATION_SURCHARGE = "national.restoration_period", "national.restoration_surcharge"


def patent_year(filed_on: date, day: date) -> int:
    """The patent year that ``day`` lies in, counted from the filing day (GL V-9-4.2.1.1): year n begins n - 1 after."""
    years = day.year - filed_on.year
    return years + 1 if corresponding_day(filed_on, years=years) <= day else years


def due_day(filed_on: date, year: int, calendar: Calendar) -> DueDay:
    """The day by which the fee of ``year`` (at least 2) is due: the anniversary that begins it (rule 115; L-01)."""
    return calendar.patent_period(filed_on, years=year - 1)


def annual_fee(inputs: AnnualFeeInputs, as_of: date) -> Determination:
    """What the fee of ``inputs.year`` is, and what is owed on ``as_of`` after the payments made until then.

    Lines in yuan: ``full_fee``, ``annual_fee`` (after the reduction), ``surcharge``, ``paid``, ``owed``. Answers:
    ``due_on``, ``grace_ends_on``, ``reduction`` (a share), ``reduced_by`` (hardship, open_licence, none),
    ``settled_on``, ``right`` (stands, in_grace, ended, restored) and, where it ended, ``ended_as_from`` and
    ``restoration_by``.
    ``unknown``: ``owners``, ``owners.0.monthly_income``, ``licences``, ``licences.0.ends_on``, ``law_of:<day>``.
    Refused: ``grant_precedes_filing``, ``annual_fee_year_outside_term``, ``licence_ends_before_it_begins``.
    """
    _refuse_contradictions(inputs)
    calendar = Calendar.bundled()
    granted_in = patent_year(inputs.filed_on, inputs.granted_on)
    if inputs.year <= granted_in:
        return _with_the_grant(inputs, as_of, granted_in)
    due = due_day(inputs.filed_on, inputs.year, calendar)
    law, of_filing = Law(due.by), Law(inputs.filed_on)
    answers = {"due_on": due.by.isoformat(), "due_day_is_provisional": "yes" if due.provisional else "no"}
    if not all(law.holds(name) for name in (_FEE, _GRACE, _SURCHARGE)):
        return answered(law, RULE, inputs, as_of, answers=answers, unknown=[f"law_of:{due.by}"])
    full = _full_fee(inputs, law, of_filing)
    payments = sorted((one for one in inputs.payments if one.paid_on <= as_of), key=lambda one: one.paid_on)
    reduction = best_reduction(
        inputs,
        law,
        granted_in=granted_in,
        due_on=due.by,
        paid_on=payments[0].paid_on if payments else as_of,
        paid_in_full_on=_reached(payments, full),
        year_of=lambda day: patent_year(inputs.filed_on, day),
        is_compensation=inputs.year > _years(inputs, of_filing),
    )
    answers |= reduction.answers
    if reduction.unknown:
        return answered(law, RULE, inputs, as_of, answers=answers, unknown=reduction.unknown, also=[of_filing])
    bands = _Bands.of(law, calendar, due.by)
    answers["grace_ends_on"] = bands.grace_ends_on.isoformat()
    account = _Account(law, full, reduction, due.by, bands)
    settled_on = account.settled_on(payments)
    answers["settled_on"] = settled_on.isoformat() if settled_on else "no"
    day = settled_on or as_of
    surcharge, at_restoration = account.surcharge(day), Law(inputs.termination_notice_received_on or as_of)
    if surcharge is None:
        if not at_restoration.holds(_RESTORATION):
            unknown = [f"law_of:{at_restoration.as_of}"]
            return answered(law, RULE, inputs, as_of, answers=answers, unknown=unknown, also=[of_filing])
        answers |= _lapse(inputs, due.by, as_of, at_restoration, calendar)
        surcharge = half_up(Fraction(at_restoration.number(_RESTORATION_SURCHARGE)) * full.fen)
        law.step("surcharge at restoration", f"on the full fee {full}", str(surcharge), "Guidelines V-9-4.2")
    else:
        answers["right"] = "in_grace" if settled_on is None and as_of > due.by else "stands"
    fee, paid = account.fee(day), total(one.amount for one in payments)
    owed = ZERO if settled_on else max(fee + surcharge - paid, ZERO)
    law.step("owed", f"{fee} + {surcharge} - {paid} paid until {as_of}", str(owed), law.cite(_SURCHARGE).provision)
    return answered(
        law,
        RULE,
        inputs,
        as_of,
        answers=answers,
        also=[of_filing, at_restoration],
        result=[
            ResultLine(name="full_fee", amount=full),
            ResultLine(name="annual_fee", amount=fee),
            ResultLine(name="surcharge", amount=surcharge),
            ResultLine(name="paid", amount=paid),
            ResultLine(name="owed", amount=owed),
        ],
    )


class _Bands(NamedTuple):
    """Until which day each surcharge share applies, in order; a month that ends on a rest day ends later (I)."""

    ends: tuple[tuple[date, Fraction], ...]

    @classmethod
    def of(cls, law: Law, calendar: Calendar, due_on: date) -> "_Bands":
        months = range(1, law.whole(_GRACE) + 1)
        return cls(
            (
                (due_on, Fraction(0)),
                *(
                    (calendar.patent_period(due_on, months=month).by, Fraction(law.number(_SURCHARGE, str(month))))
                    for month in months
                ),
            )
        )

    @property
    def grace_ends_on(self) -> date:
        return self.ends[-1][0]

    def share(self, day: date) -> Fraction | None:
        """The share that holds on ``day``; None after the grace period."""
        return next((share for end, share in self.ends if day <= end), None)


class _Account(NamedTuple):
    law: Law
    full: Money
    reduction: Reduction
    due_on: date
    bands: _Bands

    def fee(self, day: date) -> Money:
        """The fee if it is completed on ``day``: the reduction stays in the grace period, unless decided otherwise."""
        kept = day <= self.due_on or option(self.law, "fee_reduction_paid_late") == "reduced_fee_stays"  # D-30
        return half_up((1 - (self.reduction.share if kept else Fraction(0))) * self.full.fen)

    def surcharge(self, day: date) -> Money | None:
        share = self.bands.share(day)
        return None if share is None else half_up(share * self.full.fen)

    def settled_on(self, payments: Sequence[FeePayment]) -> date | None:
        """The day of the payment that covered fee and surcharge of its own band; None while none did."""
        paid = ZERO
        for one in payments:
            paid += one.amount
            surcharge = self.surcharge(one.paid_on)
            if surcharge is not None and paid >= self.fee(one.paid_on) + surcharge:
                return one.paid_on
        return None


def _with_the_grant(inputs: AnnualFeeInputs, as_of: date, granted_in: int) -> Determination:
    """The fee of the year of grant is paid with the registration of the grant; years before it cost nothing (PL-43)."""
    law, of_filing = Law(inputs.granted_on), Law(inputs.filed_on)
    if not law.holds(_FEE):
        return answered(law, RULE, inputs, as_of, unknown=[f"law_of:{inputs.granted_on}"])
    full = _full_fee(inputs, law, of_filing) if inputs.year == granted_in else ZERO
    reduction = (
        best_reduction(
            inputs,
            law,
            granted_in=granted_in,
            due_on=inputs.granted_on,
            paid_on=inputs.granted_on,
            paid_in_full_on=None,
            year_of=lambda day: patent_year(inputs.filed_on, day),
            is_compensation=False,
        )
        if full
        else Reduction.none()
    )
    answers = {"due_on": "registration_of_the_grant" if full else "never", **reduction.answers}
    fee = half_up((1 - reduction.share) * full.fen)
    lines = [ResultLine(name="full_fee", amount=full), ResultLine(name="annual_fee", amount=fee)]
    return answered(
        law, RULE, inputs, as_of, result=lines, answers=answers, unknown=reduction.unknown, also=[of_filing]
    )


def _years(inputs: AnnualFeeInputs, of_filing: Law) -> int:
    return of_filing.whole("national.patent_term", inputs.patent_kind.value)


def _full_fee(inputs: AnnualFeeInputs, law: Law, of_filing: Law) -> Money:
    if inputs.year <= _years(inputs, of_filing):
        full = law.money(_FEE, inputs.patent_kind.value, str(inputs.year))
        law.step(f"annual fee of year {inputs.year}", inputs.patent_kind.value, str(full), law.cite(_FEE).provision)
        return full
    ends_on = last_day(inputs.patent_kind, inputs.filed_on, inputs.compensation_days)
    is_whole = corresponding_day(inputs.filed_on, years=inputs.year) <= ends_on + ONE_DAY
    full = law.money(_COMPENSATION) if is_whole else ZERO
    how = "a whole year of compensation" if is_whole else "a part of a year of compensation is not charged"
    law.step(f"annual fee of year {inputs.year}", how, str(full), law.cite(_COMPENSATION).provision)
    return full


def _reached(payments: Sequence[FeePayment], amount: Money) -> date | None:
    paid = ZERO
    for one in payments:
        paid += one.amount
        if paid >= amount:
            return one.paid_on
    return None


def _lapse(inputs: AnnualFeeInputs, due_on: date, as_of: date, law: Law, calendar: Calendar) -> dict[str, str]:
    if inputs.restored_on is not None and inputs.restored_on <= as_of:
        return {"right": "restored"}
    notice = inputs.termination_notice_received_on
    by = law.period(calendar, _RESTORATION, notice).by.isoformat() if notice else "unknown"
    return {"right": "ended", "ended_as_from": due_on.isoformat(), "restoration_by": by}


def _refuse_contradictions(inputs: AnnualFeeInputs) -> None:
    if inputs.granted_on < inputs.filed_on:
        raise refuse("grant_precedes_filing", "granted_on", filed=inputs.filed_on, granted=inputs.granted_on)
    ends_on = last_day(inputs.patent_kind, inputs.filed_on, inputs.compensation_days)
    last = patent_year(inputs.filed_on, ends_on)
    if inputs.year > last:
        raise refuse("annual_fee_year_outside_term", "year", year=inputs.year, last=last, ends_on=ends_on)
    for place, one in enumerate(inputs.licences or ()):
        if one.ends_on is not None and one.ends_on < one.effective_on:
            raise refuse(
                "licence_ends_before_it_begins", f"licences.{place}.ends_on", begins=one.effective_on, ends=one.ends_on
            )
