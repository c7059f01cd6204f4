"""The commands: python -m gradtape run | doctor | keras."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .dropin import doctor, keras_enable, runner


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; `run` leaves with the exit status of the script."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["run"] and len(words) > 1 and not words[1].startswith("-"):
        runner.run(words[1], words[2:])
        return 0
    chosen = parser().parse_args(words)
    if chosen.command == "keras":
        return chosen.action()
    return doctor.report() if chosen.command == "doctor" else 0


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
    keras = commands.add_parser(
        "keras",
        help="let programs that only say `import keras` run on gradtape",
        description=f"Writes the file {keras_enable.FILE} among the installed packages of this environment, which lets `import"
        " keras` run on gradtape where KERAS_BACKEND names no other back end. Where Keras is not imported it costs nothing.",
    )
    keras.set_defaults(action=keras_enable.state)
    choice = keras.add_mutually_exclusive_group()
    for name, action in (("enable", keras_enable.enable), ("disable", keras_enable.disable)):
        choice.add_argument(f"--{name}", dest="action", action="store_const", const=action, help=action.__doc__)
    return top


if __name__ == "__main__":
    sys.exit(main())
