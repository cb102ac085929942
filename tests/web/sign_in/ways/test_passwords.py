"""A sign-in by name and password: what it tells, what it takes, and what it leaves behind."""

from uuid import uuid4

import pytest
from limits import RateLimitItemPerMinute

from database.pool import Pool
from database.sign_in.accounts import find_account, set_state
from tests.web.people import CHEAP, MASTER, PASSWORD, Clock, Pauses, account_named
from web.sign_in.attempts import Denied
from web.sign_in.door import Door
from web.sign_in.hashing import Cost, Passwords, weakness
from web.sign_in.keys import Keys
from web.sign_in.rates import Rates, origin_of
from web.sign_in.ways.passwords import Account, change_password, sign_in, typed_again

HERE = "192.0.2.1"


def name() -> str:
    """A sign-in name of its own."""
    return f"wang-{uuid4().hex[:12]}@example.cn"


def reason(answer: object) -> str:
    """Why somebody was not let in."""
    assert isinstance(answer, Denied), answer
    return answer.refusal.code


async def test_who_knows_name_and_password_is_let_in(door: Door) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    for typed in (mine, mine.upper(), f" {mine} ", mine.replace("wang", "ｗａｎｇ")):
        answer = await sign_in(door, typed, PASSWORD, None, HERE, None)
        assert isinstance(answer, Account), typed
        assert answer.account_id == account_id


async def test_an_unknown_name_and_a_wrong_password_look_alike(door: Door) -> None:
    mine = name()
    await account_named(door, mine)
    wrong = await sign_in(door, mine, "not this password", None, HERE, None)
    unknown = await sign_in(door, name(), PASSWORD, None, HERE, None)
    assert reason(wrong) == "wrong_name_or_password"
    assert wrong == unknown


async def test_an_account_without_a_password_is_entered_by_none(door: Door) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    await door.pool.execute("UPDATE accounts SET password_hash = NULL WHERE account_id = $1", account_id)
    for password in ("", "None", PASSWORD):
        assert reason(await sign_in(door, mine, password, None, HERE, None)) == "wrong_name_or_password"


async def test_that_an_account_is_suspended_is_told_only_to_who_knows_the_password(door: Door) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    async with door.pool.acquire() as connection:
        await set_state(connection, account_id, "suspended")
    assert reason(await sign_in(door, mine, "not this password", None, HERE, None)) == "wrong_name_or_password"
    assert reason(await sign_in(door, mine, PASSWORD, None, HERE, None)) == "account_suspended"


async def test_a_database_alone_tells_no_name_no_password_and_no_address(door: Door, pool: Pool) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    await sign_in(door, mine, "not this password", None, HERE, "a device")
    await sign_in(door, mine, PASSWORD, None, HERE, "a device")
    tables = ("accounts", "audit_log", "sign_in_failures", "known_devices")
    rows = [await pool.fetch(f"SELECT row_to_json(t)::text AS said FROM {table} t") for table in tables]
    said = "".join(row["said"] for table in rows for row in table)
    assert str(account_id) in said
    assert not [one for one in (mine, PASSWORD, HERE, "a device") if one in said or one.encode().hex() in said]


async def test_who_signed_in_stands_in_the_audit_log_also_in_vain(door: Door, pool: Pool) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    await sign_in(door, mine, "not this password", None, HERE, None)
    await sign_in(door, mine, PASSWORD, None, HERE, None)
    rows = await pool.fetch(
        "SELECT who, act_kind, outcome, refusals FROM audit_log WHERE act_id = $1 ORDER BY id", account_id
    )
    async with pool.acquire() as connection:
        account = await find_account(connection, account_id)
    assert account is not None
    assert [(row["who"], row["act_kind"], row["outcome"]) for row in rows] == [
        (account.party_id, "sign_in", "refused"),
        (account.party_id, "sign_in", "granted"),
    ]
    assert rows[0]["refusals"][0]["code"] == "wrong_name_or_password"


async def test_a_hash_of_another_cost_is_made_anew_at_the_next_sign_in(door: Door, pool: Pool) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    dearer = Passwords(Cost(16, 1, 1))
    later = Door(pool, door.keys, dearer, door.rates, door.clock, door.pause)
    assert isinstance(await sign_in(later, mine, PASSWORD, None, HERE, None), Account)
    kept = await pool.fetchval("SELECT password_hash FROM accounts WHERE account_id = $1", account_id)
    assert "m=16," in kept
    assert not dearer.is_outdated(kept)
    assert await dearer.fits(PASSWORD, kept)


async def test_a_password_is_changed_by_who_knows_the_one_before(door: Door) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    no = await change_password(door, account_id, "not this password", "another key of mine", None)
    assert reason(no) == "password_before_wrong"
    assert await change_password(door, account_id, PASSWORD, "another key of mine", None) is None
    assert reason(await sign_in(door, mine, PASSWORD, None, HERE, None)) == "wrong_name_or_password"
    assert isinstance(await sign_in(door, mine, "another key of mine", None, HERE, None), Account)


async def test_whoever_sits_at_an_open_session_does_not_guess_the_password_there(door: Door, clock: Clock) -> None:
    mine = name()
    account_id = await account_named(door, mine)

    async def tries(password: str) -> str | None:
        found = await typed_again(door, account_id, password, None, "add_passkey")
        return found.refusal.code if isinstance(found, Denied) else None

    assert [await tries(f"guess {number}") for number in range(6)] == ["password_before_wrong"] * 5 + ["too_many_tries"]
    assert await tries(PASSWORD) == "too_many_tries"
    clock.pass_by(minutes=20)
    assert await tries(PASSWORD) is None
    assert [await tries(f"guess {number}") for number in range(5)] == ["password_before_wrong"] * 5
    written = "SELECT count(*) FROM audit_log WHERE act_id = $1 AND act_kind = 'add_passkey' AND outcome = 'refused'"
    assert await door.pool.fetchval(written, account_id) == 10
    assert isinstance(await sign_in(door, mine, PASSWORD, None, HERE, None), Account), "who comes by the door waits not"


async def test_one_origin_may_ask_so_often_in_a_minute(pool: Pool, clock: Clock, pauses: Pauses) -> None:
    door = Door(pool, Keys(MASTER), Passwords(CHEAP), Rates(RateLimitItemPerMinute(3)), clock, pauses)
    answers = [await sign_in(door, name(), "not this password", None, "2001:db8::1", None) for _ in range(3)]
    assert {reason(one) for one in answers} == {"wrong_name_or_password"}
    denied = await sign_in(door, name(), "not this password", None, "2001:db8::2", None)
    assert isinstance(denied, Denied)
    assert denied.refusal.code == "too_many_from_here"
    assert 0 < (denied.retry_after or 0) <= 62
    assert reason(await sign_in(door, name(), PASSWORD, None, "2001:db8:1::1", None)) == "wrong_name_or_password"


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("a pipe", "a pipe"),
    ],
)
def test_one_subscriber_is_one_origin(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (PASSWORD, None),
        ("短口令", "password_short"),
        ("x" * 201, "password_long"),
        ("abababababab", "password_few_characters"),
        ("Wang.Xiaoming-1", "password_like_name"),
    ],
)
def test_a_password_that_others_guess_is_not_taken(password: str, why: str | None) -> None:
    weak = weakness(password, "wang.xiaoming@example.cn")
    assert (weak.code if weak else None) == why
