"""Logs: structlog for our own lines, and the Temporal SDK's stdlib records in the same shape. All to standard error."""

import logging
import os
import sys

import structlog
from structlog.typing import Processor

LOGS = "OPEN_LICENCE_LOGS"
"""``json`` or ``lines``; anything else is as if it were not set, since a log must begin."""
_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.processors.StackInfoRenderer(),
]
# Without the values of variables, which can be names, accounts or keys.
_TRACEBACKS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def configure(*, json: bool | None = None, level: str = "info") -> None:
    """One JSON object a line, or lines for a person; by default the latter at a terminal, or as OPEN_LICENCE_LOGS says.

    Colours only where a terminal shows them, and not where NO_COLOR asks for none.
    """
    is_watched = bool(sys.stderr and sys.stderr.isatty())
    if json is None:
        json = {"json": True, "lines": False}.get(os.environ.get(LOGS, ""), not is_watched)
    colours = is_watched and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    minimum = logging.getLevelNamesMapping()[level.upper()]
    rendered: list[Processor] = (
        [_TRACEBACKS, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if json
        else [
            structlog.dev.ConsoleRenderer(
                colors=colours, timestamp_key="at", exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    structlog.configure(
        processors=[*_SHARED, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(minimum),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
            foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder()],
        )
    )
    logging.basicConfig(handlers=[handler], level=minimum, force=True)
    if "temporalio" in sys.modules:  # a program that has no SDK does not wait half a second for it here
        _without_details_in_messages()


def _without_details_in_messages() -> None:
    """The SDK also puts them into the text of the message; as fields they can be searched."""
    from temporalio import activity, workflow

    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False
