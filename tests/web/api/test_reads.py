"""Lists and pages for programs: turned by key in both directions, and of one's own alone."""

from uuid import UUID

import pytest

from database.record.sequencer import sequence
from schemas.values.actor import Role
from tests.web.api.programs import Program, announced, declared, program
from tests.web.house import House


async def _filed(house: House, licensor: Program, number: int) -> list[str]:
    return [
        (await licensor.granted("/declarations/submit", declared(await house.patent(), licensor.organisation_id)))[
            "filing_id"
        ]
        for _ in range(number)
    ]


async def test_a_list_is_turned_by_key_in_both_directions(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    filed = await _filed(house, licensor, 3)
    first = (await licensor.get("/filings", limit=2)).json()
    assert [one["filing_id"] for one in first["rows"]] == filed[:0:-1]
    rest = (await licensor.get("/filings", limit=2, older=first["older"])).json()
    assert [one["filing_id"] for one in rest["rows"]] == filed[:1]
    back = (await licensor.get("/filings", limit=2, newer=rest["newer"])).json()
    assert back["rows"] == first["rows"]
    assert (await licensor.get("/filings", older="elsewhere")).status_code == 422


async def test_the_feed_goes_on_where_it_ended_and_shows_ones_own_alone(house: House) -> None:
    licensor, stranger = await program(house, Role.LICENSOR), await program(house, Role.LICENSOR)
    filed = await _filed(house, licensor, 2)
    async with house.pool.acquire() as connection:
        await sequence(connection)
    one = (await licensor.get("/feed", limit=1)).json()
    two = (await licensor.get("/feed", limit=5, after=one["next"])).json()
    told = [*one["facts"], *two["facts"]]
    assert [fact["filing_id"] for fact in told] == filed
    assert told[0]["sequence_number"] < told[1]["sequence_number"] == two["next"]
    assert (await licensor.get("/feed", after=two["next"])).json() == {"facts": [], "next": two["next"]}
    assert (await stranger.get("/feed")).json()["facts"] == []


async def test_an_announced_offer_is_open_to_anybody(house: House) -> None:
    licensor, office = await program(house, Role.LICENSOR), await program(house, Role.OFFICE)
    declaration = await announced(house, licensor, office, "KF2026-open")
    anybody = house.client()
    offer = (await anybody.get(f"/api/v1/offers/{declaration}")).json()
    assert offer["terms"][-1]["royalty"]["amount"] == "10000.00"
    number = offer["patent_number"]
    listed = (await anybody.get("/api/v1/offers", params={"q": f"ZL{number}"})).json()["rows"]
    assert [(one["declaration_id"], one["terms"]["royalty"]["amount"]) for one in listed] == [(declaration, "10000.00")]
    assert (await anybody.get(f"/api/v1/patents/ZL{number}")).json()["patent_number"] == number
    assert (await anybody.get(f"/api/v1/filings/{declaration}")).status_code == 401


@pytest.mark.parametrize("path", ["/tasks", "/findings", "/feed", "/filings"])
async def test_a_list_of_what_nobody_has_is_empty(house: House, path: str) -> None:
    licensee = await program(house, Role.LICENSEE)
    answer = await licensee.get(path)
    assert answer.status_code == 200
    assert not next(iter(answer.json().values()))


@pytest.mark.parametrize("path", ["/filings", "/offers"])
async def test_what_cannot_be_searched_for_is_a_wrong_form(house: House, path: str) -> None:
    answer = await (await program(house, Role.OFFICE)).get(path, q="\u00a02£")
    assert (answer.status_code, [one["code"] for one in answer.json()["refusals"]]) == (422, ["search_too_short"])


async def test_an_address_with_a_line_end_is_answered_as_a_program_reads_it(house: House) -> None:
    answer = await house.client().get("/api/v1/patents/1%0A2")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_tasks_and_findings_are_those_of_ones_own_filings(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    (declaration,) = await _filed(house, licensor, 1)
    office = await program(house, Role.OFFICE)
    of_all = (await office.get("/tasks", limit=200)).json()["rows"]
    mine = (await licensor.get("/tasks")).json()["rows"]
    assert {one["filing_id"] for one in mine} <= {declaration}
    assert all(one["role"] == "office" for one in of_all)


async def test_persons_are_shown_to_nobody(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    assert (await licensor.get(f"/parties/{licensor.organisation_id}")).json()["public_name"] == "某单位"
    for hidden in (licensor.created_by, UUID(int=7)):
        assert (await licensor.get(f"/parties/{hidden}")).status_code == 404


async def test_a_paper_is_for_who_may_see_a_filing_that_names_it(house: House) -> None:
    licensor, office = await program(house, Role.LICENSOR), await program(house, Role.OFFICE)
    declaration = await announced(house, licensor, office, "KF2026-paper")
    facts = (await licensor.get(f"/filings/{declaration}/events")).json()["rows"]
    (paper,) = facts[-1]["act"]["evidence"]
    given = await licensor.get(f"/filings/{declaration}/documents/{paper}")
    assert given.text == "公报 KF2026-paper"
    assert given.headers["content-security-policy"] == "sandbox"
    assert given.headers["content-disposition"].startswith("attachment")
    other = await licensor.paper("an unnamed one")
    assert (await licensor.get(f"/filings/{declaration}/documents/{other}")).status_code == 404
    stranger = await program(house, Role.LICENSOR)
    assert (await stranger.get(f"/filings/{declaration}/documents/{paper}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "document_empty"),
        (b"<script>", "document_kind_not_taken"),
        (b"%PDF-1.7 /JavaScript", "document_has_macros"),
    ],
)
async def test_a_paper_of_another_kind_is_not_kept(house: House, body: bytes, code: str) -> None:
    licensor = await program(house, Role.LICENSOR)
    answer = await licensor.http.post("/api/v1/documents", params={"name": "a.pdf"}, content=body)
    assert (answer.status_code, [one["code"] for one in answer.json()["refusals"]]) == (422, [code])
