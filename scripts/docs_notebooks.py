"""Runs the notebooks of TensorFlow's documentation that use GradientTape, on gradtape, and tells cell by cell what ran.

    python scripts/docs_notebooks.py CHECKOUT [--with PYTHON] [--only TEXT] [--page docs/reference/notebooks.md]

CHECKOUT is a copy of github.com/tensorflow/docs; nothing of it is kept. docs_notebooks.toml says how training is cut down and which cells
are left out, docs_notebooks_data.py what stands for the downloads. `--with` names a Python that has TensorFlow: what fails is run there too.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import tomllib
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from gradtape.dropin import check, compare, names_used, notebook, runner

HERE = Path(__file__).resolve().parent
TABLE = tomllib.loads((HERE / "docs_notebooks.toml").read_text(encoding="utf-8"))
PRELUDE = f"import sys; sys.path.insert(0, {str(HERE)!r}); import docs_notebooks_data; sys.path.remove({str(HERE)!r})"
MAGIC = re.compile(r"^[ \t]*[!%](?!%|matplotlib).*$", re.MULTILINE)
SECONDS = 240  # for one cell
RAN, RAISED, SKIPPED, ABSENT, PACKAGE, DOWNLOAD, FOLLOWS, FAILED = (
    "ran", "raised as meant", "left out", "absent", "package", "download", "follows", "failed"
)  # fmt: skip
STAND_INS = {"tensorflow_datasets", "tensorflow_hub", "tensorflow_probability", "tensorflow_docs"}


@dataclass
class Cell:
    """What became of one cell of code."""

    number: int
    state: str
    why: str = ""
    there: str = ""  # on TensorFlow


@dataclass
class Book:
    """A notebook, and what became of its cells."""

    name: str
    cells: list[Cell]
    absent: dict[int, list[str]]  # what `check` says is absent where a cell runs at once
    checked: list[int]  # cells in which `check` finds anything absent

    def count(self, *states: str) -> int:
        return sum(cell.state in states for cell in self.cells)


def main() -> int:
    given = arguments()
    root = given.checkout / "site" / "en"
    found = sorted(p for part in ("guide", "tutorials") for p in (root / part).rglob("*.ipynb") if uses_the_tape(p))
    books = kept(given.json)
    runner.set_paths(str(HERE), keras2_spellings=True)
    for path in found:
        name = str(path.relative_to(root).with_suffix(""))
        if given.only in name:
            books[name] = book(path, name, given.peer)
            show(books[name])
            if given.json:
                given.json.write_text(json.dumps([asdict(b) for b in books.values()], indent=1), encoding="utf-8")
    ordered = [books[name] for name in sorted(books)]
    for line in disagreements(ordered):
        print(line)
    if given.page:
        given.page.write_text(page(ordered), encoding="utf-8")
    return int(any(b.count(FAILED) for b in ordered))


def kept(file: Path | None) -> dict[str, Book]:
    """What an earlier run wrote."""
    if file is None or not file.exists():
        return {}
    books = {}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        cells = [Cell(**cell) for cell in entry["cells"]]
        absent = {int(number): names for number, names in entry["absent"].items()}
        books[entry["name"]] = Book(entry["name"], cells, absent, entry["checked"])
    return books


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--with", dest="peer", metavar="PYTHON", help="a Python with TensorFlow and ipykernel")
    parser.add_argument("--only", default="", metavar="TEXT", help="notebooks whose name has this text")
    parser.add_argument("--page", type=Path, help="write the table of the docs there")
    parser.add_argument("--json", type=Path, help="keep what became of each cell there; notebooks that do not run this time stay")
    return parser.parse_args()


def uses_the_tape(path: Path) -> bool:
    return "GradientTape" in path.read_text(encoding="utf-8")


# -- one notebook ----------------------------------------------------------------------------------------------------
def book(path: Path, name: str, peer: str | None) -> Book:
    cells = run(path, name, None)
    if peer and any(cell.state in (FAILED, ABSENT) for cell in cells):
        there = {cell.number: cell for cell in run(path, name, peer)}
        for cell in cells:
            cell.there = there[cell.number].state if there[cell.number].state in (RAN, RAISED) else there[cell.number].why
    checked = sorted({finding.cell for finding in check.check_file(path) if finding.state == check.ABSENT})
    return Book(name, cells, foretold(path), checked)


def run(path: Path, name: str, peer: str | None) -> list[Cell]:
    """Runs the cells of a notebook that are not left out, all of them, whatever fails."""
    nbformat, nbclient = import_module("nbformat"), import_module("nbclient")
    content = notebook.read(nbformat, str(path))
    skipped = {}
    for number, cell in enumerate(content.cells, 1):
        if cell.cell_type == "code":
            cell.source, why = prepared(cell.source, name)
            if why:
                skipped[number], cell.source = why, ""
    content.cells.insert(0, nbformat.v4.new_code_cell(PRELUDE))
    with tempfile.TemporaryDirectory() as folder, environment(peer), contextlib.redirect_stdout(io.StringIO()):
        notebook.client(
            nbclient, content, folder, peer or sys.executable, timeout=SECONDS, interrupt_on_timeout=True, allow_errors=True
        ).execute(cleanup_kc=True)
    if error_in(content.cells[0]):
        sys.exit(f"the substitutes do not load: {error_in(content.cells[0])}")
    return judged(content.cells[1:], skipped)


@contextlib.contextmanager
def environment(peer: str | None):
    """Without gradtape where TensorFlow runs; no notebook downloads, and every one draws into files."""
    kept = dict(os.environ)
    os.environ.update(MPLBACKEND="agg", CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")
    if peer:
        cleaned = {**compare.peer_environment(), "PYTHONPATH": os.environ.get("GRADTAPE_PEERS_PATH", "")}
        os.environ.clear()
        os.environ.update(cleaned)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def prepared(source: str, name: str) -> tuple[str, str]:
    """The source of a cell, cut down, and why it is left out, if it is."""
    for skip in TABLE["skip"]:
        if applies(skip, name) and re.search(skip["pattern"], source, re.MULTILINE):
            return source, skip["reason"]
    source = MAGIC.sub("", source)  # `!pip install` above imports
    if not source.strip():
        return source, "a shell command or a magic of notebooks"
    for cut in TABLE["cut"]:
        if applies(cut, name):
            source = re.sub(cut["pattern"], cut["by"], source)
    return source, ""


def applies(entry: dict, name: str) -> bool:
    return entry.get("notebook", name) == name


# -- judging ------------------------------------------------------------------------------------------------------
def judged(cells: list, skipped: dict[int, str]) -> list[Cell]:
    result, lost = [], set()
    for number, cell in enumerate(cells, 1):
        if cell.cell_type != "code":
            continue
        error = error_in(cell)
        if number in skipped:
            result.append(Cell(number, SKIPPED, skipped[number]))
        elif error is None:
            result.append(Cell(number, RAN))
        elif "raises-exception" in cell.metadata.get("tags", ()):
            result.append(Cell(number, RAISED))
        else:
            result.append(Cell(number, state_of(*error, lost), f"{error[0]}: {first_line(error[1])}"))
        if result[-1].state not in (RAN, RAISED):
            lost |= assigned(cell.source)
    return result


def error_in(cell) -> tuple[str, str] | None:
    return next(((o.ename, o.evalue) for o in cell.get("outputs", ()) if o.output_type == "error"), None)


def first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:300]


def assigned(source: str) -> set[str]:
    """Names that a cell would have made, and perhaps more."""
    return set(re.findall(r"\w+", source))


def state_of(kind: str, text: str, lost: set[str]) -> str:
    name = re.match(r"name '(\w+)' is not defined", text)
    if kind == "NameError" and name:
        return FOLLOWS if name[1] in lost else FAILED
    if kind in ("NoDownload", "URLError", "HTTPError") or "no substitute for" in text:
        return DOWNLOAD
    if kind in ("ModuleNotFoundError", "MissingModule"):
        return ABSENT if "gradtape has no module" in text else PACKAGE
    if kind in ("AttributeError", "ImportError") and ("gradtape" in text or "tensorflow" in text):
        return ABSENT
    return FAILED


def foretold(path: Path) -> dict[int, list[str]]:
    """What `check` says is absent, in each cell: of the lines that run with the cell, and without the packages that have a stand-in."""
    at_once = {cell.number: lines_run_at_once(cell.text) for cell in names_used.cells(path)}
    found: dict[int, list[str]] = {}
    for finding in check.check_file(path):
        package = finding.name.partition(".")[0]
        if finding.state == check.ABSENT and finding.line in at_once.get(finding.cell, ()) and package not in STAND_INS:
            found.setdefault(finding.cell, []).append(finding.name)
    return found


def lines_run_at_once(text: str) -> set[int]:
    """The lines of a cell that stand in no function, in no `try` and behind no `if`."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return set()
    lines = set(range(1, text.count("\n") + 2))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.Try, ast.If)):
            lines -= set(
                range(node.body[0].lineno if isinstance(node.body, list) else node.lineno, (node.end_lineno or node.lineno) + 1)
            )
    return lines


