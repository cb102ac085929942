"""Topics of the outbox: what filings tell each other."""

TELL_LICENCES = "tell_licences"
"""A declaration's offer has changed; its licences derive again."""
TELL_SETTLEMENTS = "tell_settlements"
"""A claimed receipt, another claim of it, or what a run takes over from others has changed; they derive again."""
TELL_PAYOUTS = "tell_payouts"
"""A licence, a sibling payout's statement or a patent's grant has changed; the payouts standing on it derive again."""
