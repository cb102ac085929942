"""A witness for Merkle logs (C2SP tlog-witness), in one file: it needs Python 3.11 and the package ``cryptography``.

    python witness.py key witness.example/w1 > witness.key        makes a key; keep it to yourself
    python witness.py serve --key witness.key --state seen.json --log VKEY [--log VKEY ...] [--port 8099]

Run by somebody who does not run the log, on a machine that those who run the log cannot reach. It remembers of each log
only the last checkpoint that it signed, and signs a newer one only if that one contains everything before it. So a log
that was set back, or written anew, gets no signature, and the operator hears the size that the witness knows (409).

VKEY is what ``starter.py audit log-key`` prints. What the log's side needs, ``serve`` prints when it starts.

一个文件的见证方：由不运行日志的人运行，只为包含此前全部内容的新检查点签名。
"""

import argparse
import base64
import fcntl
import hashlib
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_SIGNS_NOTES, _COSIGNS = b"\x01", b"\x04"
_LARGEST_REQUEST = 64 * 1024
_MOST_PROOF_LINES = 63
_KEY_BYTES = 32


class No(Exception):
    """An answer that is no: a status of HTTP, a text, and what kind of text."""

    def __init__(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        super().__init__(text)
        self.status, self.text, self.kind = status, text, kind


class Seen(NamedTuple):
    """The last checkpoint of a log that was signed here, with all of its signatures that were proved."""

    size: int
    root: str
    note: str


def key_id(name: str, key: bytes) -> bytes:
    """The four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]


def consistent(old: int, size: int, proof: list[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the proof shows the older tree as the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    left, at, last = list(proof), old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if at and not left:
        return False
    older = newer = left.pop(0) if at else old_root
    while last:
        if at & 1 or at < last:
            if not left:
                return False
            other = left.pop(0)
            if at & 1:
                older, newer = _node(other, older), _node(other, newer)
            else:
                newer = _node(newer, other)
        at, last = at >> 1, last >> 1
    return not left and older == old_root and newer == root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Witness:
    """Decides what is signed. The state is on the disk before a signature leaves the house."""

    def __init__(self, name: str, seed: bytes, logs: dict[str, bytes], state: Path) -> None:
        """``logs``: origin -> public key of 32 bytes."""
        self._name, self._private = name, Ed25519PrivateKey.from_private_bytes(seed)
        self._logs, self._state, self._lock = logs, state, Lock()

    @property
    def vkey(self) -> str:
        """The key by which others prove what this witness signed."""
        key = _COSIGNS + self._private.public_key().public_bytes_raw()
        return f"{self._name}+{key_id(self._name, key).hex()}+{base64.b64encode(key).decode()}"

    def add_checkpoint(self, body: bytes) -> str:
        """The lines of the signature; No where there is none."""
        head, _, note = body.decode().partition("\n\n")
        text, _, lines = note.rpartition("\n\n")
        text += "\n"
        try:
            first, *hashes = head.split("\n")
            old = _size(first.removeprefix("old ")) if first.startswith("old ") else _wrong()
            origin, size_line, root_line, *_ = text.split("\n")
            size, root = _size(size_line), _hash(root_line)
            proof = [_hash(line) for line in hashes]
            signatures = [_signature(line) for line in lines.splitlines()]
        except ValueError:
            raise No(400, "the request is not one of tlog-witness\n") from None
        if old > size or len(proof) > _MOST_PROOF_LINES:
            raise No(400, "the old size is larger than the checkpoint's, or the proof too long\n")
        signed = self._signed_by_log(origin, text, signatures)
        # Between looking at what was signed last and writing down what is signed now nobody else may sign.
        with self._lock, self._state.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            seen = self._seen()
            known = seen.get(origin)
            if old != (known.size if known else 0):
                raise No(409, f"{known.size if known else 0}\n", "text/x.tlog.size")
            if not (size and (not proof if known is None else self._follows(known, size, proof, root))):
                raise No(422, "the checkpoint does not contain everything before it\n")
            line = self._cosigned(text)
            self._keep(seen | {origin: Seen(size, base64.b64encode(root).decode(), f"{text}\n{signed}{line}")})
            return line

    def checkpoint(self, origin_hash: str) -> str:
        """The last checkpoint of the log whose origin has that hash; No where none was signed."""
        for origin, seen in self._seen().items():
            if hashlib.sha256(origin.encode()).hexdigest() == origin_hash:
                return seen.note
        raise No(404, "no checkpoint of that log was signed here\n")

    def _follows(self, known: Seen, size: int, proof: list[bytes], root: bytes) -> bool:
        return consistent(known.size, size, proof, base64.b64decode(known.root), root)

    def _signed_by_log(self, origin: str, text: str, signatures: list[tuple[str, bytes, str]]) -> str:
        """The log's own line; lines of keys that are not known count for nothing."""
        if origin not in self._logs:
            raise No(404, "this log is not known here\n")
        public = self._logs[origin]
        for name, body, line in signatures:
            if name == origin and body[:4] == key_id(origin, _SIGNS_NOTES + public):
                try:
                    Ed25519PublicKey.from_public_bytes(public).verify(body[4:], text.encode())
                except InvalidSignature:
                    break
                return f"{line}\n"
        raise No(403, "the log's signature is missing or does not hold\n")

    def _cosigned(self, text: str) -> str:
        at = int(time.time())
        body = self._private.sign(f"cosignature/v1\ntime {at}\n".encode() + text.encode())
        key = _COSIGNS + self._private.public_key().public_bytes_raw()
        signature = key_id(self._name, key) + at.to_bytes(8, "big") + body
        return f"— {self._name} {base64.b64encode(signature).decode()}\n"

    def _seen(self) -> dict[str, Seen]:
        if not self._state.exists():
            return {}
        return {origin: Seen(**one) for origin, one in json.loads(self._state.read_text(encoding="utf-8")).items()}

    def _keep(self, seen: dict[str, Seen]) -> None:
        draft = self._state.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({origin: one._asdict() for origin, one in seen.items()}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._state)


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise ValueError(text)
    return int(text)


def _wrong() -> int:
    raise ValueError


def _hash(line: str) -> bytes:
    found = base64.b64decode(line, validate=True)
    if len(found) != hashlib.sha256().digest_size:
        raise ValueError(line)
    return found


def _signature(line: str) -> tuple[str, bytes, str]:
    mark, name, encoded = line.split(" ")
    if mark != "—":
        raise ValueError(line)
    return name, base64.b64decode(encoded, validate=True), line


def serving(witness: Witness, address: str, port: int) -> ThreadingHTTPServer:
    """The server, not started; ``add-checkpoint`` and ``<hash of the origin>/checkpoint``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            if self.path.rstrip("/").endswith("/add-checkpoint") and 0 < size <= _LARGEST_REQUEST:
                body = self.rfile.read(size)
                self._answer(lambda: witness.add_checkpoint(body))
            else:
                self.close_connection = True
                self._answer(lambda: _no(404))

        def do_GET(self) -> None:
            *_, origin_hash, what = ["", *self.path.split("/")]
            self._answer(lambda: witness.checkpoint(origin_hash) if what == "checkpoint" else _no(404))

        def _answer(self, make: Any) -> None:
            status, kind = 200, "text/plain; charset=utf-8"
            try:
                text = make()
            except No as no:
                status, text, kind = no.status, no.text, no.kind
            except UnicodeDecodeError:
                status, text = 400, "the request is no text\n"
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return ThreadingHTTPServer((address, port), Handler)


def _no(status: int) -> str:
    raise No(status, "there is nothing here\n")


def main() -> int:
    """Makes a key, or serves until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("key").add_argument("name")
    serve = parts.add_parser("serve")
    serve.add_argument("--key", type=Path, required=True)
    serve.add_argument("--state", type=Path, required=True)
    serve.add_argument("--log", action="append", required=True, metavar="VKEY")
    serve.add_argument("--address", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8099)
    options = parser.parse_args()
    if options.part == "key":
        print(f"{options.name} {base64.b64encode(os.urandom(_KEY_BYTES)).decode()}")
        return 0
    name, seed = options.key.read_text(encoding="utf-8").split()
    logs = {}
    for vkey in options.log:
        origin, _, rest = vkey.partition("+")
        logs[origin] = base64.b64decode(rest.partition("+")[2])[1:]
    witness = Witness(name, base64.b64decode(seed), logs, options.state)
    server = serving(witness, options.address, options.port)
    print(f"OPEN_LICENCE_WITNESS={witness.vkey}@http://{options.address}:{server.server_port}", flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
