"""The Temporal of the reader's own, as the standard TEMPORAL_* variables and their configuration file name it."""

import re

from temporalio.envconfig import ClientConfig, ClientConnectConfig

from runtime.settings import SetupError
from runtime.temporal_server import NAMESPACE

_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9_.-]+):([0-9]{1,5})")
_MOST_PORT = 65_535


def given_temporal() -> ClientConnectConfig:
    """How to connect; SetupError, with no part of what is written there, when it cannot be read."""
    try:
        given = ClientConfig.load_client_connect_config()
    except (OSError, ValueError, RuntimeError):
        raise unreadable() from None
    sent = (given.get("api_key") or "", *(given.get("rpc_metadata") or {}).values())
    if not all(one.isascii() and one.isprintable() for one in sent):
        raise unreadable()
    address = _ADDRESS.fullmatch(given.get("target_host") or "")
    if address is None or int(address.group(2)) not in range(1, _MOST_PORT + 1):
        raise SetupError(
            "TEMPORAL_ADDRESS cannot be read; write HOST:PORT and nothing else, such as temporal.example:7233, there"
            " or in the profile that TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE name",
            "TEMPORAL_ADDRESS 无法读取；请只写 主机:端口，例如 temporal.example:7233，"
            "或写在 TEMPORAL_CONFIG_FILE 与 TEMPORAL_PROFILE 所指的配置中",
        )
    given.setdefault("namespace", NAMESPACE)
    return given


def unreadable() -> SetupError:
    """What is wrong with the variables is said without their values: there are keys among them."""
    return SetupError(
        "the TEMPORAL_* variables, or the file that TEMPORAL_CONFIG_FILE names, cannot be read: look at"
        " TEMPORAL_PROFILE, the TLS files (certificate and key belong together) and TEMPORAL_API_KEY (one line)",
        "TEMPORAL_* 变量或 TEMPORAL_CONFIG_FILE 所指的文件无法读取：请检查 TEMPORAL_PROFILE、"
        "TLS 文件（证书与私钥须成对）以及 TEMPORAL_API_KEY（只能是一行）",
    )
