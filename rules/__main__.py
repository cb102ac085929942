"""``python -m rules``: the rules without a server. What it can do stands in ``rules/commands/``."""

import sys

from rules.commands.program import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
