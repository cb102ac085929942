"""A time-stamp authority of the test's own (RFC 3161), which can refuse, lie or be late."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import TimeStampRequest
from rfc3161_client._rust import parse_timestamp_request

AT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
_SHA256, _ECDSA = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
_TST_INFO, _SIGNED_DATA = "1.2.840.113549.1.9.16.1.4", "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _DIGEST, _CERTIFICATE = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"
_POLICY = "1.3.6.1.4.1.99999.1"
_INTEGER, _OCTETS, _UTF8, _SEQUENCE, _SET = 0x02, 0x04, 0x0C, 0x30, 0x31
_NULL = b"\5\0"


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def _number(value: int) -> bytes:
    return der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _oid(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    body = bytes([40 * first + second])
    for one in others:
        parts = [one & 0x7F]
        while one := one >> 7:
            parts.append(one & 0x7F | 0x80)
        body += bytes(reversed(parts))
    return der(0x06, body)


def _certificate(name: str, key: ec.EllipticCurvePrivateKey, by: "Authority | None") -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(AT - timedelta(days=1)).not_valid_after(AT + timedelta(days=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    if by is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    issuer = subject if by is None else by.root.subject
    signer = key if by is None else by.root_key
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(known, critical=False)
    used = x509.KeyUsage(by is not None, False, False, False, False, by is None, by is None, False, False)
    return builder.add_extension(used, critical=True).issuer_name(issuer).sign(signer, SHA256())


@dataclass
class Authority:
    """What it does next: ``mood`` is ``stamps``, ``refuses``, ``other`` (stamps something else), ``broken``, ``away``
    or ``late``."""

    mood: str = "stamps"
    asked: int = 0
    root_key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    url: str = ""
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.root = _certificate("test root", self.root_key, None)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._certificate = _certificate("test authority", self._key, self)

    @property
    def roots(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def answer(self, body: bytes) -> bytes:
        if self.mood == "refuses":
            said = der(_SEQUENCE, der(_UTF8, b"no contract"))
            return der(_SEQUENCE, der(_SEQUENCE, _number(2), said))
        if self.mood == "broken":
            return b"<html>"
        return der(_SEQUENCE, der(_SEQUENCE, _number(0)), self._token(parse_timestamp_request(body)))

    def _token(self, request: TimeStampRequest) -> bytes:
        imprint = request.message_imprint.message if self.mood != "other" else bytes(32)
        hashed = der(_SEQUENCE, _oid(_SHA256), _NULL)
        info = der(
            _SEQUENCE,
            _number(1),
            _oid(_POLICY),
            der(_SEQUENCE, hashed, der(_OCTETS, imprint)),
            _number(self.asked),
            der(0x18, AT.strftime("%Y%m%d%H%M%SZ").encode()),
            _number(request.nonce or 0),
        )
        own = self._certificate.public_bytes(Encoding.DER)
        attributes = sorted(
            der(_SEQUENCE, _oid(name), der(_SET, value))
            for name, value in (
                (_CONTENT_TYPE, _oid(_TST_INFO)),
                (_DIGEST, der(_OCTETS, sha256(info).digest())),
                (_CERTIFICATE, der(_SEQUENCE, der(_SEQUENCE, der(_SEQUENCE, der(_OCTETS, sha256(own).digest()))))),
            )
        )
        signature = self._key.sign(der(_SET, *attributes), ec.ECDSA(SHA256()))
        issuer = self._certificate.issuer.public_bytes()
        signer = der(
            _SEQUENCE,
            _number(1),
            der(_SEQUENCE, issuer, _number(self._certificate.serial_number)),
            hashed,
            der(0xA0, *attributes),
            der(_SEQUENCE, _oid(_ECDSA)),
            der(_OCTETS, signature),
        )
        data = der(
            _SEQUENCE,
            _number(3),
            der(_SET, hashed),
            der(_SEQUENCE, _oid(_TST_INFO), der(0xA0, der(_OCTETS, info))),
            der(0xA0, own),
            der(_SET, signer),
        )
        return der(_SEQUENCE, _oid(_SIGNED_DATA), der(0xA0, data))


@contextmanager
def serving() -> Iterator[Authority]:
    """It answers while the block lasts."""
    authority = Authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked += 1
            if authority.mood == "late":
                authority.over.wait()  # whoever asked has given up by then
                return
            answer = authority.answer(body)
            self.send_response(503 if authority.mood == "away" else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *said: object) -> None:
            del said

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        authority.url = f"http://127.0.0.1:{server.server_port}/tsa"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield authority
        finally:
            authority.over.set()
            server.shutdown()
            thread.join()
