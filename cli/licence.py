"""``licence``: every act of right, recordal, contract registration and royalty (lifecycles 2.2 to 2.5)."""

from cli.act_command import act_group
from schemas.act import FilingKind
from schemas.licence import LicenceAct

licence = act_group(
    FilingKind.LICENCE, LicenceAct,
    "Acts of a licence: right, recordal, contract registration, royalty. 许可：权利、备案、合同登记、使用费。",
)
