"""The four lifecycles by kind of filing."""

from schemas.acts.act import FilingKind
from schemas.lifecycle.declaration import DECLARATION
from schemas.lifecycle.licence import LICENCE
from schemas.lifecycle.payout import PAYOUT
from schemas.lifecycle.settlement import SETTLEMENT
from schemas.lifecycle.table import Lifecycle

LIFECYCLES: dict[FilingKind, Lifecycle] = {one.kind: one for one in (DECLARATION, LICENCE, PAYOUT, SETTLEMENT)}
