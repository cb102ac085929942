"""``payout``: every act from the determination to the tax record."""

from cli.acts.command import act_group
from schemas.acts.act import FilingKind
from schemas.acts.payout import PayoutAct

payout = act_group(FilingKind.PAYOUT, PayoutAct)
