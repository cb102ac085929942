"""PDFs, made by typst: the same data gives the same bytes, fonts are embedded, and data is never taken for markup."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("reading.typ")
_FONTS = "pylopdf_fonts_zh_cn"


def paper(data: Mapping[str, Any]) -> bytes:
    """The PDF (PDF/A-2b)."""
    return typst.compile(
        TEMPLATE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs(data),
        pdf_standards="a-2b",
    )


def inputs(data: Mapping[str, Any]) -> dict[str, str]:
    """The data as the template reads it."""
    return {"data": json.dumps(data, ensure_ascii=False)}


def fonts() -> list[Path]:
    """Where Noto Sans SC lies; without it typst would leave Chinese words out."""
    spec = find_spec(_FONTS)
    return [Path(one) for one in (spec.submodule_search_locations or ())] if spec is not None else []
