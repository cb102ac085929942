"""The manifests of BagIt (RFC 8493) against the files, both ways, and the form of the bundle."""

from __future__ import annotations

import re
from hashlib import sha256

from audit.bundle.verifier.told import Bundle
from audit.bundle.verifier.words import FORMAT


def check_bag(bundle: Bundle) -> None:
    """Manifests against files, both ways."""
    told, before = bundle.told, bundle.told.wrongs
    named: dict[str, str] = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = bundle.files.get(manifest, b"").decode("utf-8", "backslashreplace").split("\n")
        if lines.pop() or not lines:
            told.wrong("manifest_broken", path=manifest, line=len(lines) + 1)
        for number, line in enumerate(lines, start=1):
            found = re.fullmatch("([0-9a-f]{64})  (.+)", line)
            if found is None or (found[2].startswith("data/") != (manifest == "manifest-sha256.txt")):
                told.wrong("manifest_broken", path=manifest, line=number)
            else:
                named[found[2]] = found[1]
    for path, hexadecimal in named.items():
        if path not in bundle.files:
            told.wrong("file_missing", path=path)
        elif sha256(bundle.files[path]).hexdigest() != hexadecimal:
            told.wrong("file_changed", path=path)
    for path in bundle.files:
        if path not in named and path != "tagmanifest-sha256.txt":
            told.wrong("file_unlisted", path=path)
    if bundle.files.get("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        told.wrong("unreadable", part="bagit.txt", why="BagIt-Version")
    if told.wrongs == before:
        told.proved("files", files=len(named))


def check_format(bundle: Bundle) -> bool:
    """Whether this program knows the form of the bundle."""
    info = bundle.files.get("bag-info.txt", b"").decode("utf-8", "backslashreplace")
    found = re.search("^Bundle-Format: (.*)$", info, re.MULTILINE)
    if found is None or found[1] != FORMAT:
        bundle.told.wrong("format_unknown", found=found[1] if found else "?", known=FORMAT)
        return False
    return True
