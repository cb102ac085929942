"""``summary.json``: the figures of a run, for programs."""

import json
from pathlib import Path
from typing import Any

from cli.demo.run import Outcome

FILE = "summary.json"


def summary_of(outcome: Outcome) -> dict[str, Any]:
    """All figures; amounts in fen. ``payouts`` names a team and its members, ``remuneration_fen`` counts it once."""
    figures = outcome.figures
    return {
        "declarations": dict(sorted(figures.stages["declaration"].items())),
        "licences": dict(sorted(figures.stages["licence"].items())),
        "refused": [{"number": one.number, "code": one.reasons[0].code} for one in outcome.refused],
        "events": figures.events,
        "findings": figures.findings,
        "receipts_fen": figures.receipts.fen,
        "remuneration_fen": figures.remuneration.fen,
        "payouts": [{"case": one.case, "party": one.party, "fen": one.amount.fen} for one in figures.payments],
        "settlements": [
            {
                "scheme": one.scheme,
                "year": one.year,
                "stage": one.stage,
                "lines": one.lines,
                "entitled_fen": one.entitled.fen,
                "paid": [
                    {
                        "credit_code": line.credit_code,
                        "payer": line.payer,
                        "due_fen": line.due.fen,
                        "fen": line.paid.fen,
                    }
                    for line in one.subsidies
                ],
            }
            for one in figures.settlements
        ],
        "reconciled": outcome.report.ok,
        "seconds": round(outcome.seconds, 1),
        "acts": outcome.acts,
    }


def write_summary(outcome: Outcome, folder: Path) -> Path:
    """Writes the file whole or not at all, and returns where it is."""
    path, draft = folder / FILE, folder / f".{FILE}"
    draft.write_text(json.dumps(summary_of(outcome), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
    return path
