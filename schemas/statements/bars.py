"""Bars: the facts that forbid a declaration (不得提出开放许可声明的情形), and what is known of them."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from schemas.values.determination import Answer3
from schemas.values.model import ContentHash, Day, Model


class Bar(StrEnum):
    """The nine bars; a partial invalidation is none of them, it only asks for a review of the claims."""

    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"
    E7 = "E7"
    E8 = "E8"
    E9 = "E9"


class BarText(NamedTuple):
    """What a bar is, where it is written, and what is looked at to answer it."""

    article: str
    zh: str
    en: str
    evidence_zh: str
    evidence_en: str


BARS: dict[Bar, BarText] = {
    Bar.E1: BarText(
        "Implementing Regulations rule 86(1); Patent Law art. 51(3)",
        "独占或者排他许可尚在有效期内",
        "an exclusive or sole licence is in its term",
        "许可备案登记与许可人声明",
        "register of recorded licences and the licensor's statement",
    ),
    Bar.E2: BarText(
        "Implementing Regulations rule 86(2)",
        "因权属纠纷或者保全而中止",
        "procedures are suspended for an ownership dispute or a preservation order",
        "专利登记簿",
        "patent register",
    ),
    Bar.E3: BarText(
        "Implementing Regulations rule 86(3)",
        "未按规定缴纳年费（含滞纳期）",
        "an annual fee is not paid as required, the grace period included",
        "缴费状态",
        "fee status",
    ),
    Bar.E4: BarText(
        "Implementing Regulations rule 86(4)",
        "已质押且质权人未同意",
        "the right is pledged and the pledgee has not consented",
        "质押登记与质权人同意书",
        "register of pledges and the pledgee's consent",
    ),
    Bar.E5: BarText(
        "Examination Guidelines V-11-3.1",
        "专利权已经终止",
        "the patent right has already ended",
        "专利登记簿",
        "patent register",
    ),
    Bar.E6: BarText(
        "Examination Guidelines V-11-3.1",
        "专利权已被宣告全部无效",
        "the patent right has been declared wholly invalid",
        "专利登记簿",
        "patent register",
    ),
    Bar.E7: BarText(
        "Patent Law art. 50(1); Examination Guidelines V-11-3.1",
        "实用新型或者外观设计未附专利权评价报告",
        "a utility model or design comes without an evaluation report",
        "附件",
        "attachment",
    ),
    Bar.E8: BarText(
        "Examination Guidelines V-11-3.1",
        "评价报告认为不符合授权条件",
        "the evaluation report concludes that the conditions of grant are not met",
        "评价报告结论",
        "conclusion of the report",
    ),
    Bar.E9: BarText(
        "Implementing Regulations rule 86(5)",
        "其他妨碍有效实施的情形",
        "something else hinders effective exploitation",
        "人工核实",
        "checked by a person",
    ),
}


class BarAnswer(Model):
    """One answer about one bar. A *yes* has its first day, and when it is over its last day, both included.

    ``evidence`` is what was looked at, on ``checked_on``; a *no* without them counts for nothing. A ``stale`` answer
    is a *no* whose evidence has become too old; it keeps that evidence so that its age can be shown.
    """

    bar: Bar
    answer: Answer3
    since: Day | None = None
    until: Day | None = None
    evidence: ContentHash | None = None
    checked_on: Day | None = None
    stale: bool = False

    @model_validator(mode="after")
    def _is_supported(self) -> Self:
        if self.answer is Answer3.YES and self.since is None:
            raise PydanticCustomError("bar_without_first_day", "a bar that exists has a first day; state since")
        if self.answer is not Answer3.YES and (self.since or self.until):
            raise PydanticCustomError(
                "days_without_bar", "only a bar that exists or existed has a first and a last day"
            )
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("bar_ends_before_it_begins", "until lies before since; correct them")
        if self.evidence and self.checked_on is None:
            raise PydanticCustomError("evidence_without_day", "state on which day the evidence was looked at")
        if self.stale and self.answer is not Answer3.UNKNOWN:
            raise PydanticCustomError("stale_answer", "a stale answer is unknown")
        return self

    def age_on(self, day: date) -> int | None:
        """Whole days since the evidence was looked at; None without any."""
        return (day - self.checked_on).days if self.checked_on else None
