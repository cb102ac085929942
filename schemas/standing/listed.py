"""The list of a settlement: what its determination's lines say, and by which name acts and rows call a paid one."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, Self, cast

from schemas.values.determination import Determination, ResultLine
from schemas.values.money import ZERO, Money, total

ListedAs = Literal["entitled", "reserved", "settled", "carried"]


class LineKey(NamedTuple):
    """A beneficiary and a payer. Acts and rows write it ``<credit code>:<payer>``."""

    credit_code: str
    payer: str

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that was written; a text without a payer names a line that no list has."""
        credit_code, _, payer = text.partition(":")
        return cls(credit_code, payer)

    def __str__(self) -> str:
        return f"{self.credit_code}:{self.payer}" if self.payer else self.credit_code


class ListedLine(NamedTuple):
    """One line. Nobody pays an entitlement (before the budget) or a reserve, so these have no payer."""

    listed_as: ListedAs
    credit_code: str
    amount: Money
    payer: str = ""

    @property
    def key(self) -> LineKey:
        return LineKey(self.credit_code, self.payer)

    @classmethod
    def read(cls, line: ResultLine) -> Self:
        """The line that a settlement's determination keeps."""
        listed_as, _, key = line.name.partition(":")
        credit_code, payer = LineKey.read(key)
        return cls(cast(ListedAs, listed_as), credit_code, line.amount, payer)

    @property
    def result_line(self) -> ResultLine:
        """The line as a determination keeps it."""
        return ResultLine(name=f"{self.listed_as}:{self.key}", amount=self.amount)


class ClaimantAmounts(NamedTuple):
    """One claimant of a list, without what was carried from earlier settlements."""

    entitled: Money
    reserved: Money
    by_payer: Mapping[str, Money]

    @property
    def payable(self) -> Money:
        return total(self.by_payer.values())

    @property
    def given(self) -> Money:
        """Paid and reserved together."""
        return self.payable + self.reserved


NOTHING_LISTED = ClaimantAmounts(ZERO, ZERO, {})


def listed_lines(determination: Determination) -> Iterator[ListedLine]:
    """Every line of a settlement's determination."""
    return map(ListedLine.read, determination.result)


def given_to(determination: Determination) -> dict[str, ClaimantAmounts]:
    """Credit code -> what the list gives the claimant."""
    found: dict[str, ClaimantAmounts] = {}
    for line in listed_lines(determination):
        amounts = found.get(line.credit_code, NOTHING_LISTED)
        match line.listed_as:
            case "entitled":
                amounts = amounts._replace(entitled=line.amount)
            case "reserved":
                amounts = amounts._replace(reserved=line.amount)
            case "settled":
                amounts = amounts._replace(by_payer={**amounts.by_payer, line.payer: line.amount})
            case "carried":
                continue
        found[line.credit_code] = amounts
    return found
