"""The commands: python -m gradtape run | check | compare | doctor | keras."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from .dropin import doctor, keras_enable, runner


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; `run` leaves with the exit status of the script."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    given = parser().parse_args(before_the_script(words))
    if given.command == "run":
        return run(given, words)
    if given.command == "check":
        return import_module("gradtape.dropin.check").main(given.paths, as_json=given.json, everything=given.all)
    if given.command == "compare":
        rest = words[len(before_the_script(words)) :]
        return import_module("gradtape.dropin.compare").main([given.script, *rest], given.peer, given.tolerance, given.json)
    if given.command == "keras":
        return given.action()
    return doctor.report(given.report)


OPTIONS_WITH_VALUE = ("--output", "-m", "--with", "--tolerance")


def before_the_script(words: list[str]) -> list[str]:
    """The words up to the script: its own arguments may look like ours."""
    if words[:1] not in (["run"], ["compare"]):
        return words
    for place, word in enumerate(words[1:], 1):
        value = words[place - 1] in OPTIONS_WITH_VALUE
        if (value and words[place - 1] == "-m") or (not value and not word.startswith("-")):
            return words[: place + 1]
    return words


def run(given: argparse.Namespace, words: list[str]) -> int:
    rest = words[len(before_the_script(words)) :]
    if given.module:
        runner.run_module(given.module, rest, given.keras2)
    elif given.script.endswith(".ipynb"):
        return import_module("gradtape.dropin.notebook").run(given.script, given.output, given.keras2)
    else:
        runner.run(given.script, rest, given.keras2)
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m gradtape", description="Programs written for TensorFlow, on gradtape.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_run(commands.add_parser(
        "run",
        help="run a script, module or notebook that says `import tensorflow`",
        description="Runs SCRIPT as `python SCRIPT ARGS` would, with gradtape in TensorFlow's place, child processes included."
        f" The script does what it likes with your rights: this is no sandbox. {runner.FULL_TRACEBACKS}=1 in the environment"
        " shows tracebacks with the frames inside gradtape.",
    ))  # fmt: skip
    add_check(commands.add_parser(
        "check",
        help="say without running what gradtape has of what a program uses",
        description="Reads files, folders and notebooks without running them: which of TensorFlow's names are absent or differ, the line, and"
        " what to write instead. Exit status: 0 if nothing is absent, 1 if something is, 2 if something could not be read.",
    ))  # fmt: skip
    add_compare(commands.add_parser(
        "compare",
        help="run a script on TensorFlow and on gradtape, and compare what they print",
        description="Runs SCRIPT on TensorFlow, by the Python that has it, and on gradtape: printed numbers side by side, time, peak memory."
        " Exit status: 0 if the numbers agree, 1 if not, 2 if a run failed.",
    ))  # fmt: skip
    about = commands.add_parser("doctor", help="what is installed and active, and what each absence costs")
    about.add_argument("--report", action="store_true", help="as a block of text for a bug report")
    add_keras(commands.add_parser(
        "keras",
        help="let programs that only say `import keras` run on gradtape",
        description=f"Writes the file {keras_enable.FILE} among the installed packages of this environment, which lets `import"
        " keras` run on gradtape where KERAS_BACKEND names no other back end. Where Keras is not imported it costs nothing.",
    ))  # fmt: skip
    return top


def add_run(command: argparse.ArgumentParser) -> None:
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("script", metavar="SCRIPT", nargs="?", help="a Python file, or a notebook (.ipynb)")
    what.add_argument("-m", dest="module", metavar="MODULE", help="run a module, as `python -m` does")
    command.add_argument("--output", metavar="FILE", help="write the executed copy of a notebook there")
    command.add_argument("--no-keras2", dest="keras2", action="store_false", help="refuse Keras 2's spellings, as Keras 3 does")


def add_check(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="PATH", nargs="+", help="a Python file, a notebook or a folder")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--all", action="store_true", help="print the names that are present, too")


def add_compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("script", metavar="SCRIPT", help="a Python file; its arguments follow")
    command.add_argument("--with", dest="peer", metavar="PYTHON", help="the Python that has TensorFlow; else GRADTAPE_PEERS")
    command.add_argument(
        "--tolerance", type=float, default=1e-4, metavar="X", help="relative difference that counts as agreement"
    )
    command.add_argument("--json", action="store_true", help="print JSON")


def add_keras(command: argparse.ArgumentParser) -> None:
    command.set_defaults(action=keras_enable.state)
    choice = command.add_mutually_exclusive_group()
    for name, action in (("enable", keras_enable.enable), ("disable", keras_enable.disable)):
        choice.add_argument(f"--{name}", dest="action", action="store_const", const=action, help=action.__doc__)


if __name__ == "__main__":
    sys.exit(main())
