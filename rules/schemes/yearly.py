"""``f``: what a scheme gives one claimant for one year. It looks at the set of inputs, never at their order.

A receipt's provisional entitlement is ``f(with it) - f(without it)``, so the lines of a year always add up to ``f`` of
the year, whatever came first, and a reversal gives the cap back once (D-13, D-47).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from rules.schemes.activation import needs_activation
from rules.schemes.amounts.claimants import facts_of_claimant, said_to
from rules.schemes.amounts.parts import cut_to_registered, granted, lots_of
from rules.schemes.amounts.shown import rounded, shown
from rules.schemes.eligibility import claimant_answer, counted_items, value_of, window_of
from rules.schemes.funding import parts_of
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, amount_of
from schemas.schemes.inputs import CallWindow, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.schemes.vocabularies import of_claimant
from schemas.values.determination import Answer3, Determination, ResultLine
from schemas.values.money import ZERO, Money, total
from schemas.values.refusal import refuse

PAYABLE = "payable"


def version_of(scheme: Scheme, year: int) -> Version:
    """The version that governs a year: the one that holds on the year's first day, as that version counts years.

    Raises Refused, naming the day, before the first known version, in a gap, and after the last one's end.
    """
    version = scheme.of_year(year)
    if version is not None:
        return version
    known = scheme.versions[-1]
    raise refuse(
        "scheme_says_nothing",
        "year",
        scheme=scheme.id,
        clause=known.cite.provision,
        day=known.window.first_day(year),
        first=scheme.versions[0].since,
        last=known.until or "now",
    )


def governing(scheme: Scheme, inputs: YearInputs, as_of: date) -> tuple[Version, int]:
    """The version and the year that are asked for; without a year, that of the call's window, else that of ``as_of``.

    Raises Refused as ``version_of`` does.
    """
    if inputs.year is not None:
        return version_of(scheme, inputs.year), inputs.year
    if inputs.window is not None:
        called = called_in(scheme, inputs.window)
        if called is not None:
            return called
    for version in reversed(scheme.versions):
        year = version.window.year_of(as_of)
        if scheme.of_year(year) is version:
            return version, year
    year = scheme.versions[-1].window.year_of(as_of)
    return version_of(scheme, year), year


def called_in(scheme: Scheme, window: CallWindow) -> tuple[Version, int] | None:
    """The version and the year of a call: that of its first day; None where no version leaves the window to the call.

    Whenever somebody asks, and whichever day of the window a payment has, it is the same year.
    """
    for version in reversed(scheme.versions):
        year = version.window.year_of(window.first_on)
        if version.window.span == "call" and scheme.of_year(year) is version:
            return version, year
    return None


def entitlement(scheme: Scheme, inputs: YearInputs, as_of: date) -> Determination:
    """What the claimant is entitled to for the year, with every step.

    Result lines: ``payable``, and one for each payer of the funding. ``answers``: ``status`` (only ``in_force`` pays
    without activation), ``activation`` where two people have to activate it first, ``year``, ``eligible``,
    ``application``, ``recommended_by_district``, ``evidence``, ``pass_through`` in yuan, ``stacking``. With something
    unknown there is no result. Raises Refused where no version governs the year, where inputs contradict each other,
    and where the amount is not known.
    """
    version, year = governing(scheme, inputs, as_of)
    return traced_entitlement(Trace(scheme, version), inputs, as_of, year)


def traced_entitlement(trace: Trace, inputs: YearInputs, as_of: date, year: int) -> Determination:
    """``entitlement`` under the version of ``trace``, which then tells the floors and caps that bound."""
    version = trace.version
    if version.amount is None:
        raise refuse("scheme_amount_unknown", "scheme", scheme=trace.scheme.id)
    trace.read("status", version.status)
    eligible, asks = claimant_answer(version, inputs, trace)
    if eligible is Answer3.NO:
        return _made(trace, inputs, as_of, year, ZERO, eligible, ())
    window = window_of(version.window, year, inputs.window)
    if window is None:
        return _made(trace, inputs, as_of, year, ZERO, eligible, (*asks, "window"))
    trace.read("window", f"{version.window.decided_by} from {window[0]} to {window[1]}", version.window)
    version, more = said_to(version, inputs.claimant)
    if more:
        return _made(trace, inputs, as_of, year, ZERO, eligible, (*asks, *more))
    for fact in facts_of_claimant(trace.version):
        assert inputs.claimant is not None  # what nobody stated is asked for
        trace.read(fact, value_of(inputs.claimant, of_claimant(fact)))
    trace.version = version
    items, more = counted_items(version, inputs, window, trace)
    gate, lots, missing = lots_of(trace, inputs, items)
    asks = (*asks, *more, *missing, *_missing_of_the_year(version, inputs))
    if not asks:
        every = (*((gate,) if gate else ()), *lots)
        asks = tuple(dict.fromkeys(what for lot in every for what in cut_to_registered(lot, inputs, window)))
    if asks:
        return _made(trace, inputs, as_of, year, ZERO, eligible, asks)
    units, asks = granted(trace, inputs, gate, lots)
    payable = ZERO if asks else _payable(version, inputs, units, trace)
    return _made(trace, inputs, as_of, year, payable, eligible, asks)


def _missing_of_the_year(version: Version, inputs: YearInputs) -> tuple[str, ...]:
    missing = ["previous_year"] if any(base.growth for base in version.bases) and inputs.previous_year is None else []
    if inputs.evidence is not None:
        missing += [f"evidence.{name}" for name in version.evidence if name not in inputs.evidence]
    if version.stacking and version.stacking.rule != "add":
        missing += [f"also_granted.{one}" for one in version.stacking.among if one not in inputs.also_granted]
    return tuple(missing)


def payable_of(determination: Determination) -> Money | None:
    """The payable of an entitlement; None while something is unknown."""
    found = [line.amount for line in determination.result if line.name == PAYABLE]
    return found[0] if found else None


def _payable(version: Version, inputs: YearInputs, units: Sequence[Unit], trace: Trace) -> Money:
    exact = amount_of(units)
    payable = rounded(version, exact)
    trace.read("rounding", version.rounding)
    trace.step("payable", f"{shown(exact)}, {version.rounding} to the fen", payable)
    return _stacked(version, inputs, payable, trace)


def _stacked(version: Version, inputs: YearInputs, payable: Money, trace: Trace) -> Money:
    """What is left beside what the other schemes granted (D-43)."""
    if version.stacking is None or version.stacking.rule == "add":
        return payable
    others = total(inputs.also_granted[one] for one in version.stacking.among)
    left = max(payable - others, ZERO) if version.stacking.rule == "best_of" or not others else ZERO
    trace.step("stacking", f"{version.stacking.rule}: others granted {others}", left, version.stacking)
    return left


def _made(
    trace: Trace, inputs: YearInputs, as_of: date, year: int, payable: Money, eligible: Answer3, asks: Sequence[str]
) -> Determination:
    version = trace.version
    answers = {
        "status": version.status,
        "year": str(year),
        "eligible": eligible.value,
        "application": version.application,
    }
    reasons = needs_activation(version)
    if reasons:
        answers["activation"] = "needed: " + "; ".join(reasons)
    if version.recommended_by_district:
        answers["recommended_by_district"] = "required"
    if version.evidence:
        answers["evidence"] = "、".join(version.evidence)
        trace.read("evidence", answers["evidence"])
    if version.stacking:
        trace.read("stacking", f"{version.stacking.rule}: {', '.join(version.stacking.among)}", version.stacking)
    answers["stacking"] = version.stacking.rule if version.stacking else "silent"
    lines = [ResultLine(name=PAYABLE, amount=payable)]
    if not asks:
        lines += parts_of(version, payable, trace)
        if version.pass_through:
            least = Money(-(-payable.fen * Fraction(version.pass_through.at_least) // 1))
            answers["pass_through"] = f"{version.pass_through.to}: at least {least}"
            trace.read("pass_through", version.pass_through.at_least, version.pass_through)
            trace.step(
                f"at least to {version.pass_through.to}",
                f"{version.pass_through.at_least} of {payable}, up to the fen",
                least,
                version.pass_through,
            )
    return trace.determination(inputs, as_of, lines, asks, answers)
