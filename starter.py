"""The command line's door: ``python starter.py --help``. What it can do stands in ``cli/``."""

import sys

from cli.program import run
from runtime.leave import leave, take_streams

if __name__ == "__main__":
    take_streams()
    leave(run(sys.argv[1:]))
