"""Events as authorities, banks and sub-platforms send them, about the lives of the tests."""

import io
import json
from dataclasses import dataclass
from typing import Any

from cli.session import Session
from client.deliver.delivering import Delivered, Deliverer, Outcome
from client.files.raw_lines import raw_lines
from database.record.event_log import find_head
from rules.licence.receipts import allocations_when_unnamed
from schemas.acts.act import FilingKind
from schemas.standing.position import LicencePosition
from schemas.values.money import STORED
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World


@dataclass(frozen=True)
class Platform:
    """A session of the test, and the lives in it."""

    session: Session

    async def filed(self, seed: str, **terms: Any) -> DeclarationLife:
        life = DeclarationLife(await World(seed).write(self.session.pool), **terms)
        for act in (life.submit(), life.mark_filed()):
            await self.session.ask(FilingKind.DECLARATION, act)
        return life

    async def deliver(self, *events: dict[str, Any] | bytes) -> list[Delivered]:
        lines = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in events]
        deliverer = Deliverer(self.session.pool, self.session.ask, allocations_when_unnamed)
        return await deliverer.deliver(raw_lines(io.BytesIO(b"\n".join(lines) + b"\n")))

    async def position(self, life: DeclarationLife | LicenceLife) -> dict[str, Any]:
        async with self.session.pool.acquire() as connection:
            head = await find_head(connection, life.filing_id)
        assert head is not None
        return head.position

    async def licence(self, life: LicenceLife) -> LicencePosition:
        return LicencePosition.model_validate(await self.position(life), context=STORED)


def event(life: DeclarationLife, kind: str, event_id: object, party: str, **data: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{life.world.seed}-{event_id}",
        "source": f"urn:{party}",
        "type": f"cn.open-licence.{kind}",
        "partyid": str(life.world.party(party)),
        "data": data,
    }


def announcement(life: DeclarationLife, **changes: Any) -> dict[str, Any]:
    data = {
        "patent_number": f"ZL{life.world.patent_number}",
        "declaration_number": f"K-{life.world.seed}",
        "gazette": {"issue": "42-13", "item": f"{life.world.seed}"},
        "on": "2026-04-01",
        **changes,
    }
    return event(life, "gazette.announcement", "a", "office", **data)


def notice(life: DeclarationLife, event_id: str = "n", **changes: Any) -> dict[str, Any]:
    data = {
        "patent_number": life.world.patent_number,
        "licensee": str(life.world.party("licensee")),
        "on": "2026-04-15",
        **changes,
    }
    return event(life, "sub-platform.notice", event_id, "operator", **data)


def bank_line(life: LicenceLife, serial: str, yuan: str, on: str = "2026-04-21", **changes: Any) -> dict[str, Any]:
    data = {
        "line": {"bank": "BOC", "account": life.world.seed, "serial": serial},
        "amount": yuan,
        "on": on,
        "paid_on": "2026-04-20",
        "payment_reference": f"许可费 {life.filing_id} 请查收",
        **changes,
    }
    return event(life.declaration, "bank.line", f"l{serial}", "bank", **data)


def a_life(life: DeclarationLife) -> list[dict[str, Any]]:
    """What others tell about one declaration and one licence, from the announcement to the registration."""
    licence = LicenceLife(life)
    named = {"licence_id": str(licence.filing_id)}
    return [
        announcement(life),
        notice(life),
        event(
            life,
            "bank.payment",
            "p",
            "bank",
            **named,
            on="2026-04-20",
            amount="10000.00",
            voucher=life.world.paper("voucher"),
        ),
        bank_line(licence, "1", "10000.00"),
        event(
            life,
            "recordal.recorded",
            "r",
            "office",
            patent_number=life.world.patent_number,
            licensee=str(life.world.party("licensee")),
            on="2026-05-15",
            recordal_number=f"B-{life.world.seed}",
        ),
        event(
            life,
            "registration.registered",
            "g",
            "registrar",
            **named,
            on="2026-05-29",
            contract_class="licence",
            registration_number=f"H-{life.world.seed}",
            contract_amount="10000.00",
            technology_transaction_amount="10000.00",
        ),
        event(
            life,
            "gazette.withdrawal",
            "w",
            "office",
            declaration_number=f"K-{life.world.seed}",
            on="2026-08-01",
            gazette={"issue": "42-30", "item": f"{life.world.seed}"},
        ),
    ]


def outcomes(done: list[Delivered]) -> list[Outcome]:
    return [one.outcome for one in done]
