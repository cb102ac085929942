"""Whose rows the log proves: one table of sources. A test has the reason why another table is none."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """Rows of one kind. What is hashed of a row are its ``columns``, by these names, as their expressions give them.

    Binary and JSON columns are hashed as the text that Postgres has for them: a hash must not hang on a program's own
    way to write a number.
    """

    name: str
    table: str
    key: tuple[tuple[str, str], ...]
    """Columns with their types, in the order of the key."""
    columns: tuple[str, ...]
    as_text: dict[str, str] = field(default_factory=dict)
    """Column -> its expression, where that is not the column itself."""
    at: str | None = None
    """When the row was written, by its own word."""
    filing: str | None = None
    where: str = "true"
    """Which rows are to be in the log."""

    @property
    def key_text(self) -> str:
        """The key of a row ``t`` as JSON, in SQL; letter for letter what the trigger writes."""
        parts = " || ',' || ".join(f"to_json(t.{column})::text" for column, _ in self.key)
        return f"'[' || {parts} || ']'"

    @property
    def selected(self) -> str:
        """What is hashed of a row ``t``, in SQL."""
        return ", ".join(f"{self.as_text.get(one, f't.{one}')} AS {one}" for one in self.columns)


def _json(*columns: str) -> dict[str, str]:
    return {one: f"t.{one}::text" for one in columns}


def _hex(*columns: str) -> dict[str, str]:
    return {one: f"encode(t.{one}, 'hex')" for one in columns}


EVENT, ACT, PARAMETERS = "event", "act", "parameters"
SOURCES: dict[str, Source] = {
    one.name: one
    for one in (
        Source(
            ACT,
            "acts",
            (("act_id", "uuid"),),
            ("act_id", "filing_id", "body_hash", "answer", "recorded_at"),
            {**_hex("body_hash"), **_json("answer")},
            at="recorded_at",
            filing="filing_id",
        ),
        Source(
            "audit_log",
            "audit_log",
            (("id", "bigint"),),
            ("id", "at", "who", "role", "act_id", "act_kind", "filing_id", "outcome", "refusals", "legal_on"),
            _json("refusals"),
            at="at",
            filing="filing_id",
        ),
        Source(
            "patent_version",
            "patent_versions",
            (("id", "bigint"),),
            (
                "id",
                "patent_number",
                "title",
                "kind",
                "filed_on",
                "granted_on",
                "status",
                "source",
                "facts",
                "brought_by",
                "brought_on",
                "recorded_at",
            ),
            _json("facts"),
            at="recorded_at",
        ),
        Source(
            "calendar",
            "calendar_tables",
            (("year", "integer"),),
            ("year", "body", "loaded_by", "approved_by", "loaded_at", "number", "approved_at"),
            _json("body"),
            at="approved_at",
            where="t.approved_by IS NOT NULL",
        ),
        Source(
            "calendar_withdrawn",
            "calendar_tables_withdrawn",
            (("id", "bigint"),),
            ("id", "year", "body", "loaded_by", "loaded_at", "withdrawn_by", "withdrawn_at"),
            _json("body"),
            at="withdrawn_at",
        ),
        Source(
            "profile",
            "beneficiary_profiles",
            (("id", "bigint"),),
            ("id", "party_id", "from_on", "kind", "region", "stated_by", "recorded_at"),
            at="recorded_at",
        ),
        Source(
            "document",
            "documents",
            (("content_hash", "text"),),
            ("content_hash", "name", "media_type", "size", "added_at", "added_by"),
            at="added_at",
        ),
        Source(
            "party",
            "parties_proved",
            (("party_id", "uuid"),),
            ("party_id", "kind", "public_name", "credit_code", "sealed_hash", "created_at"),
            at="created_at",
        ),
        Source(
            "delivered_event",
            "delivered_events",
            (("source", "text"), ("event_id", "text")),
            ("source", "event_id", "content", "act_id", "filing_id"),
            filing="filing_id",
        ),
        Source(
            "unmatched_delivery",
            "unmatched_deliveries",
            (("delivery_id", "uuid"),),
            ("delivery_id", "source", "event_id", "type", "event", "received_at"),
            _json("event"),
            at="received_at",
        ),
        Source(
            "matched_delivery",
            "matched_deliveries",
            (("delivery_id", "uuid"),),
            ("delivery_id", "act_id", "filing_id", "matched_at"),
            at="matched_at",
            filing="filing_id",
        ),
        Source(
            "refused_line",
            "refused_lines",
            (("line_id", "uuid"),),
            ("line_id", "origin", "file", "line", "source", "event_id", "body", "reasons", "received_at"),
            _json("reasons"),
            at="received_at",
        ),
        Source(
            "ended_delivery",
            "ended_deliveries",
            (("kept_id", "uuid"),),
            ("kept_id", "ended_by", "reason", "act_id", "ended_at", "signed_by"),
            at="ended_at",
        ),
        Source(
            "delivery_seen_to",
            "deliveries_seen_to",
            (("kept_id", "uuid"), ("seen_by", "uuid")),
            ("kept_id", "seen_by", "reason", "seen_at"),
            at="seen_at",
        ),
        Source(
            "entitlement_line",
            "entitlement_lines",
            (("line_id", "bigint"),),
            (
                "line_id",
                "scheme",
                "beneficiary",
                "year",
                "item_ids",
                "licence_id",
                "act_id",
                "fen",
                "assumed",
                "trace",
                "recorded_at",
            ),
            _json("trace"),
            at="recorded_at",
            filing="licence_id",
        ),
        Source(
            "history",
            "history_copies",
            (("copy_number", "bigint"),),
            (
                "copy_number",
                "workflow_id",
                "run_id",
                "workflow_type",
                "filing_id",
                "first_event",
                "last_event",
                "content_hash",
                "history_hash",
                "follows",
                "closed_as",
                "continued_from",
                "first_event_at",
                "last_event_at",
                "code_versions",
                "sdk_version",
                "plugin",
                "copied_at",
            ),
            {**_hex("content_hash", "history_hash", "follows"), **_json("plugin")},
            at="copied_at",
            filing="filing_id",
        ),
        Source(
            "history_part",
            "histories",
            (("content_hash", "bytea"),),
            ("content_hash", "compressed", "bytes", "dictionary_hash", "stored_at"),
            {**_hex("content_hash", "dictionary_hash"), "compressed": "encode(sha256(t.compressed), 'hex')"},
            at="stored_at",
        ),
        Source(
            "dictionary",
            "dictionaries",
            (("dictionary_hash", "bytea"),),
            ("dictionary_hash", "content", "added_at"),
            {**_hex("dictionary_hash"), "content": "encode(sha256(t.content), 'hex')"},
            at="added_at",
        ),
        Source(
            "audit_result",
            "audit_results",
            (("result_number", "bigint"),),
            ("result_number", "night", "step", "outcome", "report", "code_version", "began_at", "ended_at"),
            _json("report"),
            at="ended_at",
        ),
        Source(
            "set_back",
            "log_set_backs",
            (("first_position", "bigint"),),
            ("first_position", "end_position", "said_by", "reason", "taken_back_at"),
            at="taken_back_at",
        ),
        Source(
            "hold",
            "holds",
            (("hold_id", "uuid"),),
            ("hold_id", "filing_id", "reason", "placed_by", "placed_at"),
            at="placed_at",
            filing="filing_id",
        ),
        Source(
            "hold_release",
            "hold_releases",
            (("hold_id", "uuid"), ("released_by", "uuid")),
            ("hold_id", "released_by", "reason", "released_at"),
            at="released_at",
        ),
        Source(
            "granted_before",
            "granted_before",
            (("act_id", "uuid"), ("brought_as", "text")),
            (
                "act_id",
                "body_hash",
                "filing_id",
                "granted_at",
                "receipt_number",
                "workflow_id",
                "run_id",
                "brought_by",
                "brought_as",
                "brought_at",
            ),
            {"body_hash": "encode(t.body_hash, 'hex')"},
            at="brought_at",
            filing="filing_id",
        ),
    )
}
"""Source -> its rows. Events and parameter files are sources too: an event has its own hash, a file no table."""
