"""docker-compose.yml against the compose specification, and against what this engine asks of it."""

import json
import re
from graphlib import TopologicalSorter
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from console import DRAIN_SECONDS
from runtime.settings import ROOT, TEMPORAL_VARIABLES
from runtime.temporal_server import NAMESPACE
from tests.deploy.compose import composed, jobs, services, texts, variables, waits_for
from web.pages.health import READY
from worker import DRAIN

_PINNED = re.compile(r"^[a-z0-9./-]+:v?\d+\.\d+[0-9a-z.-]*$")
_SECRET = re.compile(r"PASSWORD|PWD|KEY|_URL")
_DATA_JOBS = ("roles", "migrate", "temporal-schema", "temporal-namespace", "temporal-search-attributes")


def test_the_file_follows_the_compose_specification() -> None:
    shipped = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    schema = json.loads(shipped)
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(composed())] == []


@pytest.mark.parametrize("name", sorted(services()))
def test_whatever_a_service_waits_for_can_come(name: str) -> None:
    for other, condition in waits_for(name).items():
        assert other in services(), f"{name} waits for {other}, which is no service"
        if condition == "service_healthy":
            assert "healthcheck" in services()[other], f"{name} waits for {other}, which is never found healthy"
        if condition == "service_completed_successfully":
            assert services()[other]["restart"].startswith("on-failure"), f"{other} would never end"
        assert not services()[other].get("profiles"), f"{name} waits for {other}, which does not start by itself"


@pytest.mark.parametrize("program", ["worker", "web"])
def test_the_jobs_come_in_an_order_that_ends_in_the_programs(program: str) -> None:
    graph = {name: set(waits_for(name)) for name in services()}
    order = list(TopologicalSorter(graph).static_order())
    needed: set[str] = set()
    todo = [program]
    while todo:
        for other in graph[todo.pop()] - needed:
            needed.add(other)
            todo.append(other)
    assert jobs() == set(_DATA_JOBS)
    assert jobs() <= needed, f"{program} could start before a job is done"
    assert [name for name in order if name in ("postgres", *_DATA_JOBS, "temporal", program)][-1] == program


def test_a_job_is_waited_for_until_it_has_succeeded_and_never_only_started() -> None:
    for name in services():
        for other, condition in waits_for(name).items():
            if other in jobs():
                assert condition == "service_completed_successfully", f"{name} does not wait until {other} is done"


def test_nothing_sleeps_and_hopes() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "deploy" / "temporal").glob("*.sh")]
    assert scripts
    assert [text for text in (*scripts, *texts(composed())) if re.search(r"\bsleep\b", text)] == []


@pytest.mark.parametrize("name", sorted(services()))
def test_every_version_is_pinned(name: str) -> None:
    service = services()[name]
    if "build" in service:
        assert service["image"].startswith("open-licence:${OPEN_LICENCE_VERSION:?")
    else:
        assert _PINNED.match(service["image"]), f"{service['image']} can become another image tomorrow"


def test_the_dockerfile_builds_on_a_pinned_image_and_the_locked_packages() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert images
    assert all(re.fullmatch(r"python:3\.11\.\d+-slim-[a-z]+", image) for image in images)
    assert "--require-hashes" in text
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE)[-1] not in ("0", "root")


def test_the_image_holds_every_folder_that_the_programs_import() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*", "what is not named would be copied, .env too"
    kept = {line[1:] for line in ignored if line.startswith("!")}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages | {"worker.py", "console.py", "starter.py", "requirements.lock"} <= kept


def test_both_images_of_temporal_have_the_same_version() -> None:
    images = [service["image"].split(":") for service in services().values()]
    assert len({tag for image, tag, *_ in images if image in ("temporalio/server", "temporalio/admin-tools")}) == 1


def test_secrets_come_from_the_environment_only() -> None:
    for name, service in services().items():
        for variable, value in service.get("environment", {}).items():
            if _SECRET.search(variable):
                assert "${" in value, f"{name}: {variable} is written into the file"


def test_docker_compose_stops_where_a_variable_is_missing_and_the_example_names_it() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for variable, required in variables().items():
        assert required, f"{variable} would silently be empty"
        assert re.search(rf"^#?{variable}=", example, re.MULTILINE), f"{variable} is not in .env.example"


