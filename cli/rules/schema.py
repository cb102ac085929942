"""``schema``: the shapes of facts and files as JSON Schemas, so that an editor completes them."""

import json
from pathlib import Path
from typing import Any

import click

from cli.files.given import write_file
from cli.rules.case_file import CaseFile
from cli.rules.registry import RULES, SHAPES
from cli.terminal import console, json_option, put_json
from cli.typed.commands import worded_command
from schemas.values.model import Model

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@worded_command("schema")
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path))
@json_option
def command(out: Path | None, as_json: bool) -> None:
    """JSON Schemas of each rule's facts, of parameter files, scheme files and case files."""
    found = schemas()
    if out is None:
        put_json(found)
        return
    written = []
    for name, schema in found.items():
        path = out / f"{name}.schema.json"
        write_file(path, _text(schema))
        written.append(str(path))
    if as_json:
        put_json({"written": written})
    else:
        console().print("\n".join(written))


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its name: ``facts.<rule>``, and the kinds of files that people write."""
    models: dict[str, type[Model]] = {f"facts.{name}": rule.inputs for name, rule in RULES.items()}
    return {name: _schema(model) for name, model in (models | {**SHAPES, "cases": CaseFile}).items()}


def _schema(model: type[Model]) -> dict[str, Any]:
    return {"$schema": _DIALECT, **model.model_json_schema(by_alias=True)}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
