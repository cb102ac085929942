"""Days as spreadsheets and programs write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from pydantic_core import PydanticCustomError

from schemas.values.cells.reading import cut, plain

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Where days begin and end: one offset since 1992, and a ZoneInfo would be only a proxy in the workflow sandbox."""
_MIDNIGHT = time()
_TIME = r"(?:[T ] ?(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?) ?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
_FORMS = tuple(
    re.compile(day + _TIME)
    for day in (
        r"(?P<y>[0-9]{4})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{4}) ?年 ?(?P<m>[0-9]{1,2}) ?月 ?(?P<d>[0-9]{1,2}) ?日?",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    )
)
_YEAR_LAST = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}")
_NUMBER_OF_DAYS = re.compile(r"[0-9]{5,6}(\.0+)?")
_COUNTED_FROM_1900, _COUNTED_FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)


def day_of(text: str) -> date:
    """``2026-11-05``, ``2026/11/5``, ``2026.11.05``, ``20261105``, ``2026年11月5日``, also with a time of midnight.

    An instant with a zone is a day if it is midnight in Shanghai, or midnight as it is written and that same day in
    Shanghai: the two ways in which programs write a day as an instant.
    """
    found = plain(text)
    for form in _FORMS:
        if met := form.fullmatch(found):
            return _on(met, text)
    if _YEAR_LAST.fullmatch(found):
        raise PydanticCustomError("day_order_unclear", "the year stands last", {"given": cut(text)})
    if _NUMBER_OF_DAYS.fullmatch(found):
        days = timedelta(days=int(found.partition(".")[0]))
        raise PydanticCustomError(
            "day_as_number",
            "a spreadsheet's number of a day",
            {
                "given": cut(text),
                "first": (_COUNTED_FROM_1900 + days).isoformat(),
                "second": (_COUNTED_FROM_1904 + days).isoformat(),
            },
        )
    raise _no_day(text)


def _on(met: re.Match[str], text: str) -> date:
    try:
        day = date(int(met["y"]), int(met["m"]), int(met["d"]))
        if met["time"] is None:
            return day
        written = datetime.combine(day, time.fromisoformat(met["time"].rjust(5, "0")[:8]), _zone(met["zone"]))
        there = written.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        raise _no_day(text) from None
    fraction = met["time"].partition(".")[2]
    if fraction.strip("0") or (there.time() != _MIDNIGHT and (written.time() != _MIDNIGHT or there.date() != day)):
        raise PydanticCustomError(
            "day_with_time", "an instant that is no day", {"given": cut(text), "there": f"{there:%Y-%m-%d %H:%M:%S}"}
        )
    return there.date()


def _zone(written: str | None) -> tzinfo:
    if written is None:
        return SHANGHAI
    if written == "Z":
        return UTC
    ahead = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(ahead[:2]), minutes=int(ahead[2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _no_day(text: str) -> PydanticCustomError:
    return PydanticCustomError("not_a_day", "a day is written like 2026-11-20", {"given": cut(text)})
