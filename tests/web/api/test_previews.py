"""A program asks what an act would change before it asks for the act: in yuan, and nothing is written."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Moved, Preview, Touched
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.stories_of_money import booked
from tests.web.api.programs import program
from tests.web.house import Guest, House
from tests.web.serving import served
from tests.web.told import announce, declare, declared_fields, give_notice
from web.app import create_app


async def _told(house: House) -> int:
    return int(await house.pool.fetchval("SELECT count(*) FROM events"))


async def _drafted(house: House, licensor: Guest, *without: str) -> str:
    draft = (await licensor.post("/declare")).headers["location"].split("/")[2]
    for step, fields in declared_fields(await house.patent(), licensor.organisation_id).items():
        if step not in without:
            await licensor.post(f"/declare/{draft}/{step}", **fields)
    return str(draft)


async def test_a_withdrawal_is_told_with_every_licence_that_its_announcement_ends(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSEE)
    declaration = await declare(house, licensor)
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-71001")
    licence = await give_notice(licensee, declaration)
    mine = await program(house, Role.LICENSOR, of=licensor.organisation_id)
    asked = {
        "act": "declaration.file_withdrawal",
        "filing_id": str(declaration),
        "body": {"ground": "legitimate_reason", "reason": await mine.paper("经营调整")},
    }
    before = await _told(house)
    shown = (await mine.ask("/previews", asked)).json()
    assert await _told(house) == before
    touched = {UUID(one["filing_id"]): one for one in shown["touched"]}
    assert (touched[declaration]["stage_before"], touched[declaration]["stage_after"]) == ("in_force", "withdrawn")
    assert (touched[licence]["stage_before"], touched[licence]["stage_after"]) == ("awaiting_payment", "not_concluded")


async def test_only_what_could_be_asked_for_is_previewed(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    declaration = await declare(house, licensor)
    mine = await program(house, Role.LICENSOR, of=licensor.organisation_id)
    stranger = await program(house, Role.LICENSOR)
    reader = await program(house, Role.LICENSOR, "read", of=licensor.organisation_id)
    body = {"ground": "legitimate_reason", "reason": await mine.paper("经营调整")}
    asked = {"act": "declaration.take_back", "filing_id": str(declaration), "body": {}}
    codes = {
        (await mine.ask("/previews", asked)).status_code: "own",
        (await stranger.ask("/previews", asked)).status_code: "of another",
        (await reader.ask("/previews", asked)).status_code: "by a key that only reads",
    }
    assert codes == {200: "own", 404: "of another", 403: "by a key that only reads"}
    assert (await mine.ask("/previews", {**asked, "act": "declaration.announce"})).status_code == 403
    for unknown in ("declaration.nonsense", "nonsense.mark_filed", "nonsense"):
        assert (await mine.ask("/previews", {**asked, "act": unknown})).status_code == 404
    malformed = await mine.ask("/previews", {"act": 1})
    assert (malformed.status_code, {one["where"] for one in malformed.json()["refusals"]}) == (422, {"act", "body"})
    early = await mine.ask("/previews", {**asked, "act": "declaration.file_withdrawal", "body": body})
    assert (early.status_code, early.json()["title"]) == (409, "Refused"), "nothing is in force yet"


async def test_a_draft_is_checked_and_says_what_its_declaration_would_do_and_bring(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    mine = await program(house, Role.LICENSOR, of=licensor.organisation_id)
    draft, lacks = await _drafted(house, licensor), await _drafted(house, licensor, "term")
    before = await _told(house)
    found = (await mine.get(f"/drafts/{draft}/check")).json()
    assert (found["refusals"], found["preview"]["answer"]["head"]["stage"]) == ([], "submitted")
    bringing = found["bringing"]
    assert bringing["price"] == "10000.00"
    assert sum(float(bringing[one]) for one in ("inventors", "unit", "others")) == 10000
    other = (await mine.get(f"/drafts/{draft}/check", price="400.00", state_set="false")).json()["bringing"]
    assert other["price"] == "400.00"
    wrong = (await mine.get(f"/drafts/{lacks}/check")).json()
    assert (wrong["preview"], {one["where"] for one in wrong["refusals"]}) == (None, {"offer.term"})
    assert (await (await program(house, Role.LICENSOR)).get(f"/drafts/{draft}/check")).status_code == 404
    assert await _told(house) == before


async def test_what_somebody_may_not_see_is_not_in_what_his_act_would_change(house: House) -> None:
    world, ask = await house.office.world("previewed by those beside it"), house.office.ask
    payout = await booked(ask, world)
    answer = await ask(payout, payout.state_facts())
    licence, inventor = payout.parent, world.party("inventor_1")
    moved = [
        Moved(line=f"member:{one}", account=f"payable:{one}", by=Money.of("7.00")) for one in ("somebody", inventor)
    ]
    touched = (
        Touched(filing_id=licence.filing_id, kind=licence.kind, stage_before="effective", stage_after="void"),
        Touched(filing_id=payout.filing_id, kind=payout.kind, stage_before="-", stage_after="void", moved=tuple(moved)),
        Touched(
            filing_id=uuid4(), kind=FilingKind.SETTLEMENT, stage_before="open", stage_after="locked", moved=tuple(moved)
        ),
    )

    async def preview(_kind: FilingKind, _acts: Sequence[Act]) -> Preview:
        return Preview(answer=answer, touched=touched)

    dispute = {"act": "licence.open_dispute", "filing_id": str(licence.filing_id), "body": {"freezes": "due:1"}}
    objection = {"act": "payout.object", "filing_id": str(payout.filing_id), "body": {"objection": "0" * 64}}
    who = (
        (await house.guest(Role.LICENSEE, world.party("licensee")), dispute),
        (await house.guest(Role.LICENSOR, world.party("unit")), dispute),
        (await house.guest(Role.INVENTOR, who=inventor), objection),
    )
    seen = []
    async with served(create_app(replace(house.console, preview=preview))) as port:
        for guest, asked in who:
            headers = {"X-CSRF-Token": guest.session.csrf}
            answered = await guest.http.post(f"http://127.0.0.1:{port}/api/v1/previews", json=asked, headers=headers)
            shown = [[line["account"], line["by"]] for one in answered.json()["touched"] for line in one["moved"]]
            seen.append(shown)
    in_all, others, own = ["payable", "14.00"], ["payable:somebody", "7.00"], [f"payable:{inventor}", "7.00"]
    assert seen == [[in_all], [others, own, in_all], [own, in_all]]
