import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import cast
from uuid import UUID

from rich.console import Console

from audit.report import Report
from cli.demo.examples.cases import read_examples
from cli.demo.figures import Figures, Payment, Settled, Subsidy
from cli.demo.lives.desk import Desk
from cli.demo.progress import Progress
from cli.demo.report import put_outcome
from cli.demo.run import Outcome
from cli.demo.summary import write_summary
from cli.typed.language import speak
from schemas.values.money import Money
from schemas.values.refusal import refusal

KEYS = (
    "declarations",
    "licences",
    "refused",
    "events",
    "findings",
    "receipts_fen",
    "remuneration_fen",
    "payouts",
    "settlements",
    "reconciled",
    "seconds",
    "acts",
)


def outcome_of(report: Report) -> Outcome:
    desk = Desk(cast("object", None), cast("object", None), lambda: None, acts=5)  # type: ignore[arg-type]  # never asked
    desk.refused["N100"] = (refusal("patent_not_in_register", "offer.patent_number", number="202110123456.7"),)
    desk.refused["N051"] = (refusal("patent_pending", "offer.patent_number", number="201610311380.X"),)
    figures = Figures(
        stages={"declaration": Counter(in_force=2), "licence": Counter(effective=1, void=3), "payout": Counter(paid=1)},
        events=9,
        findings=1,
        passed=2,
        receipts=Money.of("1748200"),
        reversed=Money.of("0.5"),
        remuneration=Money.of("1398560"),
        payments=(
            Payment("USTC-2024", "技术团队", "team", Money.of("1398560")),
            Payment("USTC-2024", "P1", "person", Money.of("419568")),
        ),
        settlements=(
            Settled(
                "WH-2022-BUYER-10PCT",
                2025,
                "paid",
                4,
                Money.of("100.01"),
                (
                    Subsidy("code", "city", Money.of("50.01"), Money.of("50.01")),
                    Subsidy("code", "district", Money.of("50"), Money.of("50")),
                ),
            ),
        ),
    )
    return Outcome(read_examples(), desk, figures, report, 12.34)


CHINESE = re.compile("[一-鿿]")


def printed(outcome: Outcome, width: int = 80, language: str = "en") -> str:
    speak(("--lang", language))
    stream = io.StringIO()
    put_outcome(Console(file=stream, width=width, markup=False, highlight=False), outcome)
    return stream.getvalue()


def test_the_summary_has_exactly_these_figures(tmp_path: Path) -> None:
    path = write_summary(outcome_of(Report()), tmp_path)
    assert path == tmp_path / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    assert tuple(summary) == KEYS
    assert summary == {
        "declarations": {"in_force": 2},
        "licences": {"effective": 1, "void": 3},
        "refused": [
            {"number": "CN201610311380.X", "code": "patent_pending"},
            {"number": "CN202110123456.7", "code": "patent_not_in_register"},
        ],
        "events": 9,
        "findings": 1,
        "receipts_fen": 174_820_000,
        "remuneration_fen": 139_856_000,
        "payouts": [
            {"case": "USTC-2024", "party": "技术团队", "fen": 139_856_000},
            {"case": "USTC-2024", "party": "P1", "fen": 41_956_800},
        ],
        "settlements": [
            {
                "scheme": "WH-2022-BUYER-10PCT",
                "year": 2025,
                "stage": "paid",
                "lines": 4,
                "entitled_fen": 10_001,
                "paid": [
                    {"credit_code": "code", "payer": "city", "due_fen": 5_001, "fen": 5_001},
                    {"credit_code": "code", "payer": "district", "due_fen": 5_000, "fen": 5_000},
                ],
            }
        ],
        "reconciled": True,
        "seconds": 12.3,
        "acts": 7,
    }


def test_a_refused_patent_is_printed_with_code_article_and_remedy() -> None:
    text = printed(outcome_of(Report()))
    assert "patent_pending [IR-85; GL-3.1]" in text
    assert "N051\u00a0CN201610311380.X" in text
    assert "declare it after the grant is announced" in text
    assert "请在授权公告后再提出" in printed(outcome_of(Report()), language="zh")


def test_the_report_is_in_one_language() -> None:
    rewards = [one.reward for one in read_examples() if one.reward]
    names = {
        word for one in rewards for name in (one.institution, *(s.party for s in one.shares)) for word in name.split()
    }
    told = {}
    for language in ("zh", "en"):
        told[language] = printed(outcome_of(Report()), width=200, language=language)
        for word in sorted(names, key=len, reverse=True):
            told[language] = told[language].replace(word, "")  # names are what they are, and a long one is folded
    assert CHINESE.findall(told["en"]) == []
    assert re.findall(r"[a-z]{2,} [a-z]{2,}", told["zh"]) == []


def test_published_and_computed_amounts_stand_side_by_side() -> None:
    lines = [line.split() for line in printed(outcome_of(Report())).splitlines() if "技术团队" in line]
    assert lines == [["技术团队", "team", "1,398,560.00", "1,398,560.00"]]


def test_no_line_is_wider_than_a_narrow_terminal() -> None:
    both = [printed(outcome_of(Report()), width=72, language=language) for language in ("zh", "en")]
    for line in "\n".join(both).splitlines():
        wide = sum("\u2e80" <= character <= "\uffef" for character in line)
        assert len(line.rstrip()) + wide <= 72, line


def test_a_difference_is_printed_and_the_verdict_is_no() -> None:
    report = Report()
    report.compare(UUID(int=1), "position.stage", "effective", "void")
    text = printed(outcome_of(report))
    assert "reconciled: false" in text
    assert "position.stage: effective != void" in text
    assert "reconciled: true" in printed(outcome_of(Report()))


def test_progress_is_plain_lines_where_there_is_no_terminal() -> None:
    told = {}
    for language in ("en", "zh"):
        speak(("--lang", language))
        stream = io.StringIO()
        with Progress(Console(file=stream, width=80), every=0.0) as progress:
            progress.phase("carrying", 3)
            progress.act_done()
            progress.case_done()
        told[language] = stream.getvalue().splitlines()
    assert told == {
        "en": ["carrying the patents …", "  0/3 patents, 1 acts", "  1/3 patents, 1 acts"],
        "zh": ["办理各专利 …", "  0/3 件专利，1 项行为", "  1/3 件专利，1 项行为"],
    }
