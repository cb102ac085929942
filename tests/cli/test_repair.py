"""An operator sees after a restore what does not agree, and has it mended."""

import json

from temporalio.client import Client

from tests.cli.shell import Shell


async def test_what_a_restore_left_behind_is_listed_and_mended(
    declared: str, temporal_client: Client, shell: Shell
) -> None:
    agrees = await shell("repair", "--json")
    assert (agrees.code, agrees.json["survey"]["ok"]) == (0, True)
    await temporal_client.get_workflow_handle(f"declaration:{declared}").terminate("lost")
    listed = await shell("repair", "--json")
    assert (listed.code, [one["run"] for one in listed.json["survey"]["astray"]]) == (1, ["closed"])
    assert "closed" in (await shell("repair")).out
    mended = await shell("repair", "--apply", "--json")
    assert mended.code == 0
    assert json.loads(mended.out[mended.out.index("{") :])["done"]["woken"] == [declared]  # after a line of the log
    assert (await shell("repair", "--since", "2026-01-01", "--json")).json["survey"]["ok"]
    assert (await shell("repair", "--ask-again")).code == 64
