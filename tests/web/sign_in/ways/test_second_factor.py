"""Two factors: each code once, for its account, in its time; and the recovery codes."""

import asyncio

from tests.web.people import PASSWORD, Clock, account_named, with_second_factor
from tests.web.sign_in.ways.test_passwords import HERE, name, reason
from web.sign_in.attempts import Denied
from web.sign_in.door import Door
from web.sign_in.ways import recovery, second_factor
from web.sign_in.ways.passwords import Account, NeedsCode, change_password, second_step, sign_in


async def ticket_of(door: Door, mine: str) -> str:
    """After the first step."""
    answer = await sign_in(door, mine, PASSWORD, None, HERE, None)
    assert isinstance(answer, NeedsCode)
    return answer.ticket


async def test_with_a_second_factor_the_password_alone_lets_nobody_in(door: Door, clock: Clock) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    authenticator, _ = await with_second_factor(door, account_id)
    ticket = await ticket_of(door, mine)
    assert reason(await second_step(door, ticket, "000000", HERE, None)) == "wrong_code"
    clock.pass_by(seconds=30)
    answer = await second_step(door, ticket, authenticator.at(clock.now), HERE, None)
    assert isinstance(answer, Account)
    assert answer.account_id == account_id


async def test_a_code_that_somebody_saw_is_worth_nothing_after_its_use(door: Door, clock: Clock) -> None:
    mine = name()
    authenticator, _ = await with_second_factor(door, await account_named(door, mine))
    assert reason(await sign_in(door, mine, PASSWORD, authenticator.at(clock.now), HERE, None)) == "wrong_code"
    clock.pass_by(seconds=60)
    code, earlier = authenticator.at(clock.now), authenticator.at(clock.now, counter_offset=-1)
    assert isinstance(await sign_in(door, mine, PASSWORD, code, HERE, None), Account)
    assert reason(await sign_in(door, mine, PASSWORD, code, HERE, None)) == "wrong_code"
    assert reason(await sign_in(door, mine, PASSWORD, earlier, HERE, None)) == "wrong_code"


async def test_of_two_that_bring_one_code_at_the_same_time_one_is_let_in(door: Door, clock: Clock) -> None:
    mine = name()
    authenticator, codes = await with_second_factor(door, await account_named(door, mine))
    clock.pass_by(seconds=60)
    for code in (authenticator.at(clock.now), codes[0]):
        answers = await asyncio.gather(*(sign_in(door, mine, PASSWORD, code, HERE, None) for _ in range(4)))
        assert sum(isinstance(one, Account) for one in answers) == 1


async def test_a_code_is_read_as_people_type_it_and_a_clock_may_be_off_by_one_step(door: Door, clock: Clock) -> None:
    mine = name()
    authenticator, codes = await with_second_factor(door, await account_named(door, mine))
    clock.pass_by(seconds=90)
    code = authenticator.at(clock.now, counter_offset=-1)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    assert isinstance(await sign_in(door, mine, PASSWORD, f"{wide[:3]} {wide[3:]}", HERE, None), Account)
    assert isinstance(await sign_in(door, mine, PASSWORD, codes[0].lower().replace("-", " "), HERE, None), Account)
    assert (
        reason(await sign_in(door, mine, PASSWORD, authenticator.at(clock.now, counter_offset=-2), HERE, None))
        == "wrong_code"
    )


async def test_a_recovery_code_works_once_and_only_for_its_account(door: Door) -> None:
    mine, theirs = name(), name()
    account_id = await account_named(door, mine)
    _, codes = await with_second_factor(door, account_id)
    await with_second_factor(door, await account_named(door, theirs))
    assert len(set(codes)) == recovery.COUNT
    assert reason(await sign_in(door, theirs, PASSWORD, codes[0], HERE, None)) == "wrong_code"
    assert isinstance(await sign_in(door, mine, PASSWORD, codes[0], HERE, None), Account)
    assert reason(await sign_in(door, mine, PASSWORD, codes[0], HERE, None)) == "wrong_code"
    answer = await sign_in(door, mine, PASSWORD, codes[1], HERE, None)
    assert isinstance(answer, Account)
    renewed = await recovery.renew(door, account_id, answer.party_id)
    assert renewed is not None
    assert reason(await sign_in(door, mine, PASSWORD, codes[2], HERE, None)) == "wrong_code"
    assert isinstance(await sign_in(door, mine, PASSWORD, renewed[0], HERE, None), Account)


async def test_a_ticket_holds_five_minutes_and_for_the_password_that_was_right(door: Door, clock: Clock) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    authenticator, _ = await with_second_factor(door, account_id)
    old = await ticket_of(door, mine)
    clock.pass_by(minutes=5)
    assert reason(await second_step(door, old, authenticator.at(clock.now), HERE, None)) == "sign_in_too_old"
    before = await ticket_of(door, mine)
    assert await change_password(door, account_id, PASSWORD, "another key of mine", None) is None
    assert reason(await second_step(door, before, authenticator.at(clock.now), HERE, None)) == "sign_in_too_old"
    for forged in ("", "x", "AAAA" * 30, "票"):
        assert reason(await second_step(door, forged, authenticator.at(clock.now), HERE, None)) == "sign_in_too_old"


async def test_who_has_a_second_factor_gets_no_other_one_offered(door: Door) -> None:
    """A session that was left open cannot put another authenticator in the place of its owner's."""
    account_id = await account_named(door, name())
    first = await second_factor.offered(door, account_id, "console")
    assert first == await second_factor.offered(door, account_id, "console"), "the page shown again shows the same"
    assert await second_factor.confirm(door, account_id, "000000") is None
    await with_second_factor(door, account_id)
    assert await second_factor.offered(door, account_id, "console") is None
    assert await second_factor.confirm(door, account_id, "000000") is None


async def test_codes_are_guessed_no_faster_from_many_origins(door: Door, clock: Clock) -> None:
    mine = name()
    authenticator, _ = await with_second_factor(door, await account_named(door, mine))
    ticket = await ticket_of(door, mine)
    reasons = [reason(await second_step(door, ticket, "000000", f"198.51.100.{n}", None)) for n in range(8)]
    assert reasons == ["wrong_code"] * 5 + ["too_many_tries"] * 3
    denied = await second_step(door, ticket, authenticator.at(clock.now), HERE, None)
    assert isinstance(denied, Denied)
    assert denied.retry_after == 31
    clock.pass_by(seconds=60)
    assert isinstance(await second_step(door, ticket, authenticator.at(clock.now), HERE, None), Account)
