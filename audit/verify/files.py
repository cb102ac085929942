"""What is proved byte by byte: the documents, and the parameter files that the programs read."""

from collections import defaultdict
from hashlib import sha256
from json import loads
from pathlib import Path

from audit.sealing.parameters import GONE, last_by_path, parameter_hashes
from audit.verify.found import Found
from database.evidence.log import entries_of_source
from database.evidence.sources import PARAMETERS
from database.registers.documents import body_of, document_hashes

_TELL_EVERY = 100


async def verify_documents(found: Found) -> None:
    """Each document's bytes, one document at a time; that none is gone, and its card, the log proves."""
    async for content_hash in document_hashes(found.connection):
        body = await body_of(found.connection, content_hash)
        await found.compare(f"documents.{content_hash}.body", content_hash, sha256(body or b"").hexdigest())
        found.report.count("documents")
        if found.report.counts["documents"] % _TELL_EVERY == 0:
            found.progress("verifying_documents", found.report.counts["documents"])


async def verify_parameters(found: Found, folder: Path) -> None:
    """The files beside what was sealed of them last; and no version of the code may have had a file in two forms."""
    entries = await entries_of_source(found.connection, PARAMETERS)
    last, now = last_by_path(entries), parameter_hashes(folder)
    by_version: dict[str, set[bytes]] = defaultdict(set)
    for one in entries:
        by_version[one.key].add(one.hash)
        if len(by_version[one.key]) > 1:
            path, version = loads(one.key)
            where = f"parameters.{path}"
            await found.differ(where, f"one form in version {version}", one.hash.hex(), position=one.position)
    for path in sorted({*last, *now}) if entries else ():
        sealed = last[path].hash if path in last else GONE
        if now.get(path, GONE) != sealed:
            where, position = f"parameters.{path}", last[path].position if path in last else None
            found_now = now[path].hex() if path in now else None
            await found.differ(where, None if sealed == GONE else sealed.hex(), found_now, position=position)
    found.report.count("parameter_files", len(now))
