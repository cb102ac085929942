"""From a template and what it shows to a page, in the language of the visit."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from schemas.values.model import SHANGHAI
from texts.citations import article_in
from texts.lines import Language
from texts.words import name_of, refusal_in
from web.forms.saying import form_sayings
from web.navigation import Navigation, navigation
from web.visit import LANGUAGE, Visit
from web.words import finding_in, task_in, word

_A_YEAR = 365 * 86_400
_FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    """The templates; what they show is escaped, and a name that nobody gave is an error."""
    return Environment(
        loader=FileSystemLoader([_FOLDER / "components", _FOLDER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(visit: Visit, template: str, status: int = 200, *, listed: Any = None, **context: Any) -> HTMLResponse:
    """The page; what every page has is given beside ``context``. ``listed``: the ``Listed`` that it shows."""
    language, found = visit.language, _navigation(visit)
    given = {
        "visit": visit,
        "language": language,
        "language_href": _other_language(visit),
        "path": visit.path,
        "navigation": found.top,
        "navigation_below": found.below,
        **sayings(language),
        **form_sayings(language),
        "along": listed.along(visit) if listed else None,
        **context,
    }
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language, Cookie"}
    answer = HTMLResponse(environment().get_template(template).render(given), status, headers)
    if LANGUAGE in visit.request.query_params:
        answer.set_cookie(LANGUAGE, language, max_age=_A_YEAR, samesite="lax", httponly=True)
    return answer


def _other_language(visit: Visit) -> str:
    """This page in the other language; a form that was refused is shown empty there, as a link sends nothing."""
    other = "en" if visit.language == "zh" else "zh"
    return f"{visit.request.url.path}?{urlencode({**visit.request.query_params, LANGUAGE: other})}"


def _navigation(visit: Visit) -> Navigation:
    mine = visit.session.membership if visit.session else None
    return navigation(mine, visit.request.url.path, visit.language)


def sayings(language: Language) -> dict[str, Callable[..., Any]]:
    """What templates say things with."""
    return {
        "t": lambda key, **facts: word(key, language, **facts),
        "name": lambda kind, value: name_of(kind, str(value), language),
        "article": lambda text: article_in(text, language),
        "refused": lambda one: refusal_in(one, language),
        "task": lambda what: task_in(what, language),
        "finding": lambda code: finding_in(code, language),
        "yuan": partial(yuan, language),
        "instant": instant,
        "shown": partial(shown, language),
    }


def yuan(language: Language, amount: Decimal | str | int) -> str:
    """An amount of yuan, to the fen: ¥10,000.00, and in English 10,000.00 yuan."""
    value = Decimal(amount)
    return f"¥{value:,.2f}" if language == "zh" else f"{value:,.2f} yuan"


def instant(at: datetime) -> str:
    """When something was recorded, as the clocks of Beijing showed it, to the second."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def shown(language: Language, value: Any) -> Any:
    """A value that may be of any type, as a person reads it."""
    if isinstance(value, bool):
        return word("yes" if value else "no", language)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, Markup):
        return value or ""
    return str(value)
