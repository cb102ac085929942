"""The read-me of a bundle: what is in it, how it is checked, how the hashes are made."""

from audit.bundle.record import FilingRecord
from audit.bundle.story import Telling
from schemas.values.model import SHANGHAI
from texts.lines import Language
from texts.words import name_of

NAMES: dict[Language, str] = {"zh": "先读我.md", "en": "README.md"}
RECORD: dict[Language, str] = {"zh": "案卷.pdf", "en": "record.pdf"}
COURT: dict[Language, str] = {"zh": "法院说明.pdf", "en": "for-the-court.pdf"}
WORKBOOK = "金额-money.xlsx"
STAMPED = "log/stamped/checkpoint"
STAMP = f"{STAMPED}.tsr"
_FILES = {
    "verify.py": "file_verify",
    f"data/{WORKBOOK}": "file_xlsx",
    "data/filing.json": "file_filing",
    "data/parties.json": "file_parties",
    "data/events/": "file_events",
    "data/documents/": "file_documents",
    "data/determinations/": "file_determinations",
    "data/parameters/": "file_parameters",
    "data/money/": "file_money",
    "data/log/": "file_log",
    "data/histories/": "file_histories",
    "data/nightly.json": "file_nightly",
    "data/related/": "file_related",
}


def readme_of(record: FilingRecord, language: Language, paths: set[str]) -> str:
    """In Markdown. ``paths``: what the bundle has below ``data/``; what it has not, is not told of."""
    telling, filing = Telling.of(record, language), record.filing
    at = record.extraction.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    kind = name_of("kinds", filing.kind, language)
    files = {f"data/{RECORD[language]}": "file_pdf", f"data/{COURT[language]}": "file_court", **_FILES}
    there = {
        path: about
        for path, about in files.items()
        if path == "verify.py" or any(f"data/{one}".startswith(path) for one in paths)
    }
    listed = "\n".join(f"- `{path}`: {telling.text(about)}" for path, about in there.items())
    stamp = f"""
{telling.text("readme_stamp")}

    openssl ts -verify -data data/{STAMPED} -in data/{STAMP} -CAfile CA.pem
"""
    return f"""# {telling.text("readme_title")}

{telling.text("readme_what", filing=filing.filing_id, kind=kind, version=filing.head, at=at)}

## {telling.text("readme_check")}

    python3 verify.py

{telling.text("proof_check")}

{telling.text("proof_key_note")}
{stamp if STAMP in paths else ""}
## {telling.text("readme_files")}

{listed}

## {telling.text("readme_hashes")}

{telling.text("readme_hashes_text")}

{telling.text("readme_privacy")}
"""
