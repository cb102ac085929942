"""``starter.py rules subsidy``: what a scheme gives for facts of a file, with every step and every clause."""

from datetime import date
from pathlib import Path

import click

from cli.files.given import read_file
from cli.ids import given_day, today
from cli.rules.rule_command import read_object
from cli.rules.trace import put_trace
from cli.terminal import json_option, put_json
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped, nearest_first
from rules.schemes.cases import run_scheme_case
from rules.schemes.catalogue import bundled_schemes, read_scheme
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Citation, Determination
from schemas.wire.json_text import decoded
from texts.traces.told import cited_in

_FILES = (".yaml", ".yml")


@worded_command("subsidy")
@click.argument("facts")
@click.option("--as-of", required=True, metavar="DAY")
@click.option("--scheme", "scheme_name", required=True)
@json_option
def command(facts: str, as_of: str, scheme_name: str, as_json: bool) -> None:
    """What a scheme gives for the FACTS of a JSON file, or of standard input (-).

    FACTS is one claimant's year, or a call with claims and a budget; docs/schemes.md says what can stand in it.
    """
    scheme, on = scheme_of(scheme_name), given_day(as_of, "--as-of")
    made = run_scheme_case(scheme, read_object(facts), on)
    if as_json:
        put_json(made.model_dump(mode="json"))
        return
    title = scheme.title_zh if spoken() == "zh" else scheme.title_en
    asked = {name: _cited(clause_of(made, name, scheme, on)) for name in made.unknown}
    put_trace(made, f"{scheme.id} {title} ({made.as_of})", asked)


def scheme_of(name: str) -> Scheme:
    """The bundled scheme of that id, or that of a file.

    Raises Refused for a file that is wrong, Mistyped for an id that is not known or a file that is not there.
    """
    if not name.endswith(_FILES) and not Path(name).is_file():
        known = bundled_schemes()
        if name not in known:
            raise mistyped("scheme_unknown", "--scheme", scheme=name, known=", ".join(nearest_first(name, known)))
        return known[name]
    return read_scheme(decoded(read_file(name), name), Path(name).name, today())


def clause_of(made: Determination, unknown: str, scheme: Scheme, as_of: date) -> Citation:
    """The provision that an unknown fact is asked for by: of its own element, else of the version."""
    parts = unknown.split(".")
    wanted = {f"{scheme.id}.{'.'.join(parts)}", f"{scheme.id}.{parts[0]}.{parts[-1]}", f"{scheme.id}.{parts[0]}"}
    found = [one.citation for one in made.reads if one.name in wanted]
    return found[0] if found else (scheme.on(as_of) or scheme.versions[-1]).cite


def _cited(citation: Citation) -> str:
    return cited_in(citation.provision, citation.instrument, spoken())
