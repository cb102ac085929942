"""``declaration``: every act from the draft to the end of the offer (lifecycles 2.1)."""

from cli.act_command import act_group
from schemas.act import FilingKind
from schemas.declaration import DeclarationAct

declaration = act_group(FilingKind.DECLARATION, DeclarationAct, "Acts of a declaration. 声明的各项行为。")
