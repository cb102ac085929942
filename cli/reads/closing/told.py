"""What is said of a finding and of what closes it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from cli.output import put_command, put_under, sentence
from cli.typed.language import spoken
from database.record.posting import Finding
from texts.words import closing_text, finding_text


def finding_json(one: Finding, closing: Mapping[str, list[str]]) -> dict[str, Any]:
    """A finding for programs, with what closes it while it is open."""
    said = closing_text(one.code)
    return {**asdict(one), "closed_by": said and said._asdict(), "commands": closing.get(one.key, [])}


def finding_said(code: str) -> str:
    """What a finding says; its code where an older release recorded one that has no text any more."""
    said = finding_text(code)
    return str(getattr(said, spoken())) if said else code


def put_closing(findings: Iterable[Finding], closing: Mapping[str, list[str]]) -> None:
    """What each open finding says, what would close it, and what is typed for that."""
    for one in findings:
        if one.key not in closing:
            continue
        put_under(0, finding_said(one.code))
        if closed_by := closing_text(one.code):
            put_under(1, f"→\u00a0{getattr(closed_by, spoken())}")
        *first, dismissed = closing[one.key]
        for command in first:
            put_command(2, command)
        put_under(1, sentence("or_dismissed" if first else "is_dismissed"))
        put_command(2, dismissed)
