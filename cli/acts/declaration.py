"""``declaration``: every act from the draft to the end of the offer."""

from cli.acts.command import act_group
from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct

declaration = act_group(FilingKind.DECLARATION, DeclarationAct)
