"""Runs Keras's own tests on the gradtape back end: python scripts/keras_suite.py CHECKOUT [--jobs N] [--files PART ...].

CHECKOUT is a checkout of Keras's repository, branch pluggable_backend; the wheel of Keras holds no tests. They are laid over a copy
of the installed Keras in a temporary folder, and run from there. The environment needs Keras's nightly, pytest, pytest-timeout,
pytest-xdist, and as material of about 60 files tensorflow, grain, orbax-checkpoint, tensorboard and torch; the nightly goes in
last, since TensorFlow brings a Keras of its own (`pip install --no-deps --force-reinstall keras-nightly==...`).

What fails must stand in tests/keras/known_failures.txt (test id, tab, reason), and what stands there must fail.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
KNOWN = REPOSITORY / "tests/keras/known_failures.txt"
TRAINER_TEST = "keras/src/trainers/trainer_test.py"
OTHER_TRAINER = (  # the test picks the class by the back end's name; ours takes the place of one that is not installed
    'elif backend.backend() == "openvino":\n    from keras_openvino.src.trainer import OpenVINOTrainer as Trainer',
    'elif backend.backend() == "gradtape":\n    from keras_gradtape.src.trainer import Trainer',
)


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="keras_suite_") as name:
        folder = Path(name)
        lay(options.checkout, folder)
        files = chosen(folder, options.files)
        report = folder / "report.xml"
        command = [sys.executable, "-m", "pytest", *pytest_options(options, report), *options.pytest, *files]
        ended = subprocess.run(command, cwd=folder, env=environment(options.backend), check=False).returncode
        if not report.exists():
            print(f"pytest ended with {ended} and left no report")
            return 2
        outcomes = read(report, folder)
        if options.save:
            shutil.copy(report, options.save)
    print_table(outcomes)
    return judge(outcomes) if options.backend == "gradtape" else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Keras's own tests on the gradtape back end.")
    parser.add_argument("checkout", type=Path, help="a checkout of Keras's repository")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--files", nargs="+", default=[], metavar="PART", help="only test files whose path holds one of these")
    parser.add_argument("--timeout", type=int, default=300, help="seconds that one test may take (300)")
    parser.add_argument("--backend", default="gradtape", help="another back end, to compare with")
    parser.add_argument("--save", type=Path, metavar="XML", help="keep pytest's report, with the tracebacks")
    parser.add_argument("--pytest", nargs=argparse.REMAINDER, default=[], help="options for pytest, last")
    return parser.parse_args()


# -- running ----------------------------------------------------------------------------------------------
def lay(checkout: Path, folder: Path) -> None:
    """The installed Keras with the checkout's tests and their data over it."""
    spec = importlib.util.find_spec("keras")
    if spec is None or spec.origin is None:
        raise SystemExit("Keras is not installed in this environment.")
    shutil.copytree(Path(spec.origin).parent, folder / "keras", ignore=shutil.ignore_patterns("__pycache__"))
    for source in sorted((checkout / "keras").rglob("*")):
        if source.name.endswith("_test.py") or "test_data" in source.parts:
            copy(source, folder / source.relative_to(checkout))
    conftest = (checkout / "conftest.py").read_text()
    (folder / "conftest.py").write_text(f"import gradtape  # its hook lets Keras know the back end\n{conftest}")
    shutil.copy(checkout / "pyproject.toml", folder)
    name_trainer(folder / TRAINER_TEST)


def copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def name_trainer(file: Path) -> None:
    text = file.read_text()
    if OTHER_TRAINER[0] not in text:
        raise SystemExit(f"{TRAINER_TEST} picks its trainer in another way than this script knows.")
    file.write_text(text.replace(*OTHER_TRAINER))


def chosen(folder: Path, parts: list[str]) -> list[str]:
    files = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*_test.py"))]
    wanted = [name for name in files if not parts or any(part in name for part in parts)]
    if not wanted:
        raise SystemExit(f"No test file holds one of {parts} in its path.")
    return wanted


def pytest_options(options: argparse.Namespace, report: Path) -> list[str]:
    together = ["-n", str(options.jobs), "--dist", "loadfile"] if options.jobs > 1 else []
    quiet = ["-q", "-o", "addopts=", "--tb=short", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
    return [*quiet, *together, f"--timeout={options.timeout}", f"--junitxml={report}", "-o", "junit_family=xunit1"]


def environment(backend: str) -> dict[str, str]:
    paths = [str(REPOSITORY / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    one_thread = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    settings = {"KERAS_BACKEND": backend, "PYTHONPATH": os.pathsep.join(paths), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **one_thread, **settings}


# -- reporting --------------------------------------------------------------------------------------------
def read(report: Path, folder: Path) -> dict[str, str]:
    """test id -> passed, failed or skipped"""
    outcomes = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        test = identity(case, folder)
        outcomes[test] = "failed" if "failed" in (outcome, outcomes.get(test)) else outcome
    return outcomes


def identity(case: ElementTree.Element, folder: Path) -> str:
    """The id that pytest takes: file::class::test; a file that does not load stands for itself."""
    module, name = case.get("classname", ""), case.get("name", "")
    file = case.get("file") or f"{name.replace('.', '/')}.py"
    dotted = file.removesuffix(".py").replace("/", ".")
    if not module:
        return file
    owner = module.removeprefix(dotted).lstrip(".")
    return "::".join(filter(None, [file, owner, name]))


def print_table(outcomes: dict[str, str]) -> None:
    table: dict[str, Counter] = defaultdict(Counter)
    for test, outcome in outcomes.items():
        table[test.partition("::")[0]][outcome] += 1
    row = "{:90} {:>7} {:>7} {:>7}".format
    print("\n" + row("file", "passed", "failed", "skipped"))
    for file, counts in sorted(table.items()):
        print(row(file, counts["passed"], counts["failed"], counts["skipped"]))
    total = sum(table.values(), Counter())
    print(row("all", total["passed"], total["failed"], total["skipped"]))


def judge(outcomes: dict[str, str]) -> int:
    """1 where a failure is not listed, or where a listed test does not fail."""
    known = dict(line.split("\t", 1) for line in KNOWN.read_text().splitlines() if line and not line.startswith("#"))
    failed = {test for test, outcome in outcomes.items() if outcome == "failed"}
    unlisted = sorted(failed - known.keys())
    mended = sorted(test for test in known if outcomes.get(test, "failed") != "failed")
    for title, tests in (("Failures that are not listed", unlisted), ("Listed, and yet no failure", mended)):
        if tests:
            print(f"\n{title}:", *tests, sep="\n  ")
    print(f"\n{len(failed)} failed, {len(failed) - len(unlisted)} of them listed in {KNOWN.relative_to(REPOSITORY)}")
    return int(bool(unlisted or mended))


if __name__ == "__main__":
    sys.exit(main())