def disagreements(books: list[Book]) -> list[str]:
    """Where `check` and `run` say different things of a cell that ran far enough to tell."""
    lines = []
    for b in books:
        for cell in b.cells:
            names = b.absent.get(cell.number, [])
            if cell.state == ABSENT and cell.number not in b.checked:
                lines.append(f"{b.name}, cell {cell.number}: run misses a name, check says nothing: {cell.why}")
            if cell.state in (RAN, RAISED) and names:
                lines.append(f"{b.name}, cell {cell.number}: it ran, and check says absent: {', '.join(names)}")
    return lines


# -- telling --------------------------------------------------------------------------------------------------------
def show(b: Book) -> None:
    print(f"{b.name}: {b.count(RAN, RAISED)} of {len(b.cells) - b.count(SKIPPED)} cells ran, {b.count(SKIPPED)} left out")
    for cell in b.cells:
        if cell.state not in (RAN, RAISED):
            there = f" | TensorFlow: {cell.there}" if cell.there else ""
            print(f"    cell {cell.number}: {cell.state}: {cell.why}{there}")
    sys.stdout.flush()


HEAD = """# TensorFlow's notebooks

The guide and tutorial notebooks of TensorFlow's documentation (github.com/tensorflow/docs) in which `GradientTape` occurs, run by
`scripts/docs_notebooks.py`, which makes this page; nothing of them is stored here. Training is cut down to seconds
(`scripts/docs_notebooks.toml` says how), and there is no network: untrained models stand for pretrained ones, and data that packages
ship for downloads (`scripts/docs_notebooks_data.py`: scikit-learn's digits for MNIST and CIFAR-10, two photographs for every image, irises
for penguins, the cars of vega_datasets). So the table says whether cells run, not how well anything is learned.

A cell counts as run if it raises nothing, or what its notebook marks as meant.

| notebook | cells | ran | left out | absent names | packages, downloads | follow | failed |
|---|---|---|---|---|---|---|---|
"""


