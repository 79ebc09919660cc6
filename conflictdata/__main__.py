"""The program `conflictdata`, also `python -m conflictdata`; an interrupt during start-up prints no traceback."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from conflictdata.cli import main as command_line

        command_line(prog_name="conflictdata")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
