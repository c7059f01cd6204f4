"""Runs Keras's own tests on the gradtape back end: python scripts/keras_suite.py CHECKOUT [--jobs N] [--files PART ...].

CHECKOUT is a checkout of Keras's repository, branch pluggable_backend; the wheel of Keras holds no tests. They are laid over a copy
of the installed Keras in a temporary folder, and run from there. The environment needs Keras's nightly, pytest, pytest-timeout
and as material of about 60 files tensorflow, grain, orbax-checkpoint, tensorboard and torch; the nightly goes in
last, since TensorFlow brings a Keras of its own (`pip install --no-deps --force-reinstall keras-nightly==...`).

What fails must stand in tests/keras/known_failures.txt (test id, tab, reason), and what stands there must fail.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
KNOWN = REPOSITORY / "tests/keras/known_failures.txt"
TRAINER = (  # ours takes the place of one that is not installed
    'elif backend.backend() == "openvino":\n    from keras_openvino.src.trainer import OpenVINOTrainer as Trainer',
    'elif backend.backend() == "gradtape":\n    from keras_gradtape.src.trainer import Trainer',
)
STEP = '        elif backend.backend() == "torch":\n\n            def train_one_step(x, dy):\n'
TAPE_STEP = (
    STEP,
    """        elif backend.backend() == "gradtape":
            import gradtape

            def train_one_step(x, dy):
                with gradtape.GradientTape() as tape:
                    loss = loss_fn(x, dy)
                grads = tape.gradient(loss, layer.trainable_variables)
                optimizer.apply(grads, layer.trainable_variables)

"""
    + STEP,
)
BY_HAND = {  # tests that say by each back end's name how to train
    "keras/src/trainers/trainer_test.py": TRAINER,
    "keras/src/layers/core/dense_test.py": TAPE_STEP,
    "keras/src/layers/core/einsum_dense_test.py": TAPE_STEP,
}
CONFTEST = """
import gradtape  # its hook lets Keras know the back end
import keras.src.backend as renewed  # four names that the tests take from here have moved

renewed.is_float_dtype, renewed.is_int_dtype = renewed.common.is_float_dtype, renewed.common.is_int_dtype
renewed.standardize_dtype = renewed.common.standardize_dtype
renewed.convert_to_numpy = renewed.ops.convert_to_numpy
"""


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="keras_suite_") as name:
        folder = Path(name)
        lay(options.checkout, folder)
        files = chosen(folder, options.files)
        with ThreadPoolExecutor(options.jobs) as pool:
            cases = [
                case for some in pool.map(lambda group: run(group, folder, options), groups(files, options.jobs)) for case in some
            ]
    outcomes = read(cases)
    if options.save:
        save(cases, options.save)
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
    """The installed Keras with the checkout's tests, their data and their helpers over it."""
    spec = importlib.util.find_spec("keras")
    if spec is None or spec.origin is None:
        raise SystemExit("Keras is not installed in this environment.")
    shutil.copytree(Path(spec.origin).parent, folder / "keras", ignore=shutil.ignore_patterns("__pycache__"))
    for source in sorted((checkout / "keras").rglob("*")):
        if source.name.endswith("_test.py") or {"test_data", "testing"} & set(source.parts):
            copy(source, folder / source.relative_to(checkout))
    (folder / "conftest.py").write_text(CONFTEST + (checkout / "conftest.py").read_text())
    shutil.copy(checkout / "pyproject.toml", folder)
    name_back_end(folder)


def copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def name_back_end(folder: Path) -> None:
    for name, (known, ours) in BY_HAND.items():
        text = (folder / name).read_text()
        if known not in text:
            raise SystemExit(f"{name} picks what belongs to a back end in another way than this script knows.")
        (folder / name).write_text(text.replace(known, ours))


def chosen(folder: Path, parts: list[str]) -> list[Path]:
    files = sorted(folder.rglob("*_test.py"))
    wanted = [file for file in files if not parts or any(part in str(file.relative_to(folder)) for part in parts)]
    if not wanted:
        raise SystemExit(f"No test file holds one of {parts} in its path.")
    return wanted


def groups(files: list[Path], jobs: int) -> list[list[Path]]:
    """Files for one process each, largest first: a process that dies takes few others along, and the last ones are short."""
    largest_first = sorted(files, key=lambda file: -file.stat().st_size)
    number = min(len(files), 6 * jobs)
    return [largest_first[start::number] for start in range(number)]


def run(files: list[Path], folder: Path, options: argparse.Namespace) -> list[ElementTree.Element]:
    """The test cases of some files, from pytest's report."""
    handle, report = tempfile.mkstemp(suffix=".xml", dir=folder)
    os.close(handle)
    quiet = ["-q", "--no-header", "--tb=short", "--continue-on-collection-errors", "-p", "no:cacheprovider"]
    plain = ["-o", "addopts=", "-o", "junit_family=xunit1", f"--junitxml={report}", f"--timeout={options.timeout}"]
    command = [sys.executable, "-m", "pytest", *quiet, *plain, *options.pytest, *map(str, files)]
    done = subprocess.run(command, cwd=folder, env=environment(options.backend), capture_output=True, text=True, check=False)
    if done.returncode in (0, 1) and os.path.getsize(report):
        return list(ElementTree.parse(report).getroot().iter("testcase"))
    print(done.stdout[-3000:], done.stderr[-3000:], f"pytest ended with {done.returncode}; its files count as failed.", sep="\n")
    lost = [ElementTree.Element("testcase", file=str(file.relative_to(folder))) for file in files]
    for case in lost:
        ElementTree.SubElement(case, "error", message=f"the process ended with {done.returncode}")
    return lost


def environment(backend: str) -> dict[str, str]:
    paths = [str(REPOSITORY / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    settings = {"KERAS_BACKEND": backend, "PYTHONPATH": os.pathsep.join(paths), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **one_thread, **settings}


# -- reporting --------------------------------------------------------------------------------------------
def read(cases: list[ElementTree.Element]) -> dict[str, str]:
    """test id -> passed, failed or skipped"""
    outcomes: dict[str, str] = {}
    for case in cases:
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        test = identity(case)
        outcomes[test] = "failed" if "failed" in (outcome, outcomes.get(test)) else outcome
    return outcomes


def identity(case: ElementTree.Element) -> str:
    """The id that pytest takes, file::class::test, without addresses; a file that does not load stands for itself."""
    module, name = case.get("classname", ""), case.get("name", "")
    file = case.get("file") or f"{name.replace('.', '/')}.py"
    if not module:
        return file
    owner = module.removeprefix(file.removesuffix(".py").replace("/", ".")).lstrip(".")
    return "::".join(filter(None, [file, owner, re.sub(r"0x[0-9a-f]+", "0x", name)]))


def save(cases: list[ElementTree.Element], file: Path) -> None:
    together = ElementTree.Element("testsuite")
    together.extend(cases)
    ElementTree.ElementTree(together).write(file)


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
