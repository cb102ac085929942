"""Yes and no as people write them, in Chinese and English."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from schemas.values.cells.reading import are_read, plain

TRUTH = {"是": True, "yes": True, "true": True, "1": True, "否": False, "no": False, "false": False, "0": False}


def _read(value: Any, info: ValidationInfo) -> Any:
    return TRUTH.get(plain(value).lower(), value) if isinstance(value, str) and are_read(info) else value


Truth = Annotated[bool, BeforeValidator(_read)]
"""What a table, a form or an event says with one of these words; anything else is judged as it is."""
