"""Refusals for programs: problem details (RFC 9457), with the reasons in both languages."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse

from schemas.values.refusal import Refusal
from texts.words import codes_of_form, refusal_json
from web.words import words

_ALSO_FORM = frozenset(
    {
        "not_a_list", "document_empty", "document_too_large", "document_kind_not_taken", "document_has_macros",
        "document_too_large_inside", "document_infected", "table_empty", "table_too_long", "table_without_rows",
        "column_missing", "column_unknown", "column_twice", "encoding_unsupported", "file_is_workbook",
        "line_too_long", "quote_unclosed", "bytes_unreadable", "line_end_alone", "number_lost_digits",
        "event_type_unknown", "event_party_missing", "reference_missing", "absence_ends_before_it_begins",
        "search_too_short",
    }
)  # fmt: skip
"""What is wrong with a file or with days, beside what the texts of forms have."""
MEDIA_TYPE = "application/problem+json"


def problem(status: int, kind: str, **more: Any) -> JSONResponse:
    """One problem; ``kind`` is a word of ``locale/problems.yaml``."""
    said = words()[f"problem_{kind}"]
    body = {"type": f"urn:open-licence:{kind}", "status": status, "title": said.en, "title_zh": said.zh, **more}
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def problem_of(refusals: Sequence[Refusal]) -> JSONResponse:
    """422 where the form is wrong, 409 where law or state says no."""
    is_form = all(one.code in _ALSO_FORM | codes_of_form() for one in refusals)
    return problem(422 if is_form else 409, "refused", refusals=[refusal_json(one) for one in refusals])
