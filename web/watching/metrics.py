"""The console's numbers for Prometheus: told at an address of their own, never at the one that everybody reaches."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, start_http_server

from runtime.settings import SetupError
from schemas.values.refusal import Refused

REGISTRY = CollectorRegistry()
"""Ours alone: the library's own would also tell what other libraries put there."""
_ACTS = Counter(
    "open_licence_console_acts",
    "Acts asked for through the console, by kind and outcome (granted, refused, fault).",
    ("kind", "outcome"),
    registry=REGISTRY,
)
_ANSWERS = Counter(
    "open_licence_console_answers",
    "Answers by the pattern of the route, method and status.",
    ("route", "method", "status"),
    registry=REGISTRY,
)
_SECONDS = Histogram(
    "open_licence_console_answer_seconds",
    "From a request to the beginning of its answer, by the pattern of the route and method.",
    ("route", "method"),
    # 0.15 is what a list may take and 0.3 what a read may take under load: both are bounds of buckets.
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
    registry=REGISTRY,
)
_SIGN_INS = Counter(
    "open_licence_console_sign_ins", "Attempts to sign in, by outcome.", ("outcome",), registry=REGISTRY
)
ProcessCollector(registry=REGISTRY)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def answered(route: str, method: str, status: int, seconds: float) -> None:
    """One answer. ``route`` is a pattern: an address would be a series for each filing. So is a method made up."""
    known = method if method in _METHODS else "other"
    _ANSWERS.labels(route, known, str(status)).inc()
    _SECONDS.labels(route, known).observe(seconds)


def signed_in(outcome: str) -> None:
    """One attempt to sign in that is over: ``signed_in``, or the code of the refusal."""
    _SIGN_INS.labels(outcome).inc()


@contextmanager
def asked(kind: str) -> Iterator[None]:
    """Counts the act that is asked for in this block, by what comes of it."""
    outcome = "fault"
    try:
        yield
        outcome = "granted"
    except Refused:
        outcome = "refused"
        raise
    finally:
        _ACTS.labels(kind, outcome).inc()


@contextmanager
def told_at(address: str | None) -> Iterator[None]:
    """Tells them at ``http://HOST:PORT/metrics`` during the block; None: nowhere. SetupError where that is not free."""
    if address is None:
        yield
        return
    host, _, port = address.rpartition(":")
    try:
        server, thread = start_http_server(int(port), host, REGISTRY)
    except (OSError, ValueError, OverflowError) as error:
        raise SetupError(
            f"metrics cannot be told at OPEN_LICENCE_CONSOLE_METRICS={address}: {error}; give a free HOST:PORT",
            f"无法在 OPEN_LICENCE_CONSOLE_METRICS={address} 提供指标：{error}；请给出空闲的 主机:端口",
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
