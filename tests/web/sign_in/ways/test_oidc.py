"""By an identity provider: only what it signed, for us, for this browser, and now."""

from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from database.sign_in.accounts import set_state
from schemas.values.refusal import Fault, Refused
from tests.web.people import Clock, account_named, with_second_factor
from tests.web.sign_in.ways.identity_provider import CLIENT, IdentityProvider
from tests.web.sign_in.ways.test_passwords import HERE, name, reason
from web.sign_in.attempts import Denied
from web.sign_in.door import Door
from web.sign_in.ways.oidc import Identity, begin, finish, link, sign_in_by
from web.sign_in.ways.passwords import Account, NeedsCode, second_step

BACK = "https://console.example/sign-in/provider/back"


async def came_back(door: Door, there: IdentityProvider) -> Identity | Denied:
    """After a whole way there and back."""
    url, kept = await begin(door, there.provider, BACK, "/filings")
    return await finish(door, there.provider, kept, there.authorize(url))


async def test_somebody_whom_the_provider_names_signs_in_to_the_linked_account(door: Door) -> None:
    there, mine = IdentityProvider(subject=name()), await account_named(door, name())
    identity = await came_back(door, there)
    assert isinstance(identity, Identity)
    assert identity.to == "/filings"
    assert reason(await sign_in_by(door, identity)) == "identity_not_linked"
    await link(door, identity, mine, mine)
    answer = await sign_in_by(door, identity)
    assert isinstance(answer, Account)
    assert answer.account_id == mine
    with pytest.raises(Refused, match="identity_linked"):
        await link(door, identity, await account_named(door, name()), mine)
    said = await door.pool.fetch("SELECT row_to_json(i)::text AS said FROM account_identities i")
    assert not [row for row in said if there.subject in row["said"]]


async def test_a_second_factor_of_ours_is_asked_for_all_the_same(door: Door, clock: Clock) -> None:
    there, mine = IdentityProvider(subject=name()), await account_named(door, name())
    authenticator, _ = await with_second_factor(door, mine)
    identity = await came_back(door, there)
    assert isinstance(identity, Identity)
    await link(door, identity, mine, mine)
    answer = await sign_in_by(door, identity)
    assert isinstance(answer, NeedsCode)
    clock.pass_by(seconds=60)
    assert isinstance(await second_step(door, answer.ticket, authenticator.at(clock.now), HERE, None), Account)
    async with door.pool.acquire() as connection:
        await set_state(connection, mine, "suspended")
    assert reason(await sign_in_by(door, identity)) == "account_suspended"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "another console"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "of another sign-in"},
        {"exp": 1_700_000_000},
        {"sub": None},
    ],
    ids=lambda claims: next(iter(claims)),
)
async def test_a_token_that_is_not_for_this_sign_in_is_not_believed(door: Door, claims: dict[str, Any]) -> None:
    assert reason(await came_back(door, IdentityProvider(claims=claims))) == "provider_refused"


async def test_a_token_that_the_provider_did_not_sign_is_not_believed(door: Door) -> None:
    another = IdentityProvider()
    another.key = ECKey.generate_key("P-256", {"kid": "1"})
    assert reason(await came_back(door, another)) == "provider_refused"
    secret = IdentityProvider()
    secret.key, secret.algorithm = OctKey.import_key("a secret of the console, long enough for it"), "HS256"
    assert reason(await came_back(door, secret)) == "provider_refused"


async def test_an_answer_for_another_browser_or_another_time_is_not_taken(door: Door, clock: Clock) -> None:
    there = IdentityProvider()
    url, kept = await begin(door, there.provider, BACK, "/")
    other_url, other_kept = await begin(door, there.provider, BACK, "/")
    assert reason(await finish(door, there.provider, other_kept, there.authorize(url))) == "sign_in_too_old"
    for forged in ("", "x", kept[:-4] + "AAAA"):
        assert reason(await finish(door, there.provider, forged, there.authorize(url))) == "sign_in_too_old"
    came = there.authorize(url)
    assert reason(await finish(door, there.provider, kept, {**came, "iss": "https://mixed.example"})) == (
        "provider_refused"
    )
    refused = {"state": came["state"], "error": "access_denied"}
    assert reason(await finish(door, there.provider, kept, refused)) == "provider_refused"
    assert isinstance(await finish(door, there.provider, kept, came), Identity)
    assert reason(await finish(door, there.provider, kept, came)) == "provider_refused", "a code is used once"
    clock.pass_by(minutes=10)
    assert reason(await finish(door, there.provider, other_kept, there.authorize(other_url))) == "sign_in_too_old"


async def test_a_code_that_was_stolen_is_worth_nothing_without_the_verifier(door: Door) -> None:
    there = IdentityProvider()
    url, _ = await begin(door, there.provider, BACK, "/")
    thieves_url, thieves = await begin(door, there.provider, BACK, "/")
    came = {**there.authorize(thieves_url), "code": there.authorize(url)["code"]}
    assert reason(await finish(door, there.provider, thieves, came)) == "provider_refused"


async def test_a_provider_that_says_it_is_another_is_a_fault(door: Door) -> None:
    with pytest.raises(Fault, match="says it is"):
        await begin(door, IdentityProvider(issuer="https://other.example").provider, BACK, "/")
