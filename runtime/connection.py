"""The way to Temporal, and what it means when a call comes back without an answer."""

from enum import StrEnum

from temporalio.client import Client, Plugin
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

from runtime.given_temporal import given_temporal, unreadable
from runtime.settings import Settings, SetupError
from runtime.stack import Addresses, addresses


class Meaning(StrEnum):
    """What a call that failed says of the next one."""

    AWAY = "away"
    """The server is busy, restarting, or was cut off: waited for."""
    NOT_READY = "not_ready"
    """The server is there, and the run or its worker does not answer yet: waited for."""
    NOT_THERE = "not_there"
    """No such run, for whoever asks to judge: closed, expired, or lost."""
    FINAL = "final"
    """The same call would fail again: what was sent, or who sent it, is not taken."""


MEANINGS: dict[RPCStatusCode, Meaning] = {
    RPCStatusCode.CANCELLED: Meaning.AWAY,  # the connection was closed under the call
    RPCStatusCode.UNKNOWN: Meaning.AWAY,  # "transport error"
    RPCStatusCode.INVALID_ARGUMENT: Meaning.FINAL,
    RPCStatusCode.DEADLINE_EXCEEDED: Meaning.NOT_READY,  # nobody polls: no worker is registered yet, or all are busy
    RPCStatusCode.NOT_FOUND: Meaning.NOT_THERE,
    RPCStatusCode.ALREADY_EXISTS: Meaning.FINAL,
    RPCStatusCode.PERMISSION_DENIED: Meaning.FINAL,
    RPCStatusCode.RESOURCE_EXHAUSTED: Meaning.AWAY,  # ten updates of one run wait already, or the server's limits
    RPCStatusCode.FAILED_PRECONDITION: Meaning.NOT_READY,  # "Workflow Task in failed state": until a worker mends it
    RPCStatusCode.ABORTED: Meaning.AWAY,
    RPCStatusCode.OUT_OF_RANGE: Meaning.FINAL,
    RPCStatusCode.UNIMPLEMENTED: Meaning.FINAL,
    RPCStatusCode.INTERNAL: Meaning.AWAY,
    RPCStatusCode.UNAVAILABLE: Meaning.AWAY,
    RPCStatusCode.DATA_LOSS: Meaning.FINAL,
    RPCStatusCode.UNAUTHENTICATED: Meaning.FINAL,
}
"""Every status of a failed call; act ids make asking again safe."""


def is_passing(error: RPCError) -> bool:
    """Whether the same call can succeed later, without anybody doing anything about it."""
    return MEANINGS[error.status] in (Meaning.AWAY, Meaning.NOT_READY)


class TemporalAway(SetupError):
    """Nobody answers where Temporal should be: worth waiting for, unlike an address that cannot be read."""


async def connect(
    settings: Settings, known: Addresses | None = None, *, only_looks: bool = False, is_metered: bool = False
) -> Client:
    """A client with our plugin, to the Temporal of the ``TEMPORAL_*`` variables, else to the embedded one.

    ``known`` spares looking up the running embedded server; ``only_looks``: reads no payload, so it does without the
    plugin, which would load the SDK's worker. ``is_metered``: tells its metrics where the settings say so, which one
    program of a machine can do. SetupError when there is no server or its address cannot be read,
    TemporalAway when it does not answer.
    """
    if settings.given_temporal:
        given = given_temporal()
    else:
        found = known or addresses(settings)
        given = {"target_host": found.temporal_address, "namespace": found.temporal_namespace}
    where = given["target_host"]
    runtime = metered(settings.metrics) if is_metered and settings.metrics else None
    try:
        return await Client.connect(**given, plugins=[] if only_looks else [_plugin()], runtime=runtime)
    except ValueError:
        raise unreadable() from None
    except (RuntimeError, RPCError) as error:
        said = str(error) or repr(error)
        raise TemporalAway(
            f"Temporal does not answer at {where}: {said}; start it (make up) or correct TEMPORAL_ADDRESS",
            f"Temporal 在 {where} 没有应答；请启动（make up）或更正 TEMPORAL_ADDRESS",
        ) from error


def metered(address: str) -> Runtime:
    """A runtime whose metrics Prometheus reads at ``http://HOST:PORT/metrics``: the SDK's, and what audits found."""
    try:
        return Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
    except (RuntimeError, ValueError) as error:
        raise SetupError(
            f"metrics cannot be told at OPEN_LICENCE_METRICS={address}: {error}; give a free HOST:PORT",
            f"无法在 OPEN_LICENCE_METRICS={address} 提供指标：{error}；请给出空闲的 主机:端口",
        ) from error


def _plugin() -> Plugin:
    from runtime.plugin import open_licence_plugin

    return open_licence_plugin()
