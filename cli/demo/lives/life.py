"""One licence of a case: who takes it, and the days on which it is taken, paid and effective."""

from dataclasses import dataclass
from datetime import date

from cli.demo.examples.cases import Example
from cli.demo.examples.terms import royalty_of, term_of
from cli.demo.filings.days import after
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.licence import Licence
from cli.demo.lives.declarations import announced_on
from cli.demo.lives.world import FOREIGN, LICENSEES
from rules.law.calendar import Calendar
from rules.law.patent_life import last_day, term_end
from rules.licence.royalty import FirstDue, first_due
from schemas.acts.royalty import BankLine
from schemas.values.patent_number import parse_patent_number

CALENDAR = Calendar.bundled()
_FIRST_NOTICE_AFTER, _NOTICES_APART = 18, 21
_PAID_AFTER = 6


@dataclass(frozen=True, kw_only=True)
class Life(Licence):
    """One licence of a case with the days on which it was taken, paid and effective."""

    example: Example
    index: int

    @property
    def noticed_on(self) -> date:
        return after(announced_on(self.example), _FIRST_NOTICE_AFTER + self.index * _NOTICES_APART)

    @property
    def first(self) -> FirstDue:
        return first_due(royalty_of(self.example), self.noticed_on, CALENDAR)

    @property
    def is_paid_at_first(self) -> bool:
        return self.first.condition == "due"

    @property
    def paid_on(self) -> date:
        return after(self.noticed_on, _PAID_AFTER)

    @property
    def effective_on(self) -> date:
        return self.paid_on if self.is_paid_at_first else self.noticed_on

    @property
    def last_day(self) -> date:
        kind = parse_patent_number(self.example.number).kind
        return term_end(term_of(self.example), self.effective_on, last_day(kind, self.example.filed_on))

    def line(self, serial: str = "1") -> BankLine:
        account = f"账户 {self.example.licensor}"[:200]
        return BankLine(bank="示例银行", account=account, serial=f"{self.example.case}-{self.index + 1}-{serial}")


def life_of(example: Example, declaration: Declaration, index: int) -> Life:
    """The licence of the case's licensee with that index, from 0; everybody's first notice."""
    licensee = example.reward.payer if example.reward else _licensee(example, index)
    return Life(declaration, licensee, example=example, index=index)


def _licensee(example: Example, index: int) -> str:
    if example.story == "foreign_licensee":
        return FOREIGN
    at_home = LICENSEES[:-1]
    return at_home[(int(example.case[1:]) + 4 * index) % len(at_home)]
