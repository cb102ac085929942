"""Makes the bundle of one filing."""

from collections.abc import Sequence

from audit.bundle.bag import bag, packed
from audit.bundle.members import members_of
from audit.bundle.record import FilingRecord
from audit.bundle.single import single_file
from audit.bundle.verifier.words import FORMAT
from schemas.values.model import SHANGHAI


def bundle_of(record: FilingRecord, related: Sequence[FilingRecord] = ()) -> bytes:
    """The ZIP; the same record taken out at the same instant gives the same bytes. ``related``: put in as bundles."""
    filing, taken = record.filing, record.extraction
    info = {
        "Bundle-Format": FORMAT,
        "External-Identifier": str(filing.filing_id),
        "External-Description": f"{filing.kind}, version {filing.head}, {filing.head_hash.hex()}",
        "Bagging-Date": taken.at.astimezone(SHANGHAI).date().isoformat(),
        "Bag-Software-Agent": f"open-licence engine {taken.code_version}",
    }
    inside = {f"related/{name_of(one)}.zip": bundle_of(one) for one in related}
    files = bag(members_of(record, inside), {"verify.py": single_file().encode()}, info)
    return packed(files, name_of(record))


def name_of(record: FilingRecord) -> str:
    """The folder in the bundle."""
    return f"open-licence-{record.filing.kind}-{str(record.filing.filing_id)[:8]}"
