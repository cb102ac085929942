"""Many licensees of one patent, or many who are paid."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from database.pool import Pool
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World

_CROWD = "crowd_"


@dataclass(frozen=True)
class CrowdedWorld(World):
    """A world with as many more parties as are asked for."""

    crowd: int = 0
    of: str = "organisation"

    def party(self, *name: str) -> UUID:
        return self.id("party", *name) if name[0].startswith(_CROWD) else super().party(*name)

    async def write(self, pool: Pool, master_key: bytes | None = None) -> Self:
        await super().write(pool, master_key)
        await pool.executemany(
            "INSERT INTO parties (party_id, kind, public_name) VALUES ($1, $2, $3)",
            [(self.party(name), self.of, name if self.of == "organisation" else None) for name in self.names()],
        )
        return self

    def names(self) -> list[str]:
        return [f"{_CROWD}{number}" for number in range(self.crowd)]

    def licences(self, declaration: DeclarationLife) -> list[LicenceLife]:
        """The first licence of each of the crowd."""
        return [LicenceLife(declaration, name) for name in self.names()]
