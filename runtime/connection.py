"""The way to Temporal."""

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from runtime.plugin import open_licence_plugin
from runtime.settings import Settings, SetupError
from runtime.stack import Addresses, addresses
from runtime.temporal_server import NAMESPACE


async def connect(settings: Settings, known: Addresses | None = None) -> Client:
    """A client with our plugin, to the Temporal of the ``TEMPORAL_*`` variables, else to the embedded one.

    ``known`` spares looking up the running embedded server. SetupError when there is none, or it does not answer.
    """
    if settings.given_temporal:
        given = ClientConfig.load_client_connect_config()
        given.setdefault("namespace", NAMESPACE)
        where = given["target_host"]
    else:
        found = known or addresses(settings)
        where = found.temporal_address
        given = {"target_host": where, "namespace": found.temporal_namespace}
    try:
        return await Client.connect(**given, plugins=[open_licence_plugin()])
    except (RuntimeError, RPCError) as error:
        raise SetupError(
            f"Temporal does not answer at {where}: {error}; start it (make up) or correct TEMPORAL_ADDRESS",
            f"Temporal 在 {where} 没有应答；请启动（make up）或更正 TEMPORAL_ADDRESS",
        ) from error
