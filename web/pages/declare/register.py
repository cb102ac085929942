"""What the register says of the patent that a declaration is about."""

from pydantic import TypeAdapter, ValidationError

from database.registers.patents import find_patent
from schemas.values.cells.reading import CELLS
from schemas.values.patent_number import PatentNumber
from web.visit import Visit

_NUMBER: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)


async def with_register(visit: Visit, fields: dict[str, str]) -> dict[str, str]:
    """The form with the title and the days of the register where they were left empty; what was typed stays."""
    try:
        number = _NUMBER.validate_python(fields.get("offer.patent_number", ""), context=CELLS)
    except ValidationError:
        return fields
    async with visit.console.pool.acquire() as connection:
        patent = await find_patent(connection, number)
    if patent is None:
        return fields
    known = {
        "offer.title": patent.title,
        "offer.filed_on": patent.filed_on and patent.filed_on.isoformat(),
        "offer.granted_on": patent.granted_on and patent.granted_on.isoformat(),
    }
    return {**fields, **{name: value for name, value in known.items() if value and not fields.get(name)}}
