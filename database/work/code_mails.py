"""Codes that wait to be mailed: taken by a lease, so that a sender who died gives them back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from database.pool import Connection

MOST_TRIES = 5
LEASE = timedelta(minutes=3)
"""Longer than a mail may take; doubled for each try before the next one."""
State = Literal["waiting", "sent", "given_up"]


@dataclass(frozen=True)
class CodeMail:
    """One that is now ours to send; ``tries`` counts this one."""

    link_id: UUID
    asked_by: UUID
    sealed_to: bytes
    tries: int


async def put_code_mail(connection: Connection, link_id: UUID, asked_by: UUID, sealed_to: bytes) -> None:
    """A code for that link is to be mailed; instead of one that was asked for before."""
    await connection.execute(
        """INSERT INTO code_mails (link_id, asked_by, sealed_to) VALUES ($1, $2, $3)
           ON CONFLICT (link_id) DO UPDATE SET asked_by = $2, sealed_to = $3, asked_at = clock_timestamp(), tries = 0,
               next_try_at = clock_timestamp(), sent_at = NULL, given_up_at = NULL""",
        link_id,
        asked_by,
        sealed_to,
    )


async def take_code_mail(connection: Connection) -> CodeMail | None:
    """The one that has waited longest, leased; None where none is due. Commit before it is sent."""
    row = await connection.fetchrow(
        """UPDATE code_mails SET tries = tries + 1, next_try_at = clock_timestamp() + $1::interval * 2 ^ tries
           WHERE link_id = (SELECT link_id FROM code_mails
                            WHERE sealed_to IS NOT NULL AND next_try_at <= clock_timestamp()
                            ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING link_id, asked_by, sealed_to, tries""",
        LEASE,
    )
    return CodeMail(**row) if row else None


async def end_code_mail(connection: Connection, mail: CodeMail, *, is_sent: bool) -> None:
    """It was sent, or is given up; the address goes. One that was asked for anew meanwhile stays."""
    await connection.execute(
        """UPDATE code_mails SET sealed_to = NULL, sent_at = CASE WHEN $3 THEN clock_timestamp() END,
               given_up_at = CASE WHEN NOT $3 THEN clock_timestamp() END
           WHERE link_id = $1 AND sealed_to = $2""",
        mail.link_id,
        mail.sealed_to,
        is_sent,
    )


async def stop_code_mail(connection: Connection, link_id: UUID) -> None:
    """The code is handed over by a person: no mail replaces it any more, and of mail nothing is told."""
    await connection.execute(
        "UPDATE code_mails SET sealed_to = NULL, sent_at = NULL, given_up_at = NULL WHERE link_id = $1", link_id
    )


async def code_mails_of(connection: Connection, link_ids: list[UUID]) -> dict[UUID, tuple[State, datetime]]:
    """How the mails of these links stand, and since when; a link without one is not in it."""
    rows = await connection.fetch(
        """SELECT link_id, CASE WHEN sealed_to IS NOT NULL THEN 'waiting' WHEN sent_at IS NOT NULL THEN 'sent'
                                ELSE 'given_up' END AS state, coalesce(sent_at, given_up_at, asked_at) AS at
           FROM code_mails
           WHERE link_id = ANY($1) AND (sealed_to IS NOT NULL OR sent_at IS NOT NULL OR given_up_at IS NOT NULL)""",
        link_ids,
    )
    return {row["link_id"]: (row["state"], row["at"]) for row in rows}
