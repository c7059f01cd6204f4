"""The commands: python -m gradtape run | doctor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .dropin import doctor, runner


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; `run` leaves with the exit status of the script."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["run"] and len(words) > 1 and not words[1].startswith("-"):
        runner.run(words[1], words[2:])
        return 0
    command = parser().parse_args(words).command
    return doctor.report() if command == "doctor" else 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m gradtape", description="Programs written for TensorFlow, on gradtape.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run",
        help="run a script that says `import tensorflow`",
        description="Runs SCRIPT as `python SCRIPT ARGS` would, with gradtape in TensorFlow's place, child processes included."
        f" The script does what it likes with your rights: this is no sandbox. {runner.FULL_TRACEBACKS}=1 in the environment"
        " shows tracebacks with the frames inside gradtape.",
    )
    run.add_argument("script", metavar="SCRIPT", help="a Python file")
    run.add_argument("args", metavar="ARGS", nargs=argparse.REMAINDER, help="the script's own arguments")
    commands.add_parser("doctor", help="what is installed and active, and what each absence costs")
    return top


if __name__ == "__main__":
    sys.exit(main())
