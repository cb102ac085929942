"""Models only grow: what was once written can always be read."""

import copy

import pytest

from tests.contracts.shapes import LOCK, breaking, read_lock, shapes


def test_nothing_that_was_locked_has_been_taken_away_or_changed() -> None:
    assert breaking(read_lock(), shapes()) == []


def test_the_lock_holds_what_the_models_are_now() -> None:
    now, locked = shapes(), read_lock()
    new = sorted(name for name in now if now[name] != locked.get(name))
    assert new == [], f"make histories writes them into {LOCK.name}"


def test_a_field_with_a_default_may_be_added_and_a_required_one_may_not() -> None:
    locked = shapes()
    now = copy.deepcopy(locked)
    now["Pay"]["properties"]["note"] = {"type": "string"}
    assert breaking(locked, now) == []
    now["Pay"]["required"].append("note")
    assert breaking(locked, now) == ["Pay.note has become required"]


@pytest.mark.parametrize("change", ["removed", "retyped", "enum value removed", "member removed", "model removed"])
def test_what_old_events_could_not_live_with_is_named(change: str) -> None:
    locked = shapes()
    now = copy.deepcopy(locked)
    match change:
        case "removed":
            del now["Pay"]["properties"]["voucher"]
        case "retyped":
            now["Pay"]["properties"]["voucher"] = {"type": "integer"}
        case "enum value removed":
            now["Role"]["enum"].remove("office")
        case "member removed":
            now["travels: licence acts"]["oneOf"].pop()
        case "model removed":
            del now["Pay"]
    assert len(breaking(locked, now)) >= 1


def test_a_value_and_a_member_may_be_added() -> None:
    locked = shapes()
    now = copy.deepcopy(locked)
    now["Role"]["enum"].append("auditor")
    now["travels: licence acts"]["oneOf"].append({"$ref": "#/$defs/NewAct"})
    assert breaking(locked, now) == []
