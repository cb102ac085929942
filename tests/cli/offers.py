"""People, evidence and a declaration in force, as the command line makes them."""

import json
from pathlib import Path
from typing import Any

from schemas.statements.bars import Bar
from tests.cli.shell import Shell

NUMBER, TITLE = "201910065946.9", "一种专利"
ROW = {
    "patent_number": NUMBER,
    "title": TITLE,
    "status": "granted",
    "source": "register",
    "filed_on": "2019-01-24",
    "granted_on": "2020-05-05",
}
"""The patent as the register has it."""


async def add_to_register(shell: Shell, by: str | None = None) -> str:
    """Adds the patent to the register; who brought it, a new person unless somebody is named."""
    by = by or str((await shell("party", "add", "--person", "--name", "经办员", "--json")).json["party_id"])
    assert (await shell("patent", "add", "-", "--by", by, "--json", stdin=json.dumps(ROW).encode())).code == 0
    return by


def nine_noes(evidence: str) -> list[dict[str, Any]]:
    return [{"bar": bar.value, "answer": "no", "evidence": evidence, "checked_on": "2026-11-01"} for bar in Bar]


def submit(people: dict[str, str], evidence: str, folder: Path, **changes: Any) -> tuple[object, ...]:
    offer = {
        "patent_number": f"ZL {NUMBER}",
        "title": TITLE,
        "patentees": [{"party_id": people["university"]}],
        "filed_on": "2019-01-24",
        "granted_on": "2020-05-05",
        "royalty": {"form": "lump_sum", "amount": "3000.00"},
        "term": {"form": "years_from_effect", "years": 5},
        "contact": people["clerk"],
        "commitments": True,
        "fee_explanation": "按同类许可计算",
        "attachments": [evidence],
        **changes,
    }
    (folder / "offer.json").write_text(json.dumps({"offer": offer, "bars": nine_noes(evidence)}), encoding="utf-8")
    return (
        "declaration",
        "submit",
        folder / "offer.json",
        "--by",
        people["clerk"],
        "--organisation",
        people["university"],
        "--on",
        "2026-11-01",
        "--evidence",
        evidence,
        "--legal-clock",
        "acts",
        "--json",
    )


def notice(people: dict[str, str], filing: str, licensee: str, on: str) -> tuple[object, ...]:
    return (
        "licence",
        "give-notice",
        "--declaration",
        filing,
        "--licensee",
        people[licensee],
        "--by",
        people[licensee],
        "--on",
        on,
        "--legal-clock",
        "acts",
        "--json",
    )