def page(books: list[Book]) -> str:
    total = Book("together", [cell for b in books for cell in b.cells], {}, [])
    parts = [HEAD, *(f"{row(b)}\n" for b in [*books, total]), "\n## What did not run\n\n", LEGEND]
    for b in books:
        lines = [line_for(cell) for cell in b.cells if cell.state not in (RAN, RAISED, SKIPPED, FOLLOWS)]
        if lines:
            parts += [f"\n### {b.name}\n\n", *(f"{line}\n" for line in lines)]
    told = disagreements(books)
    parts += ["\n## Where `check` and `run` disagree\n\n", *(f"- {line}\n" for line in told or ["nowhere"])]
    return "".join(parts)


LEGEND = """A cell that needs what an earlier one should have made is counted in the table and not listed. *absent*: a name that gradtape does not
have, by its message; *package*, *download*: not installed, not reachable; *failed*: anything else.
"""


def row(b: Book) -> str:
    shown = [(RAN, RAISED), (SKIPPED,), (ABSENT,), (PACKAGE, DOWNLOAD), (FOLLOWS,), (FAILED,)]
    return " | ".join([f"| {b.name}", str(len(b.cells)), *(str(b.count(*states)) for states in shown)]) + " |"


def line_for(cell: Cell) -> str:
    why = re.sub(r"/tmp/ipykernel_\w+/\w+\.py, line \d+: ", "", cell.why).replace("|", "\\|").replace("<", "&lt;")
    there = f" TensorFlow: {cell.there}" if cell.there else ""
    return f"- cell {cell.number}, {cell.state}: {why}{there}"


if __name__ == "__main__":
    sys.exit(main())
