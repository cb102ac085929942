"""Has a checkpoint stamped by an authority of RFC 3161: whatever is in that tree was there at the time of the stamp.

The checkpoint and the token are kept beside the published log, outside the database. Sealing does not wait for it.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from audit.sealing.folder import LogFolder
from audit.sealing.outside import answer_of
from audit.sealing.proving import published
from audit.transparency.notes import Verifier
from runtime.settings import Settings, SetupError
from schemas.values.refusal import Fault, refuse

_ASKED_AS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


@dataclass(frozen=True)
class Authority:
    """Where it is asked, and the certificates (PEM) that what it signs has to lead to."""

    url: str
    roots: bytes


@dataclass(frozen=True)
class Stamped:
    """A checkpoint of that size was stamped at that time; ``is_new``: just now."""

    size: int
    at: datetime
    is_new: bool


def authority_of(settings: Settings) -> Authority | None:
    """The authority of OPEN_LICENCE_TIMESTAMP_AUTHORITY; None without one, SetupError without its certificates."""
    url, roots = settings.timestamp_authority, settings.timestamp_roots
    if url is None:
        return None
    if urlsplit(url).scheme not in ("http", "https") or roots is None or not roots.is_file():
        raise SetupError(
            "a time-stamp authority needs its http(s) address (OPEN_LICENCE_TIMESTAMP_AUTHORITY) and a file with its"
            " root certificates in PEM (OPEN_LICENCE_TIMESTAMP_ROOTS), without which its answers prove nothing",
            "时间戳机构须有 http(s) 地址（OPEN_LICENCE_TIMESTAMP_AUTHORITY）和其根证书的 PEM 文件"
            "（OPEN_LICENCE_TIMESTAMP_ROOTS），否则其应答不能证明任何事",
        )
    return Authority(url, roots.read_bytes())


async def stamp_published(folder: LogFolder, verifier: Verifier, authority: Authority) -> Stamped:
    """Has the published checkpoint stamped, unless it is; the token is proved before it is kept.

    Raises a Fault to try again where the authority does not answer; Refused ``nothing_published``, ``stamp_refused``,
    ``stamp_broken`` or ``stamp_unproved``, and nothing is kept.
    """
    checkpoint = published(folder, verifier)
    if checkpoint.size in folder.stamped():
        return Stamped(checkpoint.size, stamped_at(folder.stamp(checkpoint.size)[1]), is_new=False)
    note = str(checkpoint).encode()
    request = TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()
    token = await _asked(authority.url, request.as_bytes())
    response = _proved(token, note, request, authority)
    folder.put_stamp(checkpoint.size, note, token)
    return Stamped(checkpoint.size, response.tst_info.gen_time.astimezone(UTC), is_new=True)


def stamped_at(token: bytes) -> datetime:
    """The time that a kept token states; Refused ``stamp_broken``."""
    try:
        return decode_timestamp_response(token).tst_info.gen_time.astimezone(UTC)
    except ValueError:
        raise refuse("stamp_broken", "stamp") from None


async def _asked(url: str, request: bytes) -> bytes:
    try:
        status, answer = await asyncio.to_thread(answer_of, url, "POST", request, _ASKED_AS)
    except (OSError, HTTPException) as error:
        raise Fault("outside", f"the time-stamp authority does not answer: {error!r}", retry=True) from error
    if status != HTTPStatus.OK:
        raise Fault("outside", f"the time-stamp authority answers {status}", retry=True)
    return answer


def _proved(token: bytes, note: bytes, request: TimeStampRequest, authority: Authority) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(token)
        status = PKIStatus(response.status)
    except ValueError:
        raise refuse("stamp_broken", "stamp") from None
    if status is not PKIStatus.GRANTED:
        raise refuse("stamp_refused", "stamp", status=status.name.lower(), said="; ".join(response.status_string))
    builder = VerifierBuilder.from_request(request)
    try:
        for root in load_pem_x509_certificates(authority.roots):
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(response, note)
    except (VerificationError, ValueError) as error:
        raise refuse("stamp_unproved", "stamp", why=str(error)) from None
    return response
