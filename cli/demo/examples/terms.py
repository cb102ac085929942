"""The royalty terms that the examples name, all forms of the law; the rates are made up."""

from typing import Any

from pydantic import TypeAdapter

from cli.demo.examples.cases import Example
from schemas.statements.royalty import LicenceTerm, Royalty
from schemas.values.money import Money

_ROYALTY: TypeAdapter[Royalty] = TypeAdapter(Royalty)
_TERM: TypeAdapter[LicenceTerm] = TypeAdapter(LicenceTerm)
_RISING = ({"from_year": 1, "percent": "2"}, {"from_year": 2, "percent": "3.5"}, {"from_year": 3, "percent": "5"})
_FALLING = ({"from_year": 1, "percent": "6"}, {"from_year": 2, "percent": "4"}, {"from_year": 3, "percent": "2.5"})
_FLAT = ({"from_year": 1, "percent": "3"},)
_UNITS = ({"from_year": 1, "price": "1.25"}, {"from_year": 2, "price": "1.10"})
_RUNNING: dict[str, dict[str, Any]] = {
    "running_net_sales": {"base": "net_sales", "rates": _FLAT, "period": "half_year"},
    "running_profit": {"base": "profit", "rates": ({"from_year": 1, "percent": "12.5"},), "period": "half_year"},
    "running_units": {"base": "units", "unit_prices": _UNITS, "period": "half_year"},
    "running_rising": {"base": "net_sales", "rates": _RISING, "period": "year"},
    "running_falling": {"base": "net_sales", "rates": _FALLING, "period": "year"},
    "running_minimum": {"base": "net_sales", "rates": _FLAT, "period": "half_year", "minimum": "20000.00"},
    "entry_and_running": {"base": "net_sales", "rates": ({"from_year": 1, "percent": "1.5"},), "period": "half_year"},
}
_FIRST_OF_TEN = 4
"""An instalment offer asks for four tenths first and the rest half a year later."""


def royalty_of(example: Example) -> Royalty:
    """The announced payment method and standard."""
    return _ROYALTY.validate_python(_described(example.royalty_form, example.amount or Money(0)))


def term_of(example: Example) -> LicenceTerm:
    """So many years from effect, or until the patent ends."""
    if example.term == "patent_end":
        return _TERM.validate_python({"form": "until_patent_ends"})
    return _TERM.validate_python({"form": "years_from_effect", "years": int(example.term)})


def _described(form: str, amount: Money) -> dict[str, Any]:
    first = Money(amount.fen * _FIRST_OF_TEN // 10)
    match form:
        case "free":
            return {"form": "free"}
        case "lump_sum":
            return {"form": "lump_sum", "amount": amount, "pay_within_days": 30}
        case "deferred_lump_sum":
            return {"form": "lump_sum", "amount": amount, "first_payment_after_months": 12}
        case "instalments":
            parts = ({"amount": first, "after_months": 0}, {"amount": amount - first, "after_months": 6})
            return {"form": "instalments", "instalments": parts, "pay_within_days": 30}
        case "deferred_instalments":
            parts = ({"amount": first, "after_months": 6}, {"amount": amount - first, "after_months": 12})
            return {"form": "instalments", "instalments": parts}
        case "entry_and_running":
            running = _RUNNING[form]
            return {"form": "entry_plus_running", "entry": amount, "running": running, "pay_within_days": 30}
    return {"form": "running", **_RUNNING[form]}
