"""By a passkey: only what the device of that account signed, here, now, once, and with its owner before it."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from database.registers.parties import erase
from database.sign_in.accounts import find_account, release_name, set_state
from database.sign_in.passkeys import MOST, passkeys_of
from schemas.values.refusal import Refused
from tests.web.people import Clock, account_named, person, with_second_factor
from tests.web.sign_in.ways.authenticator import PRESENT, VERIFIED, Authenticator, b64, unb64
from tests.web.sign_in.ways.test_passwords import HERE, name, reason
from web.sign_in.attempts import Denied
from web.sign_in.door import Door
from web.sign_in.ways.passkeys import HOLDS, LONGEST, Place, add, ask, ask_for_new, remove, sign_in_by
from web.sign_in.ways.passwords import Account

PLACE = Place.of("https://console.example/")
EVIL = Place.of("https://console.example.evil.example/")


async def party_of(door: Door, account_id: UUID) -> UUID:
    """Whose account it is."""
    async with door.pool.acquire() as connection:
        account = await find_account(connection, account_id)
    assert account is not None
    return account.party_id


async def added(door: Door, account_id: UUID, device: Authenticator, place: Place = PLACE) -> Denied | None:
    """As the page does it."""
    asked = await ask_for_new(door, place, account_id, "王小明")
    party_id = await party_of(door, account_id)
    return await add(door, place, account_id, party_id, device.makes(asked.options), asked.kept, "Firefox")


async def with_passkey(door: Door, **device: Any) -> tuple[UUID, Authenticator]:
    """An account and its device."""
    account_id, made = await account_named(door, name()), Authenticator(PLACE.origin, PLACE.host, **device)
    assert await added(door, account_id, made) is None
    return account_id, made


async def entered(door: Door, device: Authenticator, place: Place = PLACE, **instead: Any) -> Account | Denied:
    """A whole sign-in with it."""
    asked = ask(door, place)
    return await sign_in_by(door, place, device.signs(asked.options, **instead), asked.kept, HERE)


async def audited(door: Door, account_id: UUID) -> list[tuple[str, str]]:
    rows = await door.pool.fetch("SELECT act_kind, outcome FROM audit_log WHERE act_id = $1 ORDER BY id", account_id)
    return [(row["act_kind"], row["outcome"]) for row in rows]


async def test_a_passkey_signs_in_to_its_account_without_password_and_code(door: Door, clock: Clock) -> None:
    account_id, device = await with_passkey(door)
    await with_second_factor(door, account_id)
    clock.pass_by(seconds=1)
    answer = await entered(door, device)
    assert isinstance(answer, Account)
    assert answer.account_id == account_id
    assert answer.party_id == await party_of(door, account_id)
    async with door.pool.acquire() as connection:
        (kept,) = await passkeys_of(connection, account_id)
    assert (kept.browser, kept.used_at) == ("Firefox", clock.now)
    assert [one for one in await audited(door, account_id) if one[0] != "set_second_factor"] == [
        ("add_passkey", "granted"),
        ("sign_in", "granted"),
    ]


async def test_what_a_device_signed_once_lets_in_once(door: Door, clock: Clock) -> None:
    """Also one that does not count what it signs, as most do not."""
    for counts in (True, False):
        _, device = await with_passkey(door, counts=counts)
        asked = ask(door, PLACE)
        signed = device.signs(asked.options)
        answers = await asyncio.gather(*(sign_in_by(door, PLACE, signed, asked.kept, HERE) for _ in range(4)))
        assert sum(isinstance(one, Account) for one in answers) == 1
        clock.pass_by(seconds=1)
        assert isinstance(await entered(door, device), Account)
        assert isinstance(await sign_in_by(door, PLACE, signed, asked.kept, HERE), Denied)
        clock.pass_by(seconds=1)


async def test_a_challenge_that_was_made_before_the_last_one_answered_is_too_old(door: Door, clock: Clock) -> None:
    _, device = await with_passkey(door, counts=False)
    earlier = ask(door, PLACE)
    clock.pass_by(seconds=1)
    assert isinstance(await entered(door, device), Account)
    assert reason(await sign_in_by(door, PLACE, device.signs(earlier.options), earlier.kept, HERE)) == "passkey_too_old"


async def test_a_challenge_holds_for_ten_minutes(door: Door, clock: Clock) -> None:
    _, device = await with_passkey(door)
    asked = ask(door, PLACE)
    clock.now += HOLDS - timedelta(seconds=1)
    late = ask(door, PLACE)
    clock.now += timedelta(seconds=1)
    assert reason(await sign_in_by(door, PLACE, device.signs(asked.options), asked.kept, HERE)) == "passkey_too_old"
    assert isinstance(await sign_in_by(door, PLACE, device.signs(late.options), late.kept, HERE), Account)


@pytest.mark.parametrize(
    "instead",
    [
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"type": "webauthn.create"},
        {"challenge": b64(bytes(32))},
        {"user_handle": uuid4().bytes},
        {"signature": b"nothing"},
    ],
    ids=lambda one: next(iter(one)),
)
async def test_what_proves_less_than_was_asked_for_lets_nobody_in(door: Door, instead: dict[str, Any]) -> None:
    account_id, device = await with_passkey(door)
    assert reason(await entered(door, device, **instead)) == "passkey_refused"
    assert (await audited(door, account_id))[-1] == ("sign_in", "refused")
    assert isinstance(await entered(door, device), Account)


async def test_a_signature_for_an_imitation_of_the_console_is_worth_nothing(door: Door) -> None:
    account_id, device = await with_passkey(door)
    device.origin, device.host = EVIL.origin, EVIL.host
    assert reason(await entered(door, device)) == "passkey_refused"
    device.host = PLACE.host
    assert reason(await entered(door, device)) == "passkey_refused"
    assert reason_of(await added(door, account_id, Authenticator(EVIL.origin, PLACE.host))) == "passkey_refused"
    assert reason_of(await added(door, account_id, Authenticator(PLACE.origin, EVIL.host))) == "passkey_refused"


async def test_a_device_that_was_copied_is_noticed_where_it_counts(door: Door, clock: Clock) -> None:
    _, device = await with_passkey(door)
    assert isinstance(await entered(door, device), Account)
    clock.pass_by(seconds=1)
    device.signed = 0
    assert reason(await entered(door, device)) == "passkey_refused"


async def test_the_signature_of_another_passkey_under_this_ones_name_is_refused(door: Door) -> None:
    _, mine = await with_passkey(door)
    _, theirs = await with_passkey(door)
    theirs.credential_id, theirs.user_handle = mine.credential_id, mine.user_handle
    assert reason(await entered(door, theirs)) == "passkey_refused"


async def test_a_passkey_of_nobody_is_said_to_be_so(door: Door) -> None:
    assert reason(await entered(door, Authenticator(PLACE.origin, PLACE.host))) == "passkey_unknown"


async def test_a_passkey_that_was_removed_signs_nobody_in_and_only_its_owner_removes_it(door: Door) -> None:
    (account_id, device), (other, _) = await with_passkey(door), await with_passkey(door)
    assert not await remove(door, other, await party_of(door, other), device.credential_id)
    assert isinstance(await entered(door, device), Account)
    assert await remove(door, account_id, await party_of(door, account_id), device.credential_id)
    assert reason(await entered(door, device)) == "passkey_unknown"
    assert not await remove(door, account_id, await party_of(door, account_id), device.credential_id)
    assert (await audited(door, account_id))[-1] == ("remove_passkey", "granted")


async def test_without_its_owner_before_it_no_device_makes_one(door: Door) -> None:
    account_id = await account_named(door, name())
    unseen = Authenticator(PLACE.origin, PLACE.host, flags=PRESENT)
    assert reason_of(await added(door, account_id, unseen)) == "passkey_refused"


async def test_what_was_asked_for_one_account_adds_to_no_other(door: Door) -> None:
    mine, theirs = await account_named(door, name()), await account_named(door, name())
    device, asked = Authenticator(PLACE.origin, PLACE.host), await ask_for_new(door, PLACE, mine, "王小明")
    party_id, made = await party_of(door, theirs), device.makes(asked.options)
    assert reason_of(await add(door, PLACE, theirs, party_id, made, asked.kept, None)) == "passkey_too_old"
    sign_in = ask(door, PLACE)
    assert reason_of(await add(door, PLACE, mine, party_id, made, sign_in.kept, None)) == "passkey_too_old"
    assert reason(await sign_in_by(door, PLACE, device.signs(sign_in.options), asked.kept, HERE)) == "passkey_too_old"


async def test_one_device_makes_one_passkey_of_an_account_and_an_account_has_so_many(door: Door) -> None:
    account_id, device = await with_passkey(door)
    asked = await ask_for_new(door, PLACE, account_id, "王小明")
    assert [unb64(one["id"]) for one in asked.options["excludeCredentials"]] == [device.credential_id]
    with pytest.raises(Refused, match="passkey_there"):
        await added(door, account_id, device)
    for _ in range(MOST - 1):
        assert await added(door, account_id, Authenticator(PLACE.origin, PLACE.host)) is None
    with pytest.raises(Refused, match="passkeys_many"):
        await added(door, account_id, Authenticator(PLACE.origin, PLACE.host))


async def test_a_suspended_account_is_not_entered_and_one_that_was_replaced_or_erased_has_none(door: Door) -> None:
    (suspended, device), (erased, of_erased) = await with_passkey(door), await with_passkey(door)
    async with door.pool.acquire() as connection:
        await set_state(connection, suspended, "suspended")
    assert reason(await entered(door, device)) == "account_suspended"
    async with door.pool.acquire() as connection:
        await set_state(connection, suspended, "active")
    assert isinstance(await entered(door, device), Account)
    async with door.pool.acquire() as connection:
        await set_state(connection, suspended, "suspended")
        assert await release_name(connection, suspended)
        await erase(connection, await party_of(door, erased), await person(connection), "operator")
        assert await passkeys_of(connection, suspended) == []
        assert await passkeys_of(connection, erased) == []
    assert reason(await entered(door, device)) == "passkey_unknown"
    assert reason(await entered(door, of_erased)) == "passkey_unknown"


async def test_too_many_tries_of_one_origin_wait(door: Door) -> None:
    _, device = await with_passkey(door)
    busy = Door(door.pool, door.keys, door.passwords, clock=door.clock)
    answers = [await entered(busy, device, signature=b"nothing") for _ in range(200)]
    assert answers[0] != answers[-1]
    assert reason(answers[-1]) == "too_many_from_here"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(changes=some.lists(some.tuples(some.integers(0, 2_000), some.integers(0, 255)), min_size=1, max_size=4))
async def test_a_garbled_answer_is_refused_and_breaks_nothing(door: Door, changes: list[tuple[int, int]]) -> None:
    account_id, device = await account_named(door, name()), Authenticator(PLACE.origin, PLACE.host)
    for_new, for_sign_in = await ask_for_new(door, PLACE, account_id, "王小明"), ask(door, PLACE)
    made, party_id = device.makes(for_new.options), await party_of(door, account_id)
    for whole in (made, device.signs(for_sign_in.options)):
        text = bytearray(whole.encode())
        for place, byte in changes:
            text[place % len(text)] = byte
        told = text.decode(errors="replace")
        assert await tried(door, account_id, party_id, told, for_new.kept, for_sign_in.kept) <= {
            *("passkey_refused", "passkey_unknown", "passkey_too_old", "in", "added", "passkey_there")
        }
    spoiled = json.loads(made)
    spoiled["response"]["attestationObject"] = b64(bytes(one for _, one in changes))
    assert "passkey_refused" in await tried(
        door, account_id, party_id, json.dumps(spoiled), for_new.kept, for_sign_in.kept
    )


@pytest.mark.parametrize("said", ["", "{}", "[]", "null", "1", '"a"', '{"id": 1}', "\x00", "x" * (LONGEST + 1)])
async def test_what_is_no_answer_of_a_browser_is_refused(door: Door, said: str) -> None:
    account_id, asked = await account_named(door, name()), ask(door, PLACE)
    for_new, party_id = await ask_for_new(door, PLACE, account_id, "王小明"), await party_of(door, account_id)
    assert await tried(door, account_id, party_id, said, for_new.kept, asked.kept) == {"passkey_refused"}
    assert await tried(door, account_id, party_id, said, "", "é") == {"passkey_too_old"}


async def tried(door: Door, account_id: UUID, party_id: UUID, said: str, for_new: str, for_sign_in: str) -> set[str]:
    """What comes of the same text as a new passkey, and as a sign-in."""
    try:
        no = await add(door, PLACE, account_id, party_id, said, for_new, None)
        new = "added" if no is None else no.refusal.code
    except Refused as refused:
        new = refused.refusals[0].code
    answer = await sign_in_by(door, PLACE, said, for_sign_in, HERE)
    return {new, "in" if isinstance(answer, Account) else answer.refusal.code}


def reason_of(no: Denied | None) -> str | None:
    """The code of a refusal, if it is one."""
    return no.refusal.code if no else None


@pytest.mark.parametrize(
    ("address", "is_named"),
    [
        ("http://localhost:8080/", True),
        ("https://licences.example/x", True),
        ("http://127.0.0.1:8080/", False),
        ("http://[::1]:8080/", False),
    ],
)
def test_browsers_keep_passkeys_for_names_alone(address: str, is_named: bool) -> None:
    assert Place.of(address).is_named is is_named
