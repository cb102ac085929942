"""``licence``: every act of right, recordal, contract registration and royalty."""

from cli.acts.command import act_group
from schemas.acts.act import FilingKind
from schemas.acts.licence import LicenceAct

licence = act_group(FilingKind.LICENCE, LicenceAct)
