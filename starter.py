"""The command line's door: ``python starter.py --help``. What it can do stands in ``cli/``."""

import sys

from cli.program import run
from runtime.leave import leave

if __name__ == "__main__":
    leave(run(sys.argv[1:]))
