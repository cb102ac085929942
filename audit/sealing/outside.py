"""How servers of others are asked, witnesses and time-stamp authorities: for a short while, and a short answer."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

_TIMEOUT_SECONDS = 10
_LARGEST_ANSWER = 64 * 1024


def answer_of(
    url: str, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body; OSError or HTTPException where there is none."""
    place = urlsplit(url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.netloc, timeout=_TIMEOUT_SECONDS)
    try:
        query = f"?{place.query}" if place.query else ""
        connection.request(method, f"{place.path or '/'}{query}", body or None, dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read(_LARGEST_ANSWER)
    finally:
        connection.close()
