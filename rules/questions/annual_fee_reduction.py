"""The best single reduction of an annual fee: hardship (85 or 70 %) or open licence (15 %), never both (GL-8)."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rules.law.law import Law
from rules.law.options import option
from schemas.questions.annual_fee import AnnualFeeInputs, OwnerMeans, RecordedLicence
from schemas.values.determination import Answer3

_HARDSHIP, _YEARS = "national.annual_fee_reduction_hardship", "national.annual_fee_reduction_years"
_INCOME, _OPEN_LICENCE = "national.annual_fee_reduction_income", "national.annual_fee_reduction_open_licence"
_WITHOUT_MEANS = ("public_institution", "social_organisation", "nonprofit_research_body")
"""Kinds of owner that qualify whatever their income."""
_INCOME_OF = {"individual": ("monthly_income", "individual_month"), "enterprise": ("taxable_income", "enterprise_year")}


class Reduction(NamedTuple):
    """``share`` of the full fee that need not be paid; with something ``unknown`` it says nothing."""

    share: Fraction
    answers: Mapping[str, str]
    unknown: tuple[str, ...] = ()

    @classmethod
    def none(cls) -> "Reduction":
        """For years that cost nothing."""
        return cls(Fraction(0), {})


class _Claim(NamedTuple):
    """One reduction: what it would be, whether its conditions hold, and what to ask where that is unknown."""

    name: str
    share: Fraction
    answer: Answer3
    unknown: tuple[str, ...] = ()


def best_reduction(
    inputs: AnnualFeeInputs,
    law: Law,
    *,
    granted_in: int,
    due_on: date,
    paid_on: date,
    paid_in_full_on: date | None,
    year_of: Callable[[date], int],
    is_compensation: bool,
) -> Reduction:
    """The higher of the reductions whose conditions hold; only what could still be higher is asked for.

    ``paid_in_full_on``: the day on which the unreduced fee had been paid, since it is not refunded after that (GL
    V-2-4.2.1.2); ``year_of``: the patent year of a day; ``is_compensation``: it is a year of term compensation.
    """
    open_licence = _open_licence(inputs, law, due_on, paid_on, paid_in_full_on, year_of)
    if is_compensation and open_licence.answer is Answer3.YES:
        # No text seen says whether a year of term compensation is reduced, so the office is asked.
        open_licence = open_licence._replace(answer=Answer3.UNKNOWN, unknown=("reduction_of_compensation_year",))
    claims = (_hardship(inputs, law, granted_in), open_licence)
    best = max((one.share for one in claims if one.answer is Answer3.YES), default=Fraction(0))
    answers = {one.name: str(one.answer) for one in claims}
    unknown = tuple(
        what for one in claims if one.answer is Answer3.UNKNOWN and one.share > best for what in one.unknown
    )
    if unknown:
        return Reduction(Fraction(0), answers, unknown)
    by = next((one.name for one in claims if one.answer is Answer3.YES and one.share == best), "none")
    law.step("best reduction, never stacked", f"{by}: {best * 100} %", str(best * 100), "Guidelines V-11-8")
    return Reduction(best, {**answers, "reduced_by": by, "reduction": _decimal(best)})


def _decimal(share: Fraction) -> str:
    """A share of hundredths as a decimal text."""
    hundredths = int(share * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _hardship(inputs: AnnualFeeInputs, law: Law, granted_in: int) -> _Claim:
    """85 % for one owner, 70 % for several who all qualify, within ten years from the year of grant (FR-HARD)."""
    name, nothing = "hardship", Fraction(0)
    if not all(law.holds(one) for one in (_HARDSHIP, _YEARS, _INCOME)):
        return _Claim(name, nothing, Answer3.NO)
    last_year = granted_in + law.whole(_YEARS) - 1
    if inputs.year > last_year:
        law.step(
            "hardship reduction",
            f"only to year {last_year}, ten from the year of grant",
            "no",
            law.cite(_YEARS).provision,
        )
        return _Claim(name, nothing, Answer3.NO)
    if not inputs.owners:
        return _Claim(name, Fraction(law.number(_HARDSHIP, "one")), Answer3.UNKNOWN, ("owners",))
    share = Fraction(law.number(_HARDSHIP, "one" if len(inputs.owners) == 1 else "several"))
    each = [_qualifies(one, law) for one in inputs.owners]
    if Answer3.NO in each:
        return _Claim(name, share, Answer3.NO)
    unknown = tuple(
        f"owners.{place}.{_INCOME_OF[one.kind][0]}"
        for place, (one, answer) in enumerate(zip(inputs.owners, each, strict=True))
        if answer is Answer3.UNKNOWN
    )
    return _Claim(name, share, Answer3.UNKNOWN if unknown else Answer3.YES, unknown)


def _qualifies(owner: OwnerMeans, law: Law) -> Answer3:
    if owner.kind in _WITHOUT_MEANS:
        return Answer3.YES
    if owner.kind not in _INCOME_OF:
        return Answer3.NO
    field, limit = _INCOME_OF[owner.kind]
    income = getattr(owner, field)
    if income is None:
        return Answer3.UNKNOWN
    return Answer3.YES if income < law.money(_INCOME, limit) else Answer3.NO


def _open_licence(
    inputs: AnnualFeeInputs,
    law: Law,
    due_on: date,
    paid_on: date,
    paid_in_full_on: date | None,
    year_of: Callable[[date], int],
) -> _Claim:
    """15 % where a recorded open licence runs (FR-OL; D-45, D-46)."""
    name = "open_licence"
    if not law.holds(_OPEN_LICENCE):
        return _Claim(name, Fraction(0), Answer3.NO)
    share = Fraction(law.number(_OPEN_LICENCE))
    if inputs.licences is None:
        return _Claim(name, share, Answer3.UNKNOWN, ("licences",))
    day = due_on if option(law, "fee_reduction_test_day") == "due_day" else paid_on
    recorded = [
        (f"licences.{place}.ends_on", _runs(one, day))
        for place, one in enumerate(inputs.licences)
        if not one.negotiated
        and one.recorded_on <= due_on
        and (paid_in_full_on is None or one.recorded_on <= paid_in_full_on)
        and (one.withdrawal_announced_on is None or year_of(one.withdrawal_announced_on) >= inputs.year)
    ]
    runs = [answer for _, answer in recorded]
    decisive, other = (
        (Answer3.YES, Answer3.NO)
        if option(law, "fee_reduction_several_licences") == "at_least_one"
        else (Answer3.NO, Answer3.YES)
    )
    answer = (
        Answer3.NO
        if not runs
        else decisive
        if decisive in runs
        else Answer3.UNKNOWN
        if Answer3.UNKNOWN in runs
        else other
    )
    unknown = tuple(what for what, one in recorded if one is Answer3.UNKNOWN) if answer is Answer3.UNKNOWN else ()
    law.step(
        "open licence runs",
        f"recorded open licences that count on {day}: {len(runs)}",
        str(answer),
        law.cite(_OPEN_LICENCE).provision,
    )
    return _Claim(name, share, answer, unknown)


def _runs(licence: RecordedLicence, day: date) -> Answer3:
    if licence.effective_on > day:
        return Answer3.NO
    if licence.ends_on is None:
        return Answer3.UNKNOWN
    return Answer3.YES if day <= licence.ends_on else Answer3.NO
