"""``payout``: every act from the determination to the tax record (lifecycles 2.6)."""

from cli.act_command import act_group
from schemas.act import FilingKind
from schemas.payout import PayoutAct

payout = act_group(
    FilingKind.PAYOUT, PayoutAct, "Acts of a payout: the unit pays its inventors. 奖酬：单位向发明人支付。",
)