@pytest.mark.parametrize("name", ["worker", "web", "cli"])
def test_the_programs_are_given_everything_they_require(name: str) -> None:
    environment = services()[name]["environment"]
    assert {"DATABASE_URL", "OPEN_LICENCE_MASTER_KEY", "OPEN_LICENCE_VAR", "TEMPORAL_NAMESPACE"} <= set(environment)
    assert any(variable in environment for variable in TEMPORAL_VARIABLES)
    assert environment["TEMPORAL_NAMESPACE"] == NAMESPACE
    assert environment["DATABASE_URL"].startswith("postgresql://engine:"), "the engine must not be the owner"


def test_migrations_run_as_the_owner_and_nothing_else_does() -> None:
    owners = [
        name
        for name, service in services().items()
        for value in service.get("environment", {}).values()
        if "//owner:" in value
    ]
    assert owners == ["migrate"]


@pytest.mark.parametrize("name", ["worker", "web", "cli", "migrate"])
def test_our_programs_run_with_as_little_power_as_they_need(name: str) -> None:
    service = services()[name]
    assert service["user"].split(":")[0] not in ("0", "root")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize(("name", "drain"), [("worker", DRAIN.total_seconds()), ("web", DRAIN_SECONDS)])
def test_a_program_is_given_longer_to_stop_than_it_needs_to_drain(name: str, drain: float) -> None:
    assert int(services()[name]["stop_grace_period"].removesuffix("s")) > drain


def test_the_console_is_well_when_it_can_serve_and_is_asked_where_it_listens() -> None:
    web = services()["web"]
    port = web["command"][web["command"].index("--port") + 1]
    (asked,) = [one for one in web["healthcheck"]["test"] if "http://" in one]
    assert f'"http://127.0.0.1:{port}{READY}"' in asked
    assert [one.rsplit(":", 1)[1] for one in web["ports"]] == [port]
    assert re.findall(r"^EXPOSE (\d+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE) == [port]


def test_metrics_are_told_inside_only_and_where_prometheus_is_told_to_look() -> None:
    told = {
        name: services()[name]["environment"][variable].rsplit(":", 1)[1]
        for name, variable in (("worker", "OPEN_LICENCE_METRICS"), ("web", "OPEN_LICENCE_CONSOLE_METRICS"))
    }
    assert not set(told.values()) & {one.rsplit(":", 1)[1] for one in services()["web"]["ports"]}
    scraped: dict[str, Any] = yaml.safe_load((ROOT / "deploy/observability/prometheus.yml").read_text(encoding="utf-8"))
    found = {
        where["names"][0]: str(where["port"]) for job in scraped["scrape_configs"] for where in job["dns_sd_configs"]
    }
    assert found == told


def test_servers_come_back_after_a_restart_of_the_host_and_postgres_with_its_data() -> None:
    for name in ("postgres", "temporal", "temporal-ui", "worker", "web"):
        assert services()[name]["restart"] == "unless-stopped"
    lasting = {"postgres": "postgres-data", "worker": "kept-lines", "web": "kept-lines", "cli": "kept-lines"}
    assert {name: [one.split(":")[0] for one in services()[name]["volumes"]] for name in lasting} == {
        name: [volume] for name, volume in lasting.items()
    }
    assert set(composed()["volumes"]) == {"postgres-data", "kept-lines"}


def test_only_the_console_and_the_web_ui_can_be_reached_and_only_from_this_host() -> None:
    ports = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert set(ports) == {"temporal-ui", "web"}
    assert all(port.startswith("127.0.0.1:") for given in ports.values() for port in given)
    assert composed()["networks"]["inside"]["internal"] is True


def test_every_mounted_file_is_there() -> None:
    for service in services().values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert volume.endswith(":ro")
                assert (ROOT / source).is_dir()
        configuration = service.get("environment", {}).get("DYNAMIC_CONFIG_FILE_PATH", "")
        for argument in (*service.get("command", ()), configuration):
            if "/deploy/" in argument:
                assert (ROOT / argument[argument.index("/deploy/") + 1 :]).is_file(), f"{argument} is not there"


def test_both_temporal_servers_have_the_same_limits() -> None:
    given: dict[str, Any] = yaml.safe_load((ROOT / "deploy/temporal/dynamicconfig.yaml").read_text(encoding="utf-8"))
    embedded = (ROOT / "runtime" / "temporal_server.py").read_text(encoding="utf-8")
    assert set(given) == set(re.findall(r'"--dynamic-config-value", f?"([\w.]+)=', embedded))
    assert given["limit.historyCount.suggestContinueAsNew"] == [{"value": 2000}]
    assert given["limit.historySize.suggestContinueAsNew"] == [{"value": 900000}]
