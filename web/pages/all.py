"""All pages of the console; a page that is not here is not served."""

from web.pages import acts, corrections, feeds, filing, filings, health, home, keys, receipts, verify
from web.pages.declare import pages as declare
from web.pages.offers import bulletin, cost, offer
from web.pages.operator import dashboard, findings
from web.pages.registers import parties, patents
from web.pages.signing import account, administration, entrance, provider

PAGES = (
    health.router,
    home.router,
    filings.router,
    feeds.router,
    filing.router,
    acts.router,
    corrections.router,
    receipts.router,
    declare.router,
    bulletin.router,
    offer.router,
    cost.router,
    verify.router,
    dashboard.router,
    findings.router,
    entrance.router,
    provider.router,
    account.router,
    administration.router,
    keys.router,
    parties.router,
    patents.router,
)
