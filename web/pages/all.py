"""All pages of the console; a page that is not here is not served."""

from web.lists.exports import exports_of
from web.pages import acts, corrections, filings, health, home, keys, open_data, receipts, statistics, verify, views
from web.pages.bulk import choosing
from web.pages.bulk import one as bulk
from web.pages.consents import asked as consents_asked
from web.pages.consents import codes, given
from web.pages.declare import pages as declare
from web.pages.filing import documents, history, money, package, royalties
from web.pages.filing import page as filing
from web.pages.imports import pages as imports
from web.pages.licensee import certificate, licences
from web.pages.lists import LISTS
from web.pages.offers import bulletin, cost, notice, offer
from web.pages.operator import audit_log, calendars, dashboard, findings, messages
from web.pages.registers import parties, patents
from web.pages.signing import account, administration, entrance, passkeys, provider
from web.pages.taken import calendars as deadline_calendars
from web.pages.taken import feeds
from web.pages.work import absences, queue

PAGES = (
    health.router,
    exports_of(LISTS),  # before pages of one thing, whose address takes any word
    home.router,
    filings.router,
    feeds.router,
    deadline_calendars.router,
    filing.router,
    money.router,
    documents.router,
    history.router,
    package.router,
    royalties.router,
    acts.router,
    corrections.router,
    receipts.router,
    declare.router,
    imports.router,
    consents_asked.router,
    codes.router,
    given.router,
    bulletin.router,
    offer.router,
    cost.router,
    notice.router,
    licences.router,
    certificate.router,
    verify.router,
    statistics.router,
    open_data.router,
    queue.router,
    absences.router,
    choosing.router,
    bulk.router,
    dashboard.router,
    findings.router,
    messages.router,
    audit_log.router,
    calendars.router,
    entrance.router,
    passkeys.router,
    provider.router,
    account.router,
    administration.router,
    keys.router,
    views.router,
    parties.router,
    patents.router,
)
