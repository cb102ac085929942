"""What one receipt, reversal or late fact changes in a year: the year with it less the year without it.

So the lines of a year always add up to the year, whatever came first; each payer gets back exactly what it gave, and a
cap that was used is given back once (docs/where_amounts_go_wrong.md, lines 4 to 8).
"""

from collections.abc import Iterator
from datetime import date

from rules.law.shares import add_lines
from rules.schemes.yearly import entitlement
from schemas.schemes.inputs import YearInputs
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination, ResultLine


def difference(before: Determination | None, after: Determination) -> tuple[ResultLine, ...]:
    """The lines by which the year changed, ``payable`` and each payer; ``before`` is None when nothing was there.

    Raises ValueError when something is unknown on either side, since no difference is known then.
    """
    unknown = (*(before.unknown if before else ()), *after.unknown)
    if unknown:
        raise ValueError(f"{', '.join(unknown)} must be stated before a difference is known")
    return add_lines(after.result, before.result if before else ())


def provisional_lines(scheme: Scheme, facts: YearInputs, as_of: date) -> Iterator[tuple[str, tuple[ResultLine, ...]]]:
    """Each item with what it added when it came, in the order in which the items stand.

    Raises ValueError while something is unknown, and what ``entitlement`` raises.
    """
    before: Determination | None = None
    for number, item in enumerate(facts.items, start=1):
        after = entitlement(scheme, facts.but(items=facts.items[:number]), as_of)
        yield item.item_id, difference(before, after)
        before = after
