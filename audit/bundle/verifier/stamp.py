"""The time stamp: of an earlier checkpoint, whose tree is the beginning of the log's."""

from __future__ import annotations

import base64
from hashlib import sha256

from audit.bundle.verifier.notes import signed_by
from audit.bundle.verifier.told import Bundle


def roots_of(old: int, size: int, way: list[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """Both roots that a consistency proof leads to (RFC 9162, 2.1.4.2); ValueError where it has another length."""
    if not 0 < old <= size:
        raise ValueError("size")
    left = list(way)
    if old == size:
        if left:
            raise ValueError("length")
        return old_root, old_root
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if at and not left:
        raise ValueError("length")
    older = newer = left.pop(0) if at else old_root
    while last:
        if at & 1 or at < last:
            if not left:
                raise ValueError("length")
            other = left.pop(0)
            if at & 1:
                older, newer = sha256(b"\1" + other + older).digest(), sha256(b"\1" + other + newer).digest()
            else:
                newer = sha256(b"\1" + newer + other).digest()
        at, last = at >> 1, last >> 1
    if left:
        raise ValueError("length")
    return older, newer


def check_stamp(bundle: Bundle, note: str, key: str, indexes: list[int]) -> None:
    """That the token is of the stamped checkpoint, and its tree in the log; ``indexes``: of the proved entries."""
    told, place = bundle.told, "data/log/stamped/checkpoint"
    stamped, token = bundle.files[place].decode(), bundle.files[f"{place}.tsr"]
    way = [base64.b64decode(one, validate=True) for one in bundle.files[f"{place}.consistency"].decode().split()]
    (origin, size, root), (older, old, old_root) = note.split("\n")[:3], stamped.split("\n")[:3]
    try:
        roots = roots_of(int(old), int(size), way, base64.b64decode(old_root))
    except ValueError as error:
        return told.wrong("stamp_wrong", what=str(error))
    if sha256(stamped.encode()).digest() not in token:
        return told.wrong("stamp_wrong", what="messageImprint")
    if not signed_by(stamped, key) or older != origin or roots != (base64.b64decode(old_root), base64.b64decode(root)):
        return told.wrong("stamp_wrong", what=place)
    told.proved("stamped_tree", old=old, size=size, entries=sum(one < int(old) for one in indexes))
    return told.unproved("stamped", command=f"openssl ts -verify -data {place} -in {place}.tsr -CAfile CA.pem")
