"""The JSON Schema of scheme files, for editors: ``# yaml-language-server: $schema=scheme.schema.json``."""

from typing import Any

from schemas.schemes.scheme import Scheme

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scheme_json_schema() -> dict[str, Any]:
    """The schema that the files of ``rules/parameters/**/schemes/`` keep to; days are strings in it."""
    return {"$schema": DIALECT, **Scheme.model_json_schema(by_alias=True, mode="validation")}
