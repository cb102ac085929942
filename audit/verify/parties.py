"""Persons who were erased, by whom and when; and what other tables say again of what the log proves."""

from audit.report import Erased
from audit.verify.found import Found
from database.evidence.said_again import codes_apart, erased_parties, numbers_apart


async def verify_parties(found: Found) -> None:
    """A key that is gone without a line of the audit log was taken away by hand; an erasure is no difference."""
    async for one in erased_parties(found.connection):
        found.report.count("parties_erased")
        if one.erased_at is None:
            await found.differ(f"party_keys.{one.party_id}", "an erasure in the audit log", None)
        else:
            found.report.erased.append(Erased(one.party_id, one.erased_at, one.erased_by, one.role))


async def verify_said_again(found: Found) -> None:
    """Credit codes beside those of the parties, numbers of receipts beside the answers that were given."""
    for credit_code, stated, held in await codes_apart(found.connection):
        await found.differ(f"credit_codes.{credit_code}", stated, held)
    for licence_id, number in await numbers_apart(found.connection):
        await found.differ(f"notice_receipts.{number}", None, number, filing_id=licence_id)
