"""What Prometheus reads of the console, with its own parser: acts and answers by what came of them."""

import asyncio
import socket
from contextlib import closing
from urllib.request import urlopen
from uuid import uuid4

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from runtime.settings import SetupError
from schemas.values.refusal import Refused, refuse
from web.watching.metrics import REGISTRY, answered, asked, signed_in, told_at


def _read(text: str) -> dict[tuple[str, ...], float]:
    """Name and the values of its labels, by the labels' names -> value."""
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def _now() -> dict[tuple[str, ...], float]:
    return _read(generate_latest(REGISTRY).decode())


def test_an_act_is_counted_by_what_came_of_it() -> None:
    kind = f"an_act_{uuid4().hex}"
    with asked(kind):
        pass
    with pytest.raises(Refused), asked(kind):
        raise refuse("filing_unknown", "filing_id", filing_id=uuid4())
    with pytest.raises(ValueError, match="a defect"), asked(kind):
        raise ValueError("a defect")
    with pytest.raises(asyncio.CancelledError), asked(kind):
        raise asyncio.CancelledError
    read = _now()
    counted = {outcome: read["open_licence_console_acts_total", kind, outcome] for outcome in ("granted", "refused")}
    assert counted == {"granted": 1, "refused": 1}
    assert read["open_licence_console_acts_total", kind, "fault"] == 2


def test_an_answer_is_in_the_bucket_of_its_time_and_a_made_up_method_makes_no_series() -> None:
    route = f"/{uuid4().hex}"
    answered(route, "GET", 200, 0.2)
    answered(route, "BREW", 405, 0.001)
    read = _now()
    assert read["open_licence_console_answers_total", "GET", route, "200"] == 1
    assert read["open_licence_console_answers_total", "other", route, "405"] == 1
    buckets = {
        labels[0]: value
        for (name, *labels), value in read.items()
        if name == "open_licence_console_answer_seconds_bucket" and labels[1:] == ["GET", route]
    }
    assert (buckets["0.15"], buckets["0.3"]) == (0, 1)
    assert not any("BREW" in key for key in read)


def test_sign_ins_are_counted_by_outcome() -> None:
    before = _now().get(("open_licence_console_sign_ins_total", "wrong_name_or_password"), 0)
    signed_in("wrong_name_or_password")
    assert _now()["open_licence_console_sign_ins_total", "wrong_name_or_password"] == before + 1


def test_they_are_told_at_their_address_as_long_as_the_console_serves() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with told_at(address):
        told = urlopen(f"http://{address}/metrics").read().decode()
        assert _read(told)["process_resident_memory_bytes",] > 0
        with pytest.raises(SetupError, match=address), told_at(address):
            pass
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://{address}/metrics")


@pytest.mark.parametrize("address", ["", "9465", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_an_error_of_the_set_up(address: str) -> None:
    with pytest.raises(SetupError, match="OPEN_LICENCE_CONSOLE_METRICS"), told_at(address):
        pass
