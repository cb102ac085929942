"""``demo``: real patents carried from the declaration to the inventors' money, on servers of its own."""

import asyncio
import signal
from collections.abc import Coroutine

import click

from cli.demo.progress import Progress
from cli.demo.report import put_outcome, said
from cli.demo.run import Outcome, run
from cli.demo.servers import own_stack
from cli.demo.summary import summary_of, write_summary
from cli.output import console, json_option, put_json
from cli.typed.commands import worded_command
from runtime.logs import configure
from runtime.settings import Settings

_DIFFERS = 1


@worded_command()
@json_option
def demo(as_json: bool) -> int:
    """Carries the patents of examples/ and reconciles every record; goes on where a killed run ended.

    Exits with 1 when two records differ. The same figures are in var/demo/summary.json.
    """
    configure(level="warning")
    settings = Settings.read().of_demo()
    with own_stack(settings) as known, Progress(console(error=True)) as progress:
        try:
            outcome = asyncio.run(_until_told(run(settings, known, progress)))
        except asyncio.CancelledError:
            raise click.Abort from None
    path = write_summary(outcome, settings.var)
    if as_json:
        put_json(summary_of(outcome))
    else:
        put_outcome(console(), outcome)
        console().print(f"{path}\n{said('look_again')} OPEN_LICENCE_VAR={settings.var} make up")
    return 0 if outcome.report.ok else _DIFFERS


async def _until_told(running: Coroutine[object, object, Outcome]) -> Outcome:
    """SIGTERM cancels, as ctrl-C does, so that the worker is drained before its servers go."""
    task, loop = asyncio.ensure_future(running), asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        return await task
    finally:
        # The loop would leave the system's own handler, which ends us at once and the servers not at all.
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)
