"""Whatever a page lists or does, the API lists or does: by the table here, which no new page is left out of."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute

from web.api.acts import operations
from web.api.described import document_of
from web.api.routes import api_of
from web.console import Console
from web.pages.all import PAGES

ACTS = "every act"
"""The operations that are made of the models of acts."""
TWINS: dict[str, str] = {
    "GET /filings": "filings",
    "GET /filings/{filing_id}": "filing",
    "GET /filings/{filing_id}/doing": "filing",
    "GET /filings/{filing_id}/money": "money",
    "GET /filings/{filing_id}/money/{version}/{ordinal}": "money",
    "GET /filings/{filing_id}/documents": "papers",
    "GET /filings/{filing_id}/documents/{content_hash}": "read_document",
    "GET /filings/{filing_id}/below": "below",
    "GET /filings/{filing_id}/history": "history",
    "GET /filings/{filing_id}/history/{version}": "history",
    "GET /filings/{filing_id}/history/{version}/bytes": "event_bytes",
    "GET /filings/{filing_id}/package.zip": "read_package",
    "GET /filings/{filing_id}/royalties": "royalties",
    "POST /filings/{filing_id}/acts/{act}": ACTS,
    "POST /filings/{filing_id}/corrections/{act_id}": ACTS,
    "GET /acts/{act_id}": "receipt",
    "GET /acts/{act_id}/receipt.pdf": "receipt_paper",
    "GET /declare": "drafts",
    "POST /declare": "new_draft",
    "GET /declare/{draft_id}": "draft",
    "GET /declare/{draft_id}/check": "checked_draft",
    "POST /declare/{draft_id}/submit": "declaration_submit",
    "POST /declare/{draft_id}/{key}": "changed_draft",
    "POST /declare/{draft_id}/{key}/kept": "changed_draft",
    "GET /imports": "read_imports",
    "POST /imports": "send_import",
    "GET /imports/{import_id}": "read_import",
    "POST /imports/{import_id}": "confirm_import",
    "GET /imports/{import_id}/refused.{form}": "read_import_rows",
    "GET /consents/{draft_id}": "consents_asked",
    "POST /consents/{draft_id}": "new_consent_link",
    "POST /consents/{draft_id}/links/{link_id}/withdraw": "withdrawn_consent_link",
    "GET /consent-codes": "consent_codes",
    "POST /consent-codes/{link_id}": "handed_code",
    "POST /consent-codes/{link_id}/mail": "mailed_code",
    "GET /offers": "offers",
    "GET /offers/{declaration_id}": "offer",
    "GET /offers/{declaration_id}/cost": "offer_cost",
    "POST /offers/{declaration_id}/notice": "licence_give_notice",
    "GET /licences": "licences",
    "GET /licences/{licence_id}": "filing",
    "GET /licences/{licence_id}/certificate.pdf": "certificate_paper",
    "GET /licences/{licence_id}/recordal.zip": "recordal_papers",
    "GET /verify/{act_id}/{content_hash}": "verified",
    "GET /statistics": "statistics",
    "GET /tasks": "tasks",
    "POST /tasks/assign": "divide_tasks",
    "GET /absences": "absences",
    "POST /absences": "new_absence",
    "POST /absences/{absence_id}/end": "ended_absence",
    "GET /deadlines": "deadline_calendars",
    "POST /deadlines": "new_deadline_calendar",
    "POST /deadlines/{calendar_id}/end": "ended_deadline_calendar",
    "GET /bulks": "all_bulks",
    "POST /bulks": "new_bulk",
    "GET /bulks/{bulk_id}": "bulk",
    "GET /bulks/{bulk_id}/progress": "bulk",
    "POST /bulks/{bulk_id}/act": "try_bulk",
    "POST /bulks/{bulk_id}/do": "start_bulk",
    "POST /bulks/{bulk_id}/sign": "sign_bulk",
    "GET /dashboard": "dashboard",
    "GET /findings": "findings",
    "GET /messages": "messages",
    "POST /messages/{message_id}/resume": "resume",
    "GET /messages/unmatched": "unmatched",
    "GET /messages/refused": "refused_lines",
    "GET /messages/{kind}/{kept_id}": "unmatched_delivery",
    "POST /messages/unmatched/{kept_id}/book": "book",
    "POST /messages/{kind}/{kept_id}/seen-to": "put_away_delivery",
    "GET /audit-log": "audit_log",
    "GET /calendars": "calendars",
    "POST /calendars/new": "new_calendar",
    "POST /calendars/{year}/approve": "calendar_approval",
    "POST /calendars/{year}/withdraw": "calendar_withdrawal",
    "GET /calendars/{year}": "moved_days",
    "GET /people": "accounts",
    "POST /people": "new_person",
    "GET /people/{account_id}": "account",
    "POST /people/{account_id}/roles": "proposed_role",
    "POST /people/{account_id}/suspend": "suspended_account",
    "POST /people/{account_id}/restore": "restored_account",
    "POST /people/{account_id}/replace": "replaced_account",
    "GET /roles": "waiting_roles",
    "POST /roles/{membership_id}/grant": "granted_role",
    "POST /roles/{membership_id}/end": "ended_role",
    "GET /keys": "keys",
    "POST /keys": "new_key",
    "POST /keys/{key_id}/end": "ended_key",
    "GET /parties": "parties",
    "POST /parties/new/{kind}": "add_party",
    "GET /parties/{party_id}": "profiles",
    "POST /parties/{party_id}/profile": "add_profile",
    "GET /patents": "patent",
    "POST /patents/new": "add_evidence",
    "GET /patents/{number}": "evidence",
}
"""Method and path of a page -> the operation of the API that lists or does the same."""
EMPTY_FORM = "a form that is filled in; the document of the API says what goes into it"
ENTRANCE = "a person proves to the console who he is; a program has its key"
OWN_ACCOUNT = "what protects a person's own account is done in person, with its password or second factor"
CO_OWNER = "a co-owner without an account decides in a browser, by a secret address and a code"
ALREADY = "is itself made for programs"
OWN_VIEW = "what a person keeps above a list; a program keeps its own addresses"
WITHOUT: dict[str, str] = {
    "GET /": "shows where one can go",
    "GET /components": "shows the parts of pages",
    "GET /healthz": ALREADY,
    "GET /readyz": ALREADY,
    "GET /filings/deadlines.ics": ALREADY,
    "GET /deadlines/{secret}.ics": ALREADY,
    "GET /statistics/dictionary": "says what the columns of the open data mean",
    "GET /statistics/dictionary.json": ALREADY,
    "GET /statistics/{name}.csv": ALREADY,
    "GET /statistics/{name}.parquet": ALREADY,
    "GET /imports/template.{form}": ALREADY,
    "GET /verify": EMPTY_FORM,
    "GET /filings/{filing_id}/acts/{act}": EMPTY_FORM,
    "GET /filings/{filing_id}/corrections/{act_id}": EMPTY_FORM,
    "GET /declare/{draft_id}/{key}": EMPTY_FORM,
    "GET /offers/{declaration_id}/notice": EMPTY_FORM,
    "GET /bulks/{bulk_id}/act": EMPTY_FORM,
    "GET /calendars/new": EMPTY_FORM,
    "GET /parties/new/{kind}": EMPTY_FORM,
    "GET /patents/new": EMPTY_FORM,
    "GET /consent/{secret}": CO_OWNER,
    "POST /consent/{secret}/ask": CO_OWNER,
    "POST /consent/{secret}/code": CO_OWNER,
    "POST /consent/{secret}/decision": CO_OWNER,
    "GET /sign-in": ENTRANCE,
    "POST /sign-in": ENTRANCE,
    "POST /sign-in/code": ENTRANCE,
    "POST /sign-out": ENTRANCE,
    "GET /sign-in/provider": ENTRANCE,
    "GET /sign-in/provider/back": ENTRANCE,
    "GET /account/identity": ENTRANCE,
    "GET /invitation/{invitation}": ENTRANCE,
    "POST /invitation/{invitation}": ENTRANCE,
    "GET /views/new": OWN_VIEW,
    "POST /views/new": OWN_VIEW,
    "GET /views/{view_id}": OWN_VIEW,
    "POST /views/{view_id}": OWN_VIEW,
    "POST /views/{view_id}/delete": OWN_VIEW,
    "GET /sign-in/passkey": ENTRANCE,
    "POST /sign-in/passkey": ENTRANCE,
    "GET /account/passkeys": OWN_ACCOUNT,
    "POST /account/passkeys": OWN_ACCOUNT,
    "POST /account/passkeys/new": OWN_ACCOUNT,
    "POST /account/passkeys/remove": OWN_ACCOUNT,
    "GET /account": OWN_ACCOUNT,
    "POST /membership": OWN_ACCOUNT,
    "POST /account/language": OWN_ACCOUNT,
    "POST /account/password": OWN_ACCOUNT,
    "POST /account/everywhere": OWN_ACCOUNT,
    "GET /account/lasts": OWN_ACCOUNT,
    "POST /account/lasts": OWN_ACCOUNT,
    "GET /second-factor": OWN_ACCOUNT,
    "POST /second-factor": OWN_ACCOUNT,
    "POST /account/recovery-codes": OWN_ACCOUNT,
}
"""Pages without a twin, and why."""
NAMED_BY_THEMSELVES = {
    "send_events": "each event is named by its source and id",
    "send_document": "a paper is its hash",
    "confirm_import": "a table is confirmed once",
    "previewed": "nothing is written",
}
"""Writes without an ``Idempotency-Key``, and why."""


@pytest.fixture(scope="module")
def described() -> dict[str, dict[str, Any]]:
    """Every operation of the API by its id."""
    document = document_of(api_of(cast("Console", SimpleNamespace())))
    return {
        one["operationId"]: {**one, "method": method.upper()}
        for path in document["paths"].values()
        for method, one in path.items()
    }


_FILE = "/export.{form}"
"""What a list is taken along as; its twin is the list's."""


def _pages() -> Iterator[str]:
    for router in PAGES:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield from (f"{method} {route.path.removesuffix(_FILE)}" for method in sorted(route.methods or ()))


def test_every_page_has_its_twin_or_a_reason_why_not() -> None:
    pages = set(_pages())
    left = pages - set(TWINS) - set(WITHOUT)
    assert left == set(), "give them an operation in web/api/, and a line in this table"
    assert (set(TWINS) | set(WITHOUT)) - pages == set(), "no such pages any more"
    assert set(TWINS) & set(WITHOUT) == set()


def test_every_twin_is_an_operation_that_reads_or_writes_as_its_page(described: dict[str, dict[str, Any]]) -> None:
    for page, operation in TWINS.items():
        if operation != ACTS:
            assert described[operation]["method"] == page.partition(" ")[0], page
    assert {one.operation_id for one in operations()} <= set(described)


def test_every_write_has_the_key_by_which_it_is_done_once(described: dict[str, dict[str, Any]]) -> None:
    without = {
        name
        for name, one in described.items()
        if one["method"] == "POST"
        and not any(given["name"] == "Idempotency-Key" and given["required"] for given in one.get("parameters", ()))
    }
    assert without == set(NAMED_BY_THEMSELVES)
