"""The key that signs checkpoints: OPEN_LICENCE_LOG_KEY, else kept in ``var`` like the master key."""

import os
from contextlib import suppress
from hashlib import sha256

from audit.transparency.notes import Signer, Verifier, signer_of
from runtime.settings import LOG_KEY, Settings, SetupError, usable, write_secret

_SEED_BYTES = 32


def signing_key(settings: Settings) -> Signer:
    """The key; made on first use. The log is named after it, so that no two logs have one name.

    With a database of one's own the key must be given: one that is made up in a container would go with it, and the
    log could not be gone on with under its name.
    """
    if settings.given_log_key is not None:
        return signer_of(settings.given_log_key)
    if settings.database_url is not None:
        raise SetupError(
            "DATABASE_URL is set but OPEN_LICENCE_LOG_KEY is not, so nothing is sealed; set it as .env.example shows",
            "已设置 DATABASE_URL，但未设置 OPEN_LICENCE_LOG_KEY，记录未入日志；请按 .env.example 设置",
        )
    kept = settings.var / LOG_KEY
    if not kept.exists():
        with usable(settings.var), suppress(FileExistsError):  # of two processes only one may make it
            settings.var.mkdir(parents=True, exist_ok=True)
            write_secret(kept, new_key().secret())
    return signer_of(kept.read_text(encoding="ascii"))


def new_key() -> Signer:
    """A key by chance, with its name."""
    seed = os.urandom(_SEED_BYTES)
    public = Signer("", seed).verifier.public
    return Signer(f"open-licence/{sha256(public).hexdigest()[:16]}", seed)


def known_verifier(settings: Settings) -> Verifier | None:
    """What the key that is kept here proves; None where there is none yet. Makes nothing."""
    if settings.given_log_key is None and not (settings.var / LOG_KEY).exists():
        return None
    return signing_key(settings).verifier
