"""How long a patent right lasts, and a licence under it (Patent Law art. 42; Guidelines V-9-4.1; Civil Code 865)."""

from datetime import date, timedelta

from rules.law.calendar import corresponding_day
from rules.law.law import Law
from schemas.statements.royalty import FixedEnd, LicenceTerm, YearsFromEffect
from schemas.values.patent_number import PatentKind


def last_day(kind: PatentKind, filed_on: date, compensation_days: int = 0) -> date:
    """The last day of the right: the day before the corresponding day of its last year, plus the compensated days.

    Never moved for rest days. The length is the one for patents filed on ``filed_on`` (designs: 15 years only from
    2021-06-01). A right filed on 29 February whose last year has none ends with 27 February: its corresponding
    day is the 28th (I). Raises ValueError for compensation of anything but an invention, and for a negative one.
    """
    if compensation_days < 0 or (compensation_days and kind is not PatentKind.INVENTION):
        raise ValueError(f"the term of a patent ({kind}) cannot be compensated by {compensation_days} days")
    years = Law(filed_on).whole("national.patent_term", kind.value)
    return corresponding_day(filed_on, years=years) + timedelta(days=compensation_days - 1)


def term_end(term: LicenceTerm, effective_on: date, patent_last_day: date) -> date:
    """The last day of the term: the corresponding day of years from effect (D-06), never beyond the patent."""
    match term:
        case FixedEnd():
            return min(term.ends_on, patent_last_day)
        case YearsFromEffect():
            return min(corresponding_day(effective_on, years=term.years), patent_last_day)
        case _:
            return patent_last_day
