"""A page to print, made by typst: the same data gives the same bytes, and data is never taken for markup."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import segno
import typst

from audit.bundle.paper import fonts
from texts.lines import Language
from web.words import word

_TEMPLATE = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Paper:
    """What the page says; ``address``: where whoever holds it can verify it, as the code holds it too."""

    title: str
    about: str
    pairs: Sequence[tuple[str, str]]
    address: str
    made_on: date
    note: str = ""


def code_of(address: str) -> str:
    """The QR code of an address, as SVG; it can be read with a tenth of it dirty."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def printed(paper: Paper, language: Language) -> bytes:
    """The PDF (PDF/A-2b), with the font in it."""
    said = partial(word, language=language)
    data = {
        "language": language,
        "product": said("parts.product"),
        "title": paper.title,
        "about": paper.about,
        "date": [paper.made_on.year, paper.made_on.month, paper.made_on.day],
        "pairs": [[name, value] for name, value in paper.pairs if value],
        "code": code_of(paper.address),
        "address": paper.address,
        "verify": said("verify_by_code"),
        "note": paper.note,
    }
    made: bytes = typst.compile(
        _TEMPLATE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="a-2b",
    )
    return made
