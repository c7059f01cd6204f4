"""The shape of the house: imports go downward and make no cycle, files stay short, nothing loads inside a function."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
PACKAGE = SOURCE / "gradtape"
LINES = 600
FACES = {"gradtape", "gradtape.__main__"}
GENERATED = "gradtape.ops._calls"
PATH_ENTRY = "gradtape.dropin.path"


def families(names):
    return [f"ops.{name}" for name in names.split()]


# From the ground up. A module imports only from its own row and the rows before it; a package's row is its modules'.
LAYERS = [
    ["version"],
    ["core"],
    ["ops._arguments", "ops._declare"],
    ["ops.basic"],
    ["ops.pieces", "ops.slices"],
    families("logic arithmetic math special bessel reduce scan sorting counting segment moves array create places"),
    families("gathering gather scatter scattering growing openings indexing state"),
    families("linalg solves decompositions determinants inverses matrix_functions norms diagonals linear_operators"),
    families("structured_operators conjugate_gradient conv pool patches random signal"),
    families("softmax activations normalization losses clip effects dropout embedding isotonic ctc nn image detection"),
    ["ops.operators"],
    ["composites"],
    ["batching"],
    ["autodiff"],
    ["graph"],
    ["control"],
    ["exec"],
    ["autograph"],
    ["functions"],
    ["function"],
    ["inspect"],
    ["records"],
    ["data", "train", "summary", "io"],
    ["dropin"],
    ["api"],
]
THIRD_PARTY = {"numpy", "ml_dtypes", "optree"}
FIRST_COMPILED = {"gradtape.exec.native.jit": {"llvmlite"}}  # modules that load when a function is first compiled
LOADED_ON_FIRST_USE = {
    "PIL",
    "google",
    "hashlib",
    "keras",
    "logging",
    "malt",
    "optree",
    "pprint",
    "scipy",
    "tempfile",
}


def name_of(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if not name_of(path).startswith(PATH_ENTRY)}
MODULES = [name for name in FILES if not name.startswith(GENERATED)]
LAYERED = [name for name in MODULES if name not in FACES]


@cache
def tree_of(name):
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


def imported(name, node):
    """The full names that an import statement in module `name` refers to, modules and names in them alike."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    package = name.split(".") if FILES[name].name == "__init__.py" else name.split(".")[:-1]
    base = package[: len(package) - node.level + 1] if node.level else []
    stem = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{stem}.{alias.name}" if f"{stem}.{alias.name}" in FILES else stem for alias in node.names]


@cache
def imports_of(name):
    """Modules of gradtape that a module imports while it loads."""
    found = {module for node in outer_imports(name) for module in imported(name, node)}
    return {module for module in found if module in FILES and module != name}


def outer_imports(name):
    return import_nodes(tree_of(name)) - inner_imports(name)


@cache
def inner_imports(name):
    functions = [n for n in ast.walk(tree_of(name)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return set().union(*(import_nodes(function) for function in functions))


def import_nodes(tree):
    return {n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)}


@cache
def layer_of(name):
    """The row of a module; a private file beside the operations stands as high as the highest that it imports."""
    inside = name.removeprefix("gradtape.")
    for row, prefixes in enumerate(LAYERS):
        if any(inside == prefix or inside.startswith(prefix + ".") for prefix in prefixes):
            return row
    if inside == "ops" or inside.startswith("ops._"):
        return max([layer_of("gradtape.core"), *(layer_of(module) for module in imports_of(name) - FACES)])
    raise AssertionError(f"{name} stands in no layer: add it to LAYERS")


@pytest.mark.parametrize("name", LAYERED)
def test_imports_go_downward(name):
    upward = [module for module in imports_of(name) - FACES if layer_of(module) > layer_of(name)]
    assert not upward


@pytest.mark.parametrize("name", LAYERED)
def test_only_running_programs_uses_the_face(name):
    assert not imports_of(name) & FACES or name.startswith("gradtape.dropin.")


def test_no_import_cycle():
    done, open_ = set(), []

    def visit(name):
        if name in open_:
            raise AssertionError(" -> ".join([*open_[open_.index(name) :], name]))
        if name not in done:
            open_.append(name)
            for module in sorted(imports_of(name) - FACES):
                visit(module)
            done.add(open_.pop())

    for name in LAYERED:
        visit(name)


@pytest.mark.parametrize("name", MODULES)
def test_nothing_of_ours_loads_inside_a_function(name):
    roots = {module.split(".")[0] for node in inner_imports(name) for module in imported(name, node)}
    assert roots <= LOADED_ON_FIRST_USE


@pytest.mark.parametrize("name", MODULES)
def test_third_party_packages_at_import(name):
    roots = {module.split(".")[0] for node in outer_imports(name) for module in imported(name, node)}
    assert roots - sys.stdlib_module_names - {"gradtape"} <= THIRD_PARTY | FIRST_COMPILED.get(name, set())


@pytest.mark.parametrize("name", MODULES)
def test_files_stay_short(name):
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("name", MODULES)
def test_hasattr_asks_for_protocols_only(name):
    calls = [n for n in ast.walk(tree_of(name)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    asked = [(n.lineno, ast.unparse(n.args[1])) for n in calls if n.func.id == "hasattr"]
    assert not [(line, text) for line, text in asked if not text.startswith("'__")]


def test_keras_back_end_uses_public_names():
    private = {"core", "ops", "autodiff", "batching", "graph", "control", "exec", "inspect", "api"}
    for path in sorted((SOURCE / "keras_gradtape").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            used = [name for name in names if name.startswith("gradtape.") and name.split(".")[1] in private]
            assert not used, f"{path}: {used}"
