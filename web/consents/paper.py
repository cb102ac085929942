"""The paper that a decision becomes: who, to what, when, and how it was proved that it was he; in both languages."""

from collections.abc import Mapping
from datetime import UTC, datetime

from database.console.consent_links import ConsentLink
from database.pool import Connection
from database.registers.parties import public_names
from web.consents.shown import NOT_SHOWN, OFFERED
from web.forms.saying import stated_pairs
from web.parties import party_ids
from web.render import instant
from web.words import word


async def consent_paper(
    connection: Connection, link: ConsentLink, fields: Mapping[str, str], reason: str | None
) -> bytes:
    """The text; ``reason``: why he declines, None where he consents."""
    names = {
        str(party_id): name
        for party_id, name in (await public_names(connection, party_ids(dict(fields), link.party_id))).items()
    }
    given = {name: value for name, value in fields.items() if not name.endswith(NOT_SHOWN)}
    lines = list[str]()
    for language in ("zh", "en"):
        told = {
            "who": names.get(str(link.party_id), str(link.party_id)),
            "at": instant(datetime.now(UTC)),
            "hash": link.content_hash,
            "link": str(link.link_id),
            "operator": str(link.code_by),
            "proved": instant(link.proved_at) if link.proved_at else "",
            "reason": reason or "",
        }
        lines += [word(f"consent_paper_{'consents' if reason is None else 'declines'}", language, **told)]
        lines += [word("consent_paper_proof", language, **told), ""]
        lines += [f"{label}: {value}" for label, value in stated_pairs(given, OFFERED, names, language)]
        lines += [""]
    return "\n".join(lines).encode()
