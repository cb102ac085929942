"""Makes the bundle of one filing."""

from audit.bundle.bag import bag, packed
from audit.bundle.members import members_of
from audit.bundle.record import FilingRecord
from audit.bundle.single import single_file
from audit.bundle.verifier.words import FORMAT
from schemas.values.model import SHANGHAI


def bundle_of(record: FilingRecord) -> bytes:
    """The ZIP; the same record taken out at the same instant gives the same bytes."""
    filing, taken = record.filing, record.extraction
    info = {
        "Bundle-Format": FORMAT,
        "External-Identifier": str(filing.filing_id),
        "External-Description": f"{filing.kind}, version {filing.head}, {filing.head_hash.hex()}",
        "Bagging-Date": taken.at.astimezone(SHANGHAI).date().isoformat(),
        "Bag-Software-Agent": f"open-licence engine {taken.code_version}",
    }
    files = bag(members_of(record), {"verify.py": single_file().encode()}, info)
    return packed(files, f"open-licence-{filing.kind}-{str(filing.filing_id)[:8]}")
