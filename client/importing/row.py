"""Rows of a table of declarations: one row is one new submission, or one existing declaration that is taken over.

Cells are text as people write it: words in Chinese or English, several values with semicolons. Days, amounts, whole
numbers and rates are read where all files have them read (``schemas/values/cells.py``). Text stays text: a cell that
begins like a formula is that text.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from client.importing.columns import TAKEN_OVER
from schemas.values.cells.reading import plain
from schemas.values.cells.truth import TRUTH
from schemas.values.refusal import Refusal, refusal


class Cells(NamedTuple):
    """A row as the fields of an act, and what could not be read."""

    act: dict[str, Any]
    wrong: list[Refusal]
    has_percent_sign: bool = False
    """The rate is written with its sign."""


_WORDS: dict[str, dict[str, Any]] = {
    "commitments": dict(TRUTH),
    "royalty_form": {
        "免费": "free",
        "一次总付": "lump_sum",
        "分期": "instalments",
        "分期支付": "instalments",
        "提成": "running",
        "入门费加提成": "entry_plus_running",
        "入门费附加提成": "entry_plus_running",
    },
    "running_base": {"销售额": "net_sales", "净销售额": "net_sales", "利润": "profit", "件数": "units"},
    "period": {"月": "month", "季度": "quarter", "半年": "half_year", "年": "year"},
    "periods_by": {"生效日": "effect", "自然历": "calendar", "日历": "calendar"},
    "pay_from": {"报告": "report", "报告期限": "last_report_day", "期末": "period_end"},
    "report_conclusion": {"符合": "conditions_met", "不符合": "conditions_not_met"},
    "regime": {"法定": "statutory", "试点": "pilot"},
}
_CHOICES = {
    "commitments": (),
    "royalty_form": ("free", "lump_sum", "instalments", "running", "entry_plus_running"),
    "running_base": ("net_sales", "profit", "units"),
    "period": ("month", "quarter", "half_year", "year"),
    "periods_by": ("effect", "calendar"),
    "pay_from": ("report", "last_report_day", "period_end"),
    "report_conclusion": ("conditions_met", "conditions_not_met"),
    "regime": ("statutory", "pilot"),
}
_RUNNING = ("running_base", "rate", "unit_price", "period", "periods_by", "report_within_days", "pay_from", "minimum")
_LISTS = frozenset({"patentees", "consents", "technical_fields", "products", "attachments", "evidence"})
_LENGTH = re.compile(r"(?P<length>.+?) ?(?:(?P<working>个?工作日|working days?)|[日天]|days?)?")
_FORMS: dict[str, tuple[str, ...]] = {
    "free": (),
    "lump_sum": ("amount", "pay_within_days", "first_payment_after_months"),
    "instalments": ("instalments", "pay_within_days"),
    "running": (*_RUNNING, "pay_within_days"),
    "entry_plus_running": (
        "amount",
        *_RUNNING,
        "running_pay_within_days",
        "pay_within_days",
        "first_payment_after_months",
    ),
}
_TERMS = tuple(dict.fromkeys(name for names in _FORMS.values() for name in names))


def read_cells(given: Mapping[str, str]) -> Cells:
    """What a row says, as ``Submit`` or ``TakeOverDeclaration`` take it; empty cells are left out.

    The ids are the importing program's, and so is who asks for a taking over.
    """
    wrong: list[Refusal] = []
    row = {name: _cell(name, text.strip(), wrong) for name, text in given.items() if name and text.strip()}
    offer = {
        name: row[name]
        for name in (
            "patent_number",
            "title",
            "filed_on",
            "granted_on",
            "commitments",
            "offer_ends_on",
            "fee_explanation",
            "other_matters",
            "main_classification",
            "technical_fields",
            "products",
            "attachments",
            "regime",
        )
        if row.get(name) is not None
    }
    patentees = row.get("patentees") or []
    consents = row.get("consents") or []
    if len(consents) > len(patentees):
        wrong.append(refusal("too_long", "consents", most=len(patentees)))
    if patentees:
        offer["patentees"] = [
            {"party_id": one, **({"consent": consents[n]} if n < len(consents) else {})}
            for n, one in enumerate(patentees)
        ]
    contact = row.get("contact") or (patentees[0] if patentees else None)
    if contact:
        offer["contact"] = contact
    if row.get("royalty_form"):
        offer["royalty"] = _royalty(row, wrong)
    offer["term"] = _term(row, wrong)
    agency = {
        name: row[cell]
        for name, cell in (("party_id", "agency"), ("code", "agency_code"), ("power_of_attorney", "power_of_attorney"))
        if row.get(cell) is not None
    }
    if agency:
        offer["agency"] = agency
    report = {
        name: row[cell]
        for name, cell in (
            ("document", "report"),
            ("issued_on", "report_issued_on"),
            ("conclusion", "report_conclusion"),
        )
        if row.get(cell) is not None
    }
    if report:
        offer["evaluation_report"] = report
    act: dict[str, Any] = {"offer": offer}
    act |= {name: row[name] for name in ("on", "evidence") if row.get(name) is not None}
    existing = _if_there(row, "announced_on", "declaration_number")
    if TAKEN_OVER in row:
        act |= {"stage": row[TAKEN_OVER], "regime": row.get("regime") or "statutory", **existing}
    else:
        wrong += [refusal("cell_without_stage", name, column=name) for name in existing]
        submitter = row.get("submitted_by") or (patentees[0] if patentees else None)
        if submitter:
            act["by"] = {"role": "licensor", "party_id": submitter}
    return Cells(act, wrong, plain(row.get("rate", "")).endswith("%"))


def _cell(name: str, text: str, wrong: list[Refusal]) -> Any:
    """The cell in the form of the wire; None when it cannot be read."""
    if name in _WORDS:
        word = plain(text).casefold()
        if word in _CHOICES[name]:
            return word
        if word in _WORDS[name]:
            return _WORDS[name][word]
        choices = "、".join(dict.fromkeys((*_WORDS[name], *_CHOICES[name])))
        wrong.append(refusal("cell_not_a_choice", name, given=text[:60], choices=choices))
        return None
    if name in _LISTS:
        return [part.strip() for part in re.split("[;；]", text) if part.strip()]
    return text


def _royalty(row: Mapping[str, Any], wrong: list[Refusal]) -> dict[str, Any]:
    form = row["royalty_form"]
    wrong += [
        refusal("cell_out_of_place", name, form=form, column=name)
        for name in _TERMS
        if name in row and name not in _FORMS[form]
    ]
    royalty: dict[str, Any] = {"form": form}
    within = _within(row, "pay_within_days", "pay_within_days")
    paid_once = {**within, **_if_there(row, "first_payment_after_months")}
    match form:
        case "lump_sum":
            royalty |= {**_if_there(row, "amount"), **paid_once}
        case "instalments":
            parts = _instalments(row.get("instalments", ""))
            if parts is None:
                wrong.append(refusal("instalment_malformed", "instalments", given=row["instalments"][:60]))
            royalty |= {"instalments": parts or (), **within}
        case "running":
            royalty |= {**_running(row), **within}
        case "entry_plus_running":
            entry = {"entry": row["amount"]} if "amount" in row else {}
            royalty |= {**entry, "running": _running(row), **paid_once}
    return royalty


def _within(row: Mapping[str, Any], column: str, field: str) -> dict[str, Any]:
    """``15 个工作日`` is taken as working days; ``15``, ``15 日`` and ``15 天`` as days."""
    given = row.get(column)
    if given is None:
        return {}
    told = _LENGTH.fullmatch(plain(given))
    if told is None:
        return {field: given}
    counted = {f"{field}_counted": "working_days"} if told["working"] else {}
    return {field: told["length"], **counted}


def _running(row: Mapping[str, Any]) -> dict[str, Any]:
    running: dict[str, Any] = {
        "form": "running",
        **_if_there(row, "period", "periods_by", "pay_from", "minimum"),
        **_within(row, "report_within_days", "report_within_days"),
        **_within(row, "running_pay_within_days", "pay_within_days"),
    }
    if row.get("running_base") is not None:
        running["base"] = row["running_base"]
    if "rate" in row:
        running["rates"] = [{"from_year": 1, "percent": row["rate"]}]
    if "unit_price" in row:
        running["unit_prices"] = [{"from_year": 1, "price": row["unit_price"]}]
    return running


def _instalments(text: str) -> list[dict[str, Any]] | None:
    """``months:yuan;months:yuan``; None if it is no such list."""
    parts = [plain(part).partition(":") for part in re.split("[;；]", text) if part.strip()]
    if not all(colon for _, colon, _ in parts):
        return None
    return [{"after_months": months.strip(), "amount": yuan.strip()} for months, _, yuan in parts]


def _term(row: Mapping[str, Any], wrong: list[Refusal]) -> dict[str, Any]:
    if "term_years" in row and "term_ends_on" in row:
        wrong.append(refusal("terms_twice", "term_years"))
    if "term_years" in row:
        return {"form": "years_from_effect", "years": plain(row["term_years"]).removesuffix("年").strip()}
    if "term_ends_on" in row:
        return {"form": "fixed_end", "ends_on": row["term_ends_on"]}
    return {"form": "until_patent_ends"}


def _if_there(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if row.get(name) is not None}
