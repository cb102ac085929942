"""Past values are append-only: a fingerprint of every value that was ever released, and what breaks with it.

An entry is one value, by its file and its first day; of a calendar table one year; of any other file the whole, or each
of its ``versions`` or ``values`` by ``from``. What breaks is

- an entry, or a file, that has vanished;
- another value, unit, ``by`` or way of counting under the same first day, whatever its status: a planned value may have
  been activated and have paid;
- another citation, except where a planned or drafted value becomes law and its final instrument replaces the draft;
- a status that goes back from law (``in_force``, ``repealed``) to ``planned`` or ``draft``;
- a last day (``until``) of a value of law that moves or is taken away once it was known;
- a new value that begins before the last locked value of law and after the first, so that it changes what held.

All else is free: ``checked_on``, ``mark``, descriptions, comments, a ``until`` that becomes known, values after the
last locked one or before the first, and the tax record days of a year that had none.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.values.model import Model

_LAW = ("in_force", "repealed")
_FREE = ("checked_on", "mark", "description", "status", "until", "cite")
_LISTS = ("values", "versions")
WHOLE = "all"
"""The key of a file that is one entry."""


class LockedEntry(Model):
    """The fingerprint of one entry; ``value`` and ``cite`` are SHA-256 in hex."""

    value: str
    cite: str
    status: str = ""
    until: str = ""


Lock = dict[str, dict[str, LockedEntry]]
"""Path below the parameters -> first day (a year, or ``all``) -> fingerprint."""


def lock_of(contents: Mapping[str, Any]) -> Lock:
    """The lock of all files; ``contents`` as ``ParameterSet.contents`` has them."""
    return {path: dict(_entries(data)) for path, data in sorted(contents.items())}


def read_lock(text: str) -> Lock:
    """The lock that ``write_lock`` wrote."""
    return {
        path: {key: LockedEntry.model_validate(entry) for key, entry in entries.items()}
        for path, entries in json.loads(text).items()
    }


def write_lock(lock: Lock) -> str:
    """One line per entry, in order, so that a review shows what was added."""
    files = []
    for path, entries in sorted(lock.items()):
        lines = [f"  {json.dumps(key)}: {json.dumps(entry.model_dump())}" for key, entry in sorted(entries.items())]
        files.append(f"{json.dumps(path)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(files) + "\n}\n"


def lock_breaks(locked: Lock, contents: Mapping[str, Any]) -> tuple[str, ...]:
    """What is no longer as it was released, each with the file, the entry and the cure; empty when all stands."""
    now = lock_of(contents)
    return tuple(
        f"{path} {key}: {problem}"
        for path, entries in sorted(locked.items())
        for key, problem in _broken(entries, now.get(path, {}))
    )


def _broken(locked: Mapping[str, LockedEntry], now: Mapping[str, LockedEntry]) -> Iterator[tuple[str, str]]:
    for key, was in sorted(locked.items()):
        if key not in now:
            yield key, "the locked value has vanished; put it back, and end it with until"
            continue
        yield from ((key, problem) for problem in _changed(was, now[key]))
    law = sorted(key for key, entry in locked.items() if entry.status in _LAW)
    for key in sorted(key for key in now if key not in locked):
        if law and law[0] < key < law[-1]:
            yield key, f"a new value would change what held until {law[-1]}; begin it after that day"


def _changed(was: LockedEntry, now: LockedEntry) -> Iterator[str]:
    held = was.status in _LAW
    if was.value != now.value:
        yield "the locked value says something else; put it back, and add a new value from the day it changed"
    if was.cite != now.cite and (held or now.status not in _LAW):
        yield "the locked value cites something else; put its citation back"
    if held and now.status not in _LAW:
        yield f"what was {was.status} is now {now.status}; put the status back"
    if held and was.until not in ("", now.until):
        yield f"the last day was {was.until} and is now {now.until or 'missing'}; put it back"


def _entries(data: Any) -> Iterator[tuple[str, LockedEntry]]:
    lists = [data[name] for name in _LISTS if isinstance(data, dict) and isinstance(data.get(name), list)]
    if len(lists) == 1 and all(isinstance(one, dict) and "from" in one for one in lists[0]):
        # Of what stands beside the values only what gives them their meaning counts.
        frame = {name: part for name, part in data.items() if name not in (*_LISTS, *_FREE)}
        for one in lists[0]:
            yield str(one["from"]), _entry(one, frame)
    elif isinstance(data, dict) and "rest" in data and "year" in data:
        tax = data.get("tax_record_days")
        rest = {name: data[name] for name in ("year", "rest", "worked") if name in data}
        yield str(data["year"]), LockedEntry(value=_hash(rest), cite=_hash(data.get("cite")))
        if tax is not None:
            yield f"{data['year']} tax", LockedEntry(value=_hash(tax), cite=_hash(data.get("tax_cite")))
    else:
        yield WHOLE, _entry(data if isinstance(data, dict) else {"is": data}, {})


def _entry(one: Mapping[str, Any], frame: Mapping[str, Any]) -> LockedEntry:
    said = {name: part for name, part in one.items() if name not in _FREE}
    return LockedEntry(
        value=_hash([said, frame]),
        cite=_hash(one.get("cite")),
        status=str(one.get("status", "")),
        until=str(one.get("until", "") or ""),
    )


def _hash(said: Any) -> str:
    canonical = json.dumps(_plain(said), sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(said: Any) -> Any:
    """Without the stamps of checking, wherever they stand."""
    if isinstance(said, Mapping):
        return {str(name): _plain(part) for name, part in said.items() if name not in ("checked_on", "mark")}
    if isinstance(said, Sequence) and not isinstance(said, str):
        return [_plain(part) for part in said]
    return said
