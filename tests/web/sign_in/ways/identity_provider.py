"""An identity provider of our own: it signs everybody in at once, and lies where a test asks it to."""

import base64
import hashlib
import time
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from web.sign_in.ways.oidc import Provider

ISSUER, CLIENT, SECRET = "https://id.example", "console", "a secret of the console"


def _key() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": "1"})


@dataclass
class IdentityProvider:
    """``claims`` are put over what it would say truly; ``algorithm`` and ``key`` are those of its tokens.

    ``address``: where it is; ``issuer``: what it says that it is, the same for an honest one. ``refuses``: why it signs
    nobody in.
    """

    address: str = ISSUER
    subject: str = "zhang"
    claims: dict[str, Any] = field(default_factory=dict)
    key: ECKey | OctKey = field(default_factory=_key)
    algorithm: str = "ES256"
    issuer: str = ""
    refuses: str = ""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    _published: ECKey = field(init=False)

    def __post_init__(self) -> None:
        assert isinstance(self.key, ECKey)
        self._published = self.key

    @property
    def transport(self) -> httpx2.ASGITransport:
        """How it is reached without an address."""
        return httpx2.ASGITransport(app=self.app)

    @cached_property
    def app(self) -> Starlette:
        """The provider as a program."""
        routes = [
            Route("/authorize", self._authorize),
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/keys", self._keys),
            Route("/token", self._token, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    @property
    def provider(self) -> Provider:
        """As the console knows it."""
        return Provider(self.address, CLIENT, SECRET, self.transport)

    def authorize(self, url: str) -> dict[str, str]:
        """What a browser brings back that goes to ``url`` and lets itself be signed in."""
        asked = {name: one for name, (one,) in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.asked[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.address}

    def turn_keys(self) -> None:
        """From now on it signs with another key, which it publishes under another name."""
        self.key = self._published = ECKey.generate_key("P-256", {"kid": token_urlsafe(4)})

    async def _authorize(self, request: Request) -> Response:
        came = self.authorize(str(request.url))
        back = self.asked[came["code"]]["redirect_uri"]
        if self.refuses:
            came = {"state": came["state"], "error": self.refuses}
        return RedirectResponse(f"{back}?{urlencode(came)}", 302)

    async def _metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer or self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self._published]).as_dict(private=False))

    async def _token(self, request: Request) -> Response:
        given = {name: str(one) for name, one in (await request.form()).items()}
        basic = base64.b64encode(urlencode({CLIENT: SECRET}).replace("=", ":").replace("+", " ").encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.asked.pop(given["code"], None)
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        is_ours = asked is not None and asked["redirect_uri"] == given["redirect_uri"]
        if asked is None or not is_ours or _plain(challenge) != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.address,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.claims,
        }
        header = {"alg": self.algorithm, "kid": self._published.kid or "1"}
        token = jwt.encode(header, claims, self.key, algorithms=[self.algorithm])
        return JSONResponse({"access_token": token_urlsafe(8), "token_type": "Bearer", "id_token": token})


def _plain(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
