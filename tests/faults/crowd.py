"""Many licensees of one patent."""

from dataclasses import dataclass
from uuid import UUID

from database.pool import Pool
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World

_CROWD = "crowd_"


@dataclass(frozen=True)
class CrowdedWorld(World):
    """A world with as many more licensees as are asked for."""

    crowd: int = 0

    def party(self, name: str) -> UUID:
        return self.id("party", name) if name.startswith(_CROWD) else super().party(name)

    async def write(self, pool: Pool) -> "CrowdedWorld":
        await super().write(pool)
        await pool.executemany(
            "INSERT INTO parties (party_id, kind, public_name) VALUES ($1, 'organisation', $2)",
            [(self.party(name), name) for name in self.names()],
        )
        return self

    def names(self) -> list[str]:
        return [f"{_CROWD}{number}" for number in range(self.crowd)]

    def licences(self, declaration: DeclarationLife) -> list[LicenceLife]:
        """The first licence of each of the crowd."""
        return [LicenceLife(declaration, name) for name in self.names()]
