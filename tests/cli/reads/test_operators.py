"""Operators see what was refused, and let a message that was given up go on."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from database.pool import Pool
from database.record.posting import Message
from database.standing.outbox import MOST_TRIES, mark_refused, take
from schemas.values.model import SHANGHAI
from tests.cli.offers import submit
from tests.cli.shell import Shell
from tests.database.record.filings import record


async def given_up(pool: Pool) -> int:
    filing_id = uuid4()
    await record(pool, filing_id, messages=(Message("mail", f"{filing_id}/a", {"key": "a"}),))
    async with pool.acquire() as connection:
        for _ in range(MOST_TRIES):
            await connection.execute("UPDATE outbox SET next_try_at = clock_timestamp() WHERE sent_at IS NULL")
            (message,) = await take(connection)
            await mark_refused(connection, message.id, "no such mailbox")
    return message.id


async def test_a_message_that_was_given_up_is_seen_and_tried_again(
    pool: Pool, people: dict[str, str], shell: Shell
) -> None:
    number = await given_up(pool)
    (seen,) = (await shell("messages", "--json")).json
    assert (seen["id"], seen["attempts"], seen["last_error"]) == (number, MOST_TRIES, "no such mailbox")
    assert "no such mailbox" in (await shell("messages")).out
    assert seen["created_at"]
    assert (await shell("messages", "--resume", number, "--json")).code == 64
    by = ("--by", people["operator"])
    assert (await shell("messages", "--resume", number, *by, "--json")).json == []
    log = (await shell("audit", "log", "--act", "resume-message", *by, "--json")).json
    assert [(one["act_kind"], one["outcome"]) for one in log] == [("resume_message", "granted")]
    async with pool.acquire() as connection:
        (again,) = await take(connection)
    assert (again.id, again.attempts) == (number, 1)


async def test_only_what_was_given_up_is_resumed(people: dict[str, str], shell: Shell) -> None:
    ended = await shell("messages", "--resume", 7, "--by", people["operator"], "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "message_not_quarantined")


async def test_what_was_refused_is_listed_with_who_asked_and_why(
    served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path
) -> None:
    await shell(*submit(people, evidence, tmp_path))
    ended = await shell("audit", "log", "--outcome", "refused", "--by", people["clerk"], "--json")
    assert [refusal["code"] for line in ended.json for refusal in line["refusals"]] == ["patent_not_in_register"]
    assert "patent_not_in_register" in (await shell("audit", "log")).out
    [line] = ended.json
    day = datetime.fromisoformat(line["at"]).astimezone(SHANGHAI).date()
    filters = ("--filing", line["filing_id"], "--act", "submit")
    assert (await shell("audit", "log", *filters, "--day", day, "--json")).json == [line]
    assert (await shell("audit", "log", *filters, "--day", day - timedelta(days=1), "--json")).json == []
