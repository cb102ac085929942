"""``licence``: every act of right, recordal, contract registration and royalty."""

from cli.acts.command import act_group
from schemas.acts.act import FilingKind
from schemas.acts.licence import LicenceAct

licence = act_group(
    FilingKind.LICENCE,
    LicenceAct,
    "Acts of a licence: right, recordal, contract registration, royalty. 许可：权利、备案、合同登记、使用费。",
)
