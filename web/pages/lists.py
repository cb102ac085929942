"""All lists of the console; each can be taken along as a file."""

from typing import Any

from web.lists.listed import Listed
from web.pages import filings, keys
from web.pages.bulk import choosing
from web.pages.bulk import one as bulk
from web.pages.consents import codes
from web.pages.declare import pages as declare
from web.pages.filing import documents, history, royalties, sums
from web.pages.imports import pages as imports
from web.pages.licensee import licences
from web.pages.offers import bulletin
from web.pages.operator import audit_log, calendars, findings, messages
from web.pages.registers import parties, patents
from web.pages.signing import administration
from web.pages.taken import calendars as deadline_calendars
from web.pages.work import absences, queue

LISTS: tuple[Listed[Any], ...] = (
    filings.LIST,
    documents.PAPERS,
    documents.BELOW,
    history.LIST,
    sums.LIST,
    royalties.LIST,
    declare.LIST,
    imports.TABLES,
    imports.ROWS,
    bulletin.LIST,
    licences.LIST,
    queue.LIST,
    absences.LIST,
    choosing.LIST,
    bulk.LIST,
    findings.LIST,
    *messages.LISTS.values(),
    audit_log.LIST,
    calendars.LIST,
    calendars.MOVED,
    codes.LIST,
    parties.LIST,
    patents.LIST,
    administration.PEOPLE,
    administration.WAITING,
    keys.LIST,
    deadline_calendars.LIST,
)
