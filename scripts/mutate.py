"""Change one operator or constant at a time in a file of src/, run the tests that should notice, and print what they did not.

    python scripts/mutate.py src/gradtape/core/variable.py src/gradtape/autodiff/tape.py --count 20 --seed 1

The changes are made in a copy of src/; the working tree is left alone. Exit status 1 says that something survived.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = {  # what should notice a change below a folder; the quickest first
    "core": "shapes scenarios modes effects slices forward exchange explain dims array numpy_protocol straight as_tensorflow tape indexing",
    "autodiff": "scenarios modes slices forward tape hooks jacobian custom_modes recompute explain anomaly",
    "ops": "array math reduce linalg conv nn modes as_tensorflow",
}
SWAPS: dict[type, tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
}


@dataclass(frozen=True)
class Mutant:
    path: Path
    start: int  # offsets in the file
    end: int
    old: str
    new: str
    line: int

    def text(self, source: str) -> str:
        return source[: self.start] + self.new + source[self.end :]


# -- where something can be changed ---------------------------------------------------------------------------
def mutants(path: Path, source: str) -> Iterator[Mutant]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        text = source[starts[line - 1] : starts[line]]
        return starts[line - 1] + len(text.encode()[:column].decode())

    def begin(node: ast.expr) -> int:
        return place(node.lineno, node.col_offset)

    def end(node: ast.expr) -> int:
        return place(node.end_lineno or 0, node.end_col_offset or 0)

    def change(low: int, high: int, old: str, new: str) -> Iterator[Mutant]:
        at = source.find(old, low, high)
        if at >= 0:
            yield Mutant(path, at, at + len(old), old, new, source.count("\n", 0, at) + 1)

    for node in statements(ast.parse(source)):
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            for op, left, right in zip(node.ops, operands, operands[1:], strict=False):
                yield from change(end(left), begin(right), *SWAPS[type(op)])
        elif isinstance(node, ast.BoolOp):
            yield from change(end(node.values[0]), begin(node.values[1]), *SWAPS[type(node.op)])
        elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
            yield from change(end(node.left), begin(node.right), *SWAPS[type(node.op)])
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
            yield from change(begin(node), begin(node.operand), source[begin(node) : begin(node.operand)], "")
        elif isinstance(node, ast.Constant) and type(node.value) is bool:
            yield from change(begin(node), end(node), str(node.value), str(not node.value))
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield from change(begin(node), end(node), str(node.value), str(node.value + 1))


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs: no annotations, no texts of errors."""
    for name, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if (
                isinstance(node, ast.AST)
                and name not in ("annotation", "returns")
                and not isinstance(node, (ast.Raise, ast.JoinedStr))
            ):
                yield node
                yield from statements(node)


# -- whether anything notices ---------------------------------------------------------------------------------------
def noticed(mutant: Mutant, copy: Path, tests: list[str], seconds: float) -> bool:
    file = copy / mutant.path.relative_to(ROOT / "src")
    source = file.read_text(encoding="utf-8")
    compiled = Path(cache_from_source(str(file)))
    try:
        compiled.unlink(missing_ok=True)
        file.write_text(mutant.text(source), encoding="utf-8")
        return not all(passes(test, copy, seconds) for test in tests)
    finally:
        file.write_text(source, encoding="utf-8")
        compiled.unlink(missing_ok=True)


def passes(test: str, copy: Path, seconds: float) -> bool:
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--no-header", test]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, timeout=seconds).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def tests_of(path: Path) -> list[str]:
    folder = path.relative_to(ROOT / "src" / "gradtape").parts[0]
    return [f"tests/unit/test_{name}.py" for name in TESTS.get(folder, TESTS["core"]).split()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="files of src/gradtape")
    parser.add_argument("--count", type=int, default=20, help="how many changes, drawn by chance over all files")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tests", nargs="*", help="test files instead of those for the folder")
    parser.add_argument("--seconds", type=float, default=300, help="after which a test file counts as failed")
    given = parser.parse_args()
    files = [path.resolve() for path in given.files]
    found = [m for path in files for m in mutants(path, path.read_text(encoding="utf-8"))]
    chosen = random.Random(given.seed).sample(found, min(given.count, len(found)))
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
        for mutant in chosen:
            seen = noticed(mutant, copy, given.tests or tests_of(mutant.path), given.seconds)
            survivors += not seen
            where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
            print(f"{'noticed ' if seen else 'SURVIVED'} {where}: {mutant.old.strip()} -> {mutant.new or 'nothing'}", flush=True)
    print(f"{survivors} of {len(chosen)} survived ({len(found)} are possible)")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
