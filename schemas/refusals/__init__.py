"""All refusal texts, by code. One file per area; a code stands in one file only."""

from schemas.refusals.declaration import DECLARATION
from schemas.refusals.files import FILES
from schemas.refusals.form import FORM
from schemas.refusals.licence import LICENCE
from schemas.refusals.offer_rules import OFFER_RULES
from schemas.refusals.payout import PAYOUT
from schemas.refusals.platform import PLATFORM
from schemas.refusals.rules import RULES
from schemas.refusals.scheme import SCHEME
from schemas.refusals.settlement import SETTLEMENT
from schemas.refusals.text import RefusalText
from schemas.refusals.whatif import WHATIF

TEXTS: dict[str, RefusalText] = {
    **FORM,
    **FILES,
    **PLATFORM,
    **DECLARATION,
    **LICENCE,
    **PAYOUT,
    **SETTLEMENT,
    **RULES,
    **SCHEME,
    **OFFER_RULES,
    **WHATIF,
}
