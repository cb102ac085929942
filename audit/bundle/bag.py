"""Files as a bag of BagIt 1.0 (RFC 8493) in one ZIP: the same files give the same bytes.

The comment of the ZIP is the hash of everything before its end record, so that one flipped bit is seen also where ZIP
itself looks at nothing. ``audit/bundle/verifier`` reads what is written here.
"""

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from audit.bundle.verifier.words import SEAL

_FIRST_INSTANT = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16
_END = b"PK\x05\x06"
_END_BYTES = 22


def bag(payload: Mapping[str, bytes], tags: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a bag by path. ``payload``: below ``data/``, without it; ``info``: the lines of ``bag-info.txt``."""
    data = {f"data/{path}": body for path, body in sorted(payload.items())}
    size = f"{sum(map(len, data.values()))}.{len(data)}"
    described = {**info, "Payload-Oxum": size}
    files = {
        **tags,
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in described.items()).encode(),
        "manifest-sha256.txt": _manifest(data),
    }
    return {**data, **files, "tagmanifest-sha256.txt": _manifest(files)}


def packed(files: Mapping[str, bytes], folder: str) -> bytes:
    """The ZIP, with all files below one folder, as RFC 8493 asks."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, body in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _FIRST_INSTANT)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, body, zipfile.ZIP_DEFLATED)
    made = target.getvalue()
    assert made[-_END_BYTES:].startswith(_END)  # an end record without a comment
    comment = (SEAL + sha256(made[:-_END_BYTES]).hexdigest()).encode()
    return made[:-2] + len(comment).to_bytes(2, "little") + comment


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(body).hexdigest()}  {path}\n" for path, body in sorted(files.items())).encode()
