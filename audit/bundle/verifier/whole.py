"""The whole, and its command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audit.bundle.verifier.bag import check_bag, check_format
from audit.bundle.verifier.container import in_its_folder, opened, read_zip
from audit.bundle.verifier.histories import check_histories
from audit.bundle.verifier.log import check_log
from audit.bundle.verifier.money import check_determinations, check_ledger, check_parameters
from audit.bundle.verifier.record import check_answers, check_documents, check_events
from audit.bundle.verifier.told import Bundle, Told
from audit.bundle.verifier.words import FORMAT, HEADS, TEXTS, VERDICTS


def verify(path: Path, given: str | None = None) -> Told:
    """Checks what can be checked; what cannot be read is told, and the rest goes on."""
    told = Told()
    bundle = Bundle(opened(path, told), told)
    if bundle.files:
        _check(bundle, given)
    return told


def check_related(bundle: Bundle, given: str | None) -> None:
    """The bundles of related filings inside this one: each by itself, and against the head that is named here."""
    heads = {one["filing_id"]: one["head_hash"] for one in bundle.json("data/filing.json")["related"]}
    for path in bundle.under("data/related/"):
        told = Told()
        inner = Bundle(in_its_folder(read_zip(bundle.files[path], told)), told)
        _check(inner, given)
        filing = inner.json("data/filing.json")
        if told.code or heads.get(filing["filing_id"]) != filing["head_hash"]:
            codes = sorted({code for level, code, _ in told.found if level == "wrong"})
            bundle.told.wrong("related_wrong", path=path, what=", ".join(codes) or "head_hash")
        else:
            bundle.told.proved("related", path=path, filing=filing["filing_id"])


def _check(bundle: Bundle, given: str | None) -> None:
    told = bundle.told
    check_bag(bundle)
    if not check_format(bundle):
        return
    events = _tried(told, "data/events", lambda: check_events(bundle)) or []
    parts: list[tuple[str, Callable[[], None]]] = [
        ("data/events/answers.json", lambda: check_answers(bundle, events)),
        ("data/documents", lambda: check_documents(bundle)),
        ("data/determinations", lambda: check_determinations(bundle, events)),
        ("data/money", lambda: check_ledger(bundle, events)),
        ("data/parameters", lambda: check_parameters(bundle, events)),
        ("data/log", lambda: check_log(bundle, events, given)),
        ("data/histories", lambda: check_histories(bundle, events)),
        ("data/related", lambda: check_related(bundle, given)),
    ]
    for part, check in parts:
        _tried(told, part, check)
    told.unproved("not_law")
    told.unproved("not_renderings")


def _tried(told: Told, part: str, check: Callable[[], Any]) -> Any:
    try:
        return check()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        told.wrong("unreadable", part=part, why=f"{type(error).__name__}: {error}")
        return None


def report(told: Told, language: int) -> str:
    """What was found, in Chinese (0) or English (1)."""
    lines = []
    for level, heads in HEADS.items():
        found = [TEXTS[code][language].format(**facts) for one, code, facts in told.found if one == level]
        if found:
            lines += [heads[language] + ("：" if language == 0 else ":"), *(f"  - {one}" for one in found)]
    return "\n".join([*lines, VERDICTS[told.code][language]])


def as_json(told: Told) -> dict[str, Any]:
    """The same for programs."""
    found = [
        {"level": level, "code": code, "facts": {name: str(value) for name, value in facts.items()},
         "zh": TEXTS[code][0].format(**facts), "en": TEXTS[code][1].format(**facts)}
        for level, code, facts in told.found
    ]  # fmt: skip
    return {"holds": told.code == 0, "exit": told.code, "format": FORMAT, "found": found}


def main() -> int:
    """The command."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    own = Path(__file__).resolve().parent
    arguments = argparse.ArgumentParser(description="Checks an evidence bundle. 核验证据包。")
    arguments.add_argument("bundle", nargs="?", default=own if (own / "bagit.txt").exists() else Path.cwd(), type=Path)
    arguments.add_argument("--key", help="the platform's public key, as it publishes it 平台公布的公钥")
    arguments.add_argument("--lang", choices=("zh", "en"), help="one language only 只用一种语言")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    told = verify(given.bundle, given.key)
    if given.json:
        said = json.dumps(as_json(told), ensure_ascii=False, indent=1)
    else:
        languages = [("zh", "en").index(given.lang)] if given.lang else [0, 1]
        said = "\n\n".join(report(told, language) for language in languages)
    sys.stdout.write(f"{said}\n")
    return told.code
