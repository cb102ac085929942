"""What a run is known by in Temporal's Web UI: its filing's id, and its patent and title, or its scheme and year."""

from database.pool import Pool
from database.reads.lists import patent_of
from schemas.acts.act import Act
from schemas.acts.beginning import parent_id_of
from schemas.acts.declaration import SaveDraft, Submit, TakeOverDeclaration
from schemas.acts.settlement import OpenYear


async def memo_of(pool: Pool, act: Act) -> dict[str, str]:
    """The memo of a run that the act begins; public facts alone, and what is not known is left out."""
    memo = {"filing_id": str(act.filing_id)}
    if isinstance(act, SaveDraft | Submit | TakeOverDeclaration):
        return memo | {"patent_number": act.offer.patent_number, "title": act.offer.title}
    if isinstance(act, OpenYear):
        return memo | {"scheme": act.scheme, "year": str(act.year)}
    async with pool.acquire() as connection:
        patent = await patent_of(connection, [one for one in (act.filing_id, parent_id_of(act)) if one is not None])
    return memo if patent is None else memo | {name: value for name, value in patent._asdict().items() if value}
